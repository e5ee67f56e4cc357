import type { JoinPlan, Side } from '../plan/index.ts'

/** Messages that an inspector makes, each once: the finding is its last, and goes to nobody. */
export const inspectorMade = ['opening', 'audit', 'finding'] as const
/** See {@link inspectorMade}. */
export type InspectorMade = (typeof inspectorMade)[number]

/** What the three send to an inspector: evidence, answers, and the lists of an opened side, named by who sends them. */
export const inspectorTaken = [
  'left.evidence',
  'right.evidence',
  'tally.evidence',
  'left.audited',
  'right.audited',
  'left.blinded',
  'left.remasked',
  'right.blinded',
  'right.remasked',
] as const
/** See {@link inspectorTaken}. */
export type InspectorTaken = (typeof inspectorTaken)[number]

/** An inspector between two steps. It has no key of the run; what it takes has sealed tokens in it. */
export interface InspectorState {
  readonly plan: JoinPlan
  /** Whose dummies are opened; of one side at most. */
  readonly dummiesOf: Side | null
  /** 32 bytes; shown in the finding alone. */
  readonly nonce: Uint8Array
  /** How long evidence, and then answers, are waited for. */
  readonly patienceMs: number
  /** Log time at which the audit was opened. */
  readonly openedMs: number
  /** Log time at which places were drawn; `undefined` before. */
  readonly askedMs: number | undefined
  readonly made: Readonly<Partial<Record<InspectorMade, Uint8Array>>>
  readonly taken: Readonly<Partial<Record<InspectorTaken, Uint8Array>>>
}
