import type { AgreementActKind } from '../agreement/index.ts'
import type { EntryPlace } from '../log/index.ts'

/** A governance act upon an agreement, as the log recorded it. */
export interface AgreementEvent {
  /** Digest of the one version that was acted upon, base64. */
  readonly agreement: string
  readonly kind: AgreementActKind
  readonly by: string
  /** Log time of the entry. */
  readonly atMs: number
  /** When a quorum of witnesses had cosigned the entry, as far as it is known. */
  readonly cosignedAtMs: number | null
  readonly place: EntryPlace
}

/** An agreement or an act that was taken up, as it was signed. Public. */
export interface AgreementDocument {
  readonly kind: 'agreement' | 'act'
  /** Of the document, base64: that of an agreement leaves its signatures out. */
  readonly digest: string
  /** Digest of the agreement that it is or that it acts upon, base64. */
  readonly agreement: string
  /** Canonical bytes. */
  readonly bytes: Uint8Array
  /** Its entry. */
  readonly place: EntryPlace
}

/** That a quorum of witnesses has cosigned the first `size` entries of a log. */
export interface WitnessedHead {
  readonly origin: string
  readonly size: number
  /** By the witnesses' clocks. */
  readonly atMs: number
}

/** What is read of agreements. */
export interface AgreementReader {
  /** Acts upon the agreement of this digest, in the order of the log. */
  agreementEvents(digest: string): Promise<readonly AgreementEvent[]>
  /** Everything that was taken up, in the order of the entries. */
  agreementDocuments(): Promise<readonly AgreementDocument[]>
  /** The newest moment at which a quorum had cosigned the log, by the witnesses' clocks. */
  witnessedMs(): Promise<number | undefined>
}

/** What is written of agreements, in the transaction that holds the entry. */
export interface AgreementTransaction extends AgreementReader {
  saveAgreementEvent(event: Omit<AgreementEvent, 'cosignedAtMs'>): Promise<void>
  /** An agreement replaces itself with fewer signatures; a second act of one digest is a fault. */
  saveAgreementDocument(document: AgreementDocument): Promise<void>
  /** Dates every act in and before these entries that has no date yet. An older time changes nothing. */
  saveWitnessed(head: WitnessedHead): Promise<void>
}
