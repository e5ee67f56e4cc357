import type { LogProblem } from '../../log/verify/index.ts'

/** What an agency said to one question of an attempt. */
export interface StepReply {
  /** `permit`, or the stable code of a refusal. */
  readonly code: string
  /** How often this came. */
  readonly times: number
  /** Id of the cap that was reached. */
  readonly cap?: string
  /** The entry that says so. */
  readonly entry?: { readonly organisation: string; readonly index: number }
}

/** What came of one step of an attempt, in no language: the page and the story each say it. */
export type StepOutcome =
  | { readonly kind: 'replies'; readonly replies: readonly StepReply[] }
  /** A copy of a published log verifies. */
  | { readonly kind: 'verified' }
  /** It does not yet: the copy fell between two files of one publication. */
  | { readonly kind: 'unpublished' }
  /** What the verifier found first. */
  | { readonly kind: 'log-problem'; readonly problem: LogProblem }
  /** So many entries on a person's own page. */
  | { readonly kind: 'entries'; readonly count: number }
