import type { EntryPlace } from '../../log/index.ts'

/** An emergency question that was answered: a row for the officer who must look at it. */
export interface EmergencyRow {
  readonly consumer: string
  readonly exchangeId: string
  /** Id of the agreement. */
  readonly agreement: string
  /** The official's pseudonym. */
  readonly official: string
  /** Log time of the answer. */
  readonly atMs: number
  /** Whether a second official had confirmed it. */
  readonly confirmed: boolean
  /** The entry of the answer. */
  readonly place: EntryPlace
  /** What the newest review found; `null` before one. */
  readonly finding: EmergencyFinding | null
}

/** What a review of an emergency question found. */
export type EmergencyFinding = 'justified' | 'unjustified'

/** How often was asked in an emergency, by all consumers together, ever. */
export interface EmergencyCounts {
  readonly used: number
  /** Of these, confirmed by a second official. */
  readonly confirmed: number
  /** Of these, found justified, and unjustified, by a review. */
  readonly justified: number
  readonly unjustified: number
}

/** How long an emergency question that nobody has confirmed may wait for its review. */
export const reviewWithinMs: number = 86_400_000

/** Whether this question suspends its official: found unjustified, or unconfirmed and not reviewed in time. */
export function suspends(
  { atMs, confirmed, finding }: Pick<EmergencyRow, 'atMs' | 'confirmed' | 'finding'>,
  nowMs: number,
): boolean {
  if (finding !== null) return finding === 'unjustified'
  return !confirmed && nowMs >= atMs + reviewWithinMs
}

/** Answers about one subject are on hold (GDPR 18). */
export interface RestrictionRow {
  readonly subjectHandle: string
  /** 32 random bytes; with the handle they open the digest in the entry. */
  readonly salt: Uint8Array
  readonly place: EntryPlace
}

/** An order by which notices under one agreement are withheld. */
export interface SecrecyRow {
  /** Entry `notice.withheld` or `notice.extended`. */
  readonly place: EntryPlace
  /** Digest of the agreement, base64. */
  readonly agreement: string
  /** As people call it: id and version. */
  readonly name: string
  readonly law: string
  readonly authority: string
  readonly issuedAtMs: number
  readonly untilMs: number
  /** SHA-256 of the order, base64. */
  readonly digest: string
  /** Exchanges whose notice is withheld under the agreement since this order came. */
  readonly withheld: number
  /** Whether the entry `notice.opened` is written. */
  readonly opened: boolean
}

/** What the safeguards of one question are read by. */
export interface SafeguardAxes {
  readonly consumer: string
  readonly official: string
  /** The second official's pseudonym. */
  readonly confirming: string | undefined
  readonly subjectHandle: string
  /** Digest of the agreement, base64. */
  readonly agreement: string
}

/** What stands against one question, or for its secrecy, at a moment of log time. */
export interface Safeguards {
  readonly officialSuspended: boolean
  readonly confirmingSuspended: boolean
  readonly restricted: boolean
  /** When the order that is in force ends; `null` without one. */
  readonly secrecyUntilMs: number | null
}

/** Most emergency questions that one read returns: those that wait for a review first, newest first. */
export const mostEmergenciesRead = 200

/** What is read of emergencies, restrictions and orders. */
export interface SafeguardReader {
  safeguards(axes: SafeguardAxes, nowMs: number): Promise<Safeguards>
  emergency(consumer: string, exchangeId: string): Promise<EmergencyRow | undefined>
  emergencies(): Promise<readonly EmergencyRow[]>
  emergencyCounts(): Promise<EmergencyCounts>
  restriction(subjectHandle: string): Promise<RestrictionRow | undefined>
  /** When the order ends that is in force for an agreement, by its digest; `null` without one. */
  secrecyUntil(agreement: string, nowMs: number): Promise<number | null>
  /** All orders in the order of their entries. */
  secrecyOrders(): Promise<readonly SecrecyRow[]>
}

/** What is written about them, in the transaction that holds the entry. */
export interface SafeguardTransaction extends SafeguardReader {
  saveEmergency(row: EmergencyRow): Promise<void>
  saveFinding(consumer: string, exchangeId: string, finding: EmergencyFinding): Promise<void>
  saveRestriction(row: RestrictionRow): Promise<void>
  liftRestriction(subjectHandle: string): Promise<void>
  saveSecrecyOrder(row: SecrecyRow): Promise<void>
  /** Counts one exchange on the newest order of the agreement; the count with it. */
  countWithheld(agreement: string): Promise<number>
  openSecrecyOrder(place: EntryPlace): Promise<void>
}
