import type { QuestionTrace, TraceSide } from '../../person/index.ts'

/** What a detector looks for; each is described in `spec/signals.md`. */
export const signalKinds = [
  'sequential',
  'bounds',
  'sweep',
  'new-subjects',
  'crowd',
  'kin',
  'idle',
  'overlap',
] as const

/** One of {@link signalKinds}. */
export type SignalKind = (typeof signalKinds)[number]

/** The law that honest questions are held against. */
export type EvidenceLaw =
  'poisson' | 'geometric' | 'binomial' | 'cusum-negative-binomial' | 'statement'

/** Why a detector speaks. */
export interface Evidence {
  readonly law: EvidenceLaw
  /** What was counted, or how far a sum has risen. */
  readonly observed: number
  /** What the law expects of honest questions. */
  readonly expected: number
  /** From which value on there is a signal. */
  readonly threshold: number
}

/** What a detector found. `subject` is the store's handle and leaves the gateway in no form. */
export interface Finding {
  readonly kind: SignalKind
  readonly side: TraceSide
  readonly consumer: string
  readonly agreement: string | null
  readonly official: string | null
  readonly subject: string | null
  /** The questions that it is about, newest first. */
  readonly traces: readonly QuestionTrace[]
  readonly evidence: Evidence
  /** Signals of this kind and at least this strength that honest questions would raise in a year, at most, under the law. */
  readonly falseAlarmsPerYear: number
}

/** Each kind may raise as many false signals in a year, over a whole organisation. */
export const mostFalseAlarmsPerYear = 0.5

/** Days that the detectors of a window look back on. */
export const windowDays = 30
