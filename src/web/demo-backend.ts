import type { SubjectChain } from '../log/verify/index.ts'
import type { StepOutcome } from './demo-home/step-outcome.ts'
import type { PublicAgreement } from './public/public-desk.ts'
import type { PersonRequests } from './requests/request-desk.ts'

/** Text in the languages of the pages. English is always there and stands in for what is missing. */
export interface LocalText {
  readonly en: string
  readonly fr?: string
  readonly es?: string
}

/** An official of the consumer. */
export interface OfficialCard {
  /** As the case system knows the official. Never sent to a provider. */
  readonly id: string
  readonly name: string
  readonly team: LocalText
}

/** One case of an official, as the case system shows it. */
export interface CaseCard {
  readonly reference: string
  /** The person whom the case is about, by the name in the case. */
  readonly subjectName: string
  readonly kind: LocalText
  /** Purpose id of the closed vocabulary. */
  readonly purpose: string
  readonly openedAtMs: number
  readonly state: 'open' | 'closed'
}

/** Something an official needs to know, and the agreement element that says it. */
export interface Need {
  readonly id: string
  readonly label: LocalText
  /** What the provider will say, in one sentence. */
  readonly hint: LocalText
  readonly agreement: { readonly id: string; readonly version: number }
  /** Organisation id of who answers. */
  readonly provider: string
  readonly elements: readonly string[]
  readonly purpose: string
  readonly legalBasis: readonly string[]
  /** Whether only the person's consent opens it. */
  readonly needsConsent?: boolean
}

/** A question about the person of one case. */
export interface AskInput {
  readonly officialId: string
  readonly caseReference: string
  readonly needId: string
  /** When the official last logged in, as their provider says. */
  readonly authTimeMs: number
  /** The person's consent, and the exchange that it is for. */
  readonly consent?: { readonly exchangeId: string; readonly token: string }
}

/** A question that the person's consent is wanted for; with `exchangeId` once it was asked for. */
export type ConsentInput = Omit<AskInput, 'consent'> & { readonly exchangeId?: string }

/** How far the person's consent is. */
export interface ConsentProgress {
  readonly exchangeId: string
  readonly state: 'waiting' | 'given' | 'declined' | 'expired'
  /** Where the person signs in to decide. */
  readonly page: string
  /** Exactly when it is `given`. */
  readonly token?: string
}

/** The value of one element; `null` when there is none. */
export type AnswerValue = boolean | number | string | null

/** What the consumer promised to do and not to do with an answer. */
export interface AnswerObligations {
  readonly retentionDays: number
  /** How the copy goes at the end: the agreement's word, for instance `delete`. */
  readonly disposal: string
  readonly contestUntilMs: number
  readonly noRedisclosure: boolean
}

/** An answer that the consumer's gateway verified. Holds values: shown, never stored. */
export interface PermitOutcome {
  readonly outcome: 'permit'
  readonly results: readonly { readonly element: string; readonly value: AnswerValue }[]
  readonly obligations: AnswerObligations
  readonly exchangeId: string
  /** `true` until a cosigned checkpoint covers the provider's entry. */
  readonly provisional: boolean
  readonly witnessedAtMs?: number
  readonly entryIndex: number
  readonly origin: string
}

/** A denial: an expected outcome, with the code of the design's table. */
export interface DenyOutcome {
  readonly outcome: 'deny'
  readonly code: string
  /** Which cap, with `CAP_EXCEEDED`. */
  readonly cap?: string
  readonly exchangeId: string
  /** Absent when the denial left no entry at the provider. */
  readonly entryIndex?: number
  readonly origin: string
}

/** What came of a question. */
export type AskOutcome = PermitOutcome | DenyOutcome

/** How far the proof of an answer is. */
export interface AskState {
  readonly provisional: boolean
  readonly witnessedAtMs?: number
}

/** What its provider has said was corrected in an answer since: names of facts, never values. */
export interface AnswerCorrection {
  readonly elements: readonly string[]
  readonly correctedAtMs: number
  /** When the word of it came to the consumer, as its own log has it. */
  readonly receivedAtMs: number
  /** The consumer's entry of that. */
  readonly origin: string
  readonly entryIndex: number
}

/** A question that an official asked, without the answer's values. */
export interface TraceItem {
  readonly atMs: number
  readonly exchangeId: string
  readonly caseReference: string
  readonly provider: string
  readonly elements: readonly string[]
  readonly outcome: 'permit' | 'deny'
  readonly code?: string
  readonly entryIndex?: number
  readonly origin: string
}

/** What names one person, from their own log-in. Personal data: never in a page or an address. */
export interface PersonIdentifier {
  readonly scheme: string
  readonly value: string
}

/** A person of the demo, by their log-in. */
export interface PagePerson {
  /** Opaque; kept in the server's session, never in a page or an address. */
  readonly id: string
  readonly name: string
}

/** Somebody whom a visitor of the demo can be. Personal data. */
export interface DemoPerson extends PagePerson {
  readonly about: LocalText
}

/** What a person needs to check one entry without trusting anyone. */
export interface DisclosureProof {
  /** 34 bytes, base64. */
  readonly leaf: string
  /** 32 bytes, base64: opens the leaf. For the person alone. */
  readonly r: string
  /** Canonical JSON text of the record; element names, never values. */
  readonly record: string
  /** C2SP tlog-proof text. */
  readonly tlogProof: string
}

/** What a person may be told of any entry about them. */
interface ToldFacts {
  readonly atMs: number
  readonly consumer: string
  readonly purpose: string
  readonly legalBasis: readonly string[]
  readonly entryIndex: number
  readonly origin: string
  readonly witnessedAtMs?: number
}

/** One entry about a person: who asked whom what, and whether it was answered. */
export interface OpenDisclosure extends ToldFacts {
  readonly provider: string
  readonly elements: readonly string[]
  readonly outcome: 'permit' | 'deny'
  readonly code?: string
  readonly proof: DisclosureProof
}

/**
 * One entry about a person who appears in another person's case: who asked, why, under which law and when, by the
 * organisation's word (`spec/bystander.md`).
 */
export interface SealedDisclosure extends ToldFacts {
  readonly outcome: 'sealed'
  readonly proof: Pick<DisclosureProof, 'leaf' | 'tlogProof'>
}

/** One entry about a person, as they may see it. */
export type Disclosure = OpenDisclosure | SealedDisclosure

type Line = 'atMs' | 'consumer' | 'entryIndex' | 'origin' | 'outcome'

/** One line of a person's list: enough to choose what to show. */
export type ListedDisclosure =
  Pick<OpenDisclosure, Line | 'provider'> | Pick<SealedDisclosure, Line>

/** A key that was exposed in a span of time in which facts about the person went out under it. */
export interface BreachNotice {
  readonly fromMs: number
  /** Exclusive. */
  readonly untilMs: number
  /** Names the key, without any part of it. */
  readonly key: string
  readonly declaredAtMs: number
  /** Where the declaration stands. */
  readonly origin: string
  readonly entryIndex: number
}

/** A person's whole list without proofs, newest first, and what else concerns them. */
export interface DisclosureList {
  readonly entries: readonly ListedDisclosure[]
  readonly breaches: readonly BreachNotice[]
}

/** Notices that one order withholds: how many, for everybody to know; never whom they are about. */
export interface WithheldNotice {
  readonly organisation: string
  /** Who ordered it, as the agreement names them. */
  readonly authority: string
  readonly law: string
  /** When they open by themselves. */
  readonly untilMs: number
  readonly count: number
}

/** The published head of one organisation's log. */
export interface LogHead {
  readonly organisation: string
  readonly origin: string
  readonly size: number
  /** Base64. */
  readonly root: string
  /** The signed note as published. */
  readonly checkpointNote: string
  /** Names of the witnesses whose cosignatures verified. */
  readonly cosignedBy: readonly string[]
  /** Since the oldest cosignature that the quorum needs. */
  readonly ageMs: number
}

/** One running process of the demo. */
export interface DemoProcess {
  readonly organisation: string
  readonly kind:
    | 'gateway'
    | 'witness'
    | 'peer-witness'
    | 'consent-issuer'
    | 'inspector'
    | 'case-system'
    | 'pages'
  readonly port: number
  readonly pid: number
}

/** The ways to cheat that the demo home offers. */
export const cheatKinds = [
  'enumerate',
  'edit-log',
  'restore',
  'spend-twice',
  'no-case',
  'other-purpose',
] as const

/** One of {@link cheatKinds}. */
export type CheatKind = (typeof cheatKinds)[number]

/** Documented abuses of registers that the demo replays, by what was done there. */
export const abuseKinds = ['addresses', 'victim', 'years', 'sold', 'copied', 'shared'] as const

/** One of {@link abuseKinds}. */
export type AbuseKind = (typeof abuseKinds)[number]

/** What can be put back to an older state. */
export const restoreParts = ['state', 'head', 'folder'] as const

/** One of {@link restoreParts}. */
export type RestorePart = (typeof restoreParts)[number]

/** Who can notice that older files were put back. */
export type RestoreNoticer = RestorePart | 'memory' | 'witness'

/** Older files that were put back together, and who noticed it first. */
export interface RestoreRow {
  readonly parts: readonly RestorePart[]
  readonly noticedBy: RestoreNoticer
}

/** How many ways there are to put some of the {@link restoreParts} back. */
export const restoreCount: number = 2 ** restoreParts.length - 1

/** What happened when somebody tried to cheat. */
export interface CheatResult {
  readonly steps: readonly { readonly what: LocalText; readonly outcome: StepOutcome }[]
  /** Name of the person it was tried on, whose own page shows it; synthetic, as everybody of the demo. */
  readonly victim?: string
  /** The code of what stopped it, for instance `CAP_EXCEEDED`. */
  readonly stoppedBy: string
  readonly entry: {
    readonly organisation: string
    readonly index: number
    readonly kind: string
  } | null
  /** Which older files were put back, and who noticed. */
  readonly restored?: readonly RestoreRow[]
  /** More about it, where there is more to say. */
  readonly detail?: LocalText
}

/** What a verifier must be told beforehand: whose signatures count. */
export interface VerificationKeys {
  /** C2SP verifier keys of the logs and witnesses, one a line. */
  readonly vkeys: string
  /** C2SP tlog-policy text. */
  readonly policy: string
}

/** An organisation that answers for what it asked and answered; all of it public. */
export interface AccountableOrganisation {
  readonly organisation: string
  /** Where a person writes, by its directory record; empty where it has none. */
  readonly postalAddress: readonly string[]
  /** The signed agreements that it holds, with those that have ended. */
  readonly agreements: readonly Pick<PublicAgreement, 'digest' | 'agreement' | 'standing'>[]
}

/** Logs as the pages show them: heads, where they are, whose signatures count. The same for everybody. */
export interface LogBackend {
  heads(): Promise<readonly LogHead[]>
  /** Base64 hashes that show the tree of `from` entries to be the start of the one of `to`. */
  consistency(organisation: string, from: number, to: number): Promise<readonly string[]>
  verificationKeys(): Promise<VerificationKeys>
  /** Where a log's files are published, without a slash at the end. */
  logBaseUrl(organisation: string): string
}

/** What a person sees of themselves, and files. */
export interface PersonBackend {
  /** The person of this identifier, with the name that the provider says; `undefined` when nobody here has it. */
  person(subject: PersonIdentifier, name: string): Promise<PagePerson | undefined>
  /** For the person alone. */
  disclosureList(personId: string): Promise<DisclosureList>
  /** Newest first; with `picked`, these entries alone, at most 100. For the person alone. */
  disclosures(
    personId: string,
    picked?: readonly ListedDisclosure[],
  ): Promise<readonly Disclosure[]>
  /** What shows that no entry is missing, of each organisation that can. For the person alone. */
  chains(personId: string): Promise<readonly SubjectChain[]>
  /** The public counts of all organisations, the same for everybody. */
  withheldNotices(): Promise<readonly WithheldNotice[]>
  /** Where persons' requests are filed and read back. Left out: nobody takes any. */
  readonly requests?: PersonRequests
  /** Where persons give and refuse their consent, for a link; `undefined` where there is no issuer. */
  readonly consentPage?: string
  /** Who answers for what: addresses and agreements of all organisations. Left out: neither is known. */
  accountable?(): Promise<readonly AccountableOrganisation[]>
}

/** A case system and the gateway that asks, as caseworkers' pages need them. */
export interface CaseBackend {
  officials(): Promise<readonly OfficialCard[]>
  cases(officialId: string): Promise<readonly CaseCard[]>
  needs(): Promise<readonly Need[]>
  ask(input: AskInput): Promise<AskOutcome>
  /** Has the person asked for consent, or tells how far it is. */
  consent(input: ConsentInput): Promise<ConsentProgress>
  /** `undefined` when the exchange is not known. */
  askState(exchangeId: string): Promise<AskState | undefined>
  /** What was corrected in an answer since, oldest first; empty for an exchange that is not known. */
  corrections(exchangeId: string): Promise<readonly AnswerCorrection[]>
  /** Newest first. */
  trace(officialId: string): Promise<readonly TraceItem[]>
}

/** What the demo's home shows and tries. */
export interface DemoHome {
  processes(): Promise<readonly DemoProcess[]>
  /** Tries to cheat. `tell` hears of each row of a long attempt as soon as it is known. */
  cheat(kind: CheatKind, tell?: (row: RestoreRow) => void): Promise<CheatResult>
  /** Does against the demo's gateways what was done in a documented case. */
  replay(kind: AbuseKind): Promise<CheatResult>
}

/**
 * All that every site of the pages asks of what is behind them. A rejection becomes an error page with a reference;
 * expected refusals are values.
 */
export type PagesBackend = LogBackend & PersonBackend

/** All that the pages ask of the demo behind them. */
export interface DemoBackend extends LogBackend, PersonBackend, CaseBackend, DemoHome {}
