import type { TimeLock } from '../agreement/index.ts'
import type {
  GovernanceIntent,
  KnownAgreement,
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

/** What the gateway's main thread sends to the writer; after `stop` it sends nothing more. */
export type WriterRequest =
  | { readonly type: 'commit'; readonly id: number; readonly batch: readonly OrganisationIntent[] }
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
