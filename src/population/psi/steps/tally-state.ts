import type { JoinPlan } from '../plan/index.ts'
import type { Stopped } from './join-step.ts'

/** What each holder sends to the tally; `list.` is about the list of that owner. */
export const tallyTaken = [
  'left.commit',
  'left.list.left',
  'left.list.right',
  'left.remasked',
  'left.openings',
  'right.commit',
  'right.list.left',
  'right.list.right',
  'right.remasked',
  'right.openings',
] as const
/** See {@link tallyTaken}. */
export type TallyTaken = (typeof tallyTaken)[number]

/** What an inspector sends to the tally. */
export const tallyAsked = ['inspector.opening'] as const

/** What the tally makes, each once. */
export const tallyMade = ['challenge', 'result', 'evidence', 'abort'] as const
/** See {@link tallyMade}. */
export type TallyMade = (typeof tallyMade)[number]

/** A tally between two steps. It has no key and no secret of its own but the lists, which go when the audit is over. */
export interface TallyState {
  readonly plan: JoinPlan
  readonly made: Readonly<Partial<Record<TallyMade, Uint8Array>>>
  readonly taken: Readonly<Partial<Record<TallyTaken | (typeof tallyAsked)[number], Uint8Array>>>
  /** `undefined` while the plan goes on. */
  readonly stopped: Stopped | undefined
}
