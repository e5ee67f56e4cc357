import { median } from './statistics.ts'

/** One measured thing: the median over the rounds, and every round's own value. */
export interface BenchFigure {
  readonly what: string
  readonly unit: string
  readonly median: number
  readonly runs: readonly number[]
}

/** What was measured beside in the same run, or why it was not. */
export type RivalReport =
  | { readonly state: 'run'; readonly what: string; readonly figures: readonly BenchFigure[] }
  | { readonly state: 'not-run'; readonly install: string }

/** The report of one benchmark: what `cloison bench … --json` prints. */
export interface BenchReport {
  readonly name: string
  readonly figures: readonly BenchFigure[]
  /** Median of an append and fdatasync on the disk that the benchmark wrote to. */
  readonly fsyncMs: number
  readonly rival?: RivalReport
  readonly cpu: string
  /** Version of Node. */
  readonly node: string
}

/** The figure over one value a round, rounded to what its size can bear. */
export function figure(what: string, unit: string, runs: readonly number[]): BenchFigure {
  return { what, unit, median: rounded(median(runs)), runs: runs.map(rounded) }
}

/** Four significant digits, whole above 1,000. */
function rounded(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4))
}
