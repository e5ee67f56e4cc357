import type { TimeLock } from '../agreement/index.ts'
import type {
  GovernanceIntent,
  KnownAgreement,
  QuestionIntent,
  PersonCommitted,
  PersonIntent,
  RetentionRule,
} from '../person/index.ts'
import type { PopulationCommitted, PopulationIntent } from '../population/index.ts'

/** All that is committed to an organisation's log: about persons, and about populations. */
export type OrganisationIntent = PersonIntent | PopulationIntent

/** What becomes of each. */
export type OrganisationCommitted = PersonCommitted | PopulationCommitted

/** What the writer needs to start: paths only, so that keys are read where they are used. */
export interface WriterSettings {
  readonly organisation: string
  readonly origin: string
  readonly statePath: string
  readonly headPath: string
  readonly lockPath: string
  readonly logKeyFiles: readonly string[]
  readonly recordKeyFolder: string
  readonly timeLock: TimeLock
  readonly retention: RetentionRule
}

/** What the writer's thread is started with. */
export interface WriterStart {
  readonly settings: WriterSettings
  readonly agreements: readonly KnownAgreement[]
}

/** An intent between the threads: a question is JSON text, see {@link packIntent}. */
export type PackedIntent = Exclude<OrganisationIntent, QuestionIntent> | string

/**
 * An intent as it crosses to the writer. A question is of many small members and has no bytes: as JSON text it
 * is written and read in a third of the time that a structured clone takes.
 */
export function packIntent(intent: OrganisationIntent): PackedIntent {
  return intent.type === 'question' ? JSON.stringify(intent) : intent
}

/** What {@link packIntent} was given; members that were `undefined` are left out. */
export function unpackIntent(packed: PackedIntent): OrganisationIntent {
  return typeof packed === 'string' ? readQuestion(packed) : packed
}

/** What the other thread of this process wrote. */
function readQuestion(text: string): QuestionIntent {
  return JSON.parse(text) as QuestionIntent
}

/** What the gateway's main thread sends to the writer; after `stop` it sends nothing more. */
export type WriterRequest =
  | { readonly type: 'commit'; readonly id: number; readonly batch: readonly PackedIntent[] }
  | { readonly type: 'know'; readonly agreements: readonly KnownAgreement[] }
  | { readonly type: 'stop' }

/** What the writer sends back; after `failed` it writes nothing more. */
export type WriterReply =
  | { readonly type: 'ready'; readonly keyActs: readonly GovernanceIntent[] }
  | {
      readonly type: 'committed'
      readonly id: number
      readonly results: readonly OrganisationCommitted[]
    }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
