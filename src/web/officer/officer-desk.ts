import type {
  Agreement,
  AgreementActName,
  AgreementStanding,
  DescribedRegister,
} from '../../agreement/index.ts'
import type { EmergencyFinding, SignalVerdict } from '../../person/index.ts'

/** An act upon an agreement, as the log has it. */
export interface ShownEvent {
  /** The entry's kind, such as `agreement.suspended`. */
  readonly kind: string
  /** Organisation id of who acted. */
  readonly by: string
  readonly atMs: number
  /** When a quorum of witnesses had cosigned the entry; `null` while none has. */
  readonly cosignedAtMs: number | null
  readonly log: string
  readonly entry: number
}

/** How much of an agreement's own limits is used, by the name of the limit: `distinctSubjectsPer30Days` and others. */
export type AgreementUse = Readonly<Record<string, number>>

/** An agreement of the organisation, an offer as well, with where it stands. Public but for the use. */
export interface ShownAgreement {
  /** Base64. */
  readonly digest: string
  readonly agreement: Agreement
  readonly standing: AgreementStanding
  /** What a resumption must name. */
  readonly lifts: readonly string[]
  readonly events: readonly ShownEvent[]
  /** `null` where another organisation answers, and counts. */
  readonly use: AgreementUse | null
}

/** The privacy budget of one population. */
export interface ShownBudget {
  readonly population: string
  /** Publicly expected number of people. */
  readonly size: number
  /** `null` where no year was opened. */
  readonly year: {
    readonly fromMs: number
    readonly untilMs: number
    readonly microEpsilon: number
    readonly spentMicroEpsilon: number
    readonly charges: number
    readonly log: string
    readonly entry: number
  } | null
}

/** A signal of the list-building detectors: numbers and handles, never a person. */
export interface ShownSignal {
  readonly id: string
  readonly kind: string
  readonly side: 'provider' | 'consumer'
  readonly consumer: string
  readonly agreement: string | null
  /** Pseudonym of the official. */
  readonly official: string | null
  /** A handle of the run that found it; it names nobody. */
  readonly subject: string | null
  readonly entryCount: number
  readonly entries: readonly { readonly log: string; readonly index: number }[]
  readonly window: { readonly fromMs: number; readonly toMs: number }
  readonly evidence: {
    readonly law: string
    readonly observed: number
    readonly expected: number
    readonly threshold: number
  }
  readonly falseAlarmsPerYear: number
  readonly madeAtMs: number
  readonly place: { readonly log: string; readonly index: number }
  readonly decision: {
    readonly verdict: SignalVerdict
    readonly by: string
    readonly entry: number
    readonly atMs: number
  } | null
}

/** An emergency question that was answered. Names no person. */
export interface ShownEmergency {
  readonly consumer: string
  readonly exchangeId: string
  readonly agreement: string
  readonly official: string
  readonly atMs: number
  readonly confirmed: boolean
  readonly finding: EmergencyFinding | null
  /** By when it must be reviewed; `null` where it need not be. */
  readonly reviewByMs: number | null
  /** Whether it suspends its official now. */
  readonly suspends: boolean
  readonly log: string
  readonly entry: number
}

/** How many sealed identities of officials were opened lately. */
export interface ShownOpenings {
  readonly opened: number
  readonly most: number
  readonly withinMs: number
}

/** What came of an act; whatever is done is an entry of the log first. */
export type OfficeOutcome =
  | { readonly state: 'done'; readonly entry: number }
  /** The log has it already. */
  | { readonly state: 'known' }
  | { readonly state: 'refused'; readonly code: string; readonly reason: string }

/** An act that an officer wants to sign. */
export interface WantedAct {
  readonly act: AgreementActName
  readonly agreement: { readonly id: string; readonly version: number; readonly digest: string }
  readonly reason: string
  readonly lifts: readonly string[]
}

/** Signs with the officer's key. Only where the officer's key and the pages are on one machine, as in the demo. */
export interface OfficerSigner {
  /** The agreement with the officer's signature, as canonical bytes. */
  sign(agreement: Agreement): Uint8Array
  signAct(act: WantedAct): Uint8Array
}

/**
 * All that a data protection officer's pages ask of the gateway behind them. Nothing of it is about a person. A
 * gateway that cannot be reached rejects.
 */
export interface OfficerDesk {
  /** Offers as well, by id and version. */
  agreements(): Promise<readonly ShownAgreement[]>
  budgets(): Promise<readonly ShownBudget[]>
  /** Own registers: what an agreement may be about. */
  registers(): Promise<readonly DescribedRegister[]>
  /** Newest first. */
  signals(): Promise<readonly ShownSignal[]>
  decideSignal(id: string, verdict: SignalVerdict): Promise<OfficeOutcome>
  emergencies(): Promise<readonly ShownEmergency[]>
  reviewEmergency(
    of: Pick<ShownEmergency, 'consumer' | 'exchangeId'>,
    finding: EmergencyFinding,
  ): Promise<OfficeOutcome>
  openings(): Promise<ShownOpenings>
  /** Hands a signed agreement or act to the gateway, which judges it. */
  handIn(document: Uint8Array): Promise<OfficeOutcome>
  /** Milliseconds between publication and effect, for whoever is about to sign. */
  readonly timeLockMs: number
  /** Absent where the officer signs on their own machine. */
  readonly signer?: OfficerSigner | undefined
}
