import type { AdultRun, ComparedStatistic } from './adult-join.ts'
import { binomialBounds, binomialChance } from './binomial-bounds.ts'

/** What became of the intervals of counts, whose level is exact. */
export interface ExactCoverage {
  readonly n: number
  readonly held: number
  /** The least and the largest level that a release said. */
  readonly levelsPpm: readonly [number, number]
  /** A right level leaves the number outside of these once in `oneIn` times on each side, or more seldom. */
  readonly low: number
  readonly high: number
  readonly oneIn: number
  /** Two-sided, of a right level. */
  readonly chance: number
  /** How far the chi-square of the noise lies from what its law expects, in standard deviations. */
  readonly noiseDeviation: number
}

/** How unlikely a number must be for the long run, of many questions, to fail. */
export const oneIn = 100_000
/** The same of the usual run, which is made so often that nothing in it may fail by chance. */
export const usualOneIn = 20_000_000

const countsOf = (runs: readonly AdultRun[]): readonly ComparedStatistic[] =>
  runs.filter(({ question }) => question.measure === 'count').flatMap(({ rows }) => rows)

/** How often intervals held, against how often they say they do. `rows` have an exact level each. */
export function judgeCounts(runs: readonly AdultRun[], chanceOneIn: number = oneIn): ExactCoverage {
  const rows = countsOf(runs)
  const n = rows.length
  const held = rows.filter(({ covered }) => covered === true).length
  const levels = rows.map(({ levelPpm }) => levelPpm)
  const [least, most] = [Math.min(...levels), Math.max(...levels)]
  const { low } = binomialBounds({ n, levelPpm: least }, chanceOneIn)
  const { high } = binomialBounds({ n, levelPpm: most }, chanceOneIn)
  const middle = Math.round((least + most) / 2)
  const law = runs[0]?.release.numbers[0]?.law
  const noise = rows.map(({ value, truth }) => Number(value) - (truth ?? Number.NaN))
  return {
    n,
    held,
    levelsPpm: [least, most],
    low,
    high,
    oneIn: chanceOneIn,
    chance: binomialChance({ n, levelPpm: middle }, held),
    noiseDeviation:
      law === undefined ? Number.NaN : chiSquare(noise, law.microEpsilon / 1e6, law.tau),
  }
}

/** The law of one truncated draw, in floating point, apart from the product's integers: its probabilities of 0 … tau. */
export function oneDrawLaw(epsilon: number, tau: number): readonly number[] {
  const one = Array.from({ length: tau + 1 }, (_, k) => Math.exp(-epsilon * Math.abs(k - tau / 2)))
  const total = one.reduce((sum, weight) => sum + weight, 0)
  return one.map((weight) => weight / total)
}

/** The law of the sum of two draws: its probabilities of 0 … 2 tau. */
export function twoDrawsLaw(epsilon: number, tau: number): readonly number[] {
  const one = oneDrawLaw(epsilon, tau)
  const both = Array.from({ length: 2 * tau + 1 }, () => 0)
  one.forEach((first, k) => {
    one.forEach((second, m) => {
      both[k + m] = (both[k + m] ?? 0) + first * second
    })
  })
  return both
}

/** Neighbouring values share a class until 25 are expected in it. */
function chiSquare(noise: readonly number[], epsilon: number, tau: number): number {
  const classes: { expected: number; found: number }[] = []
  let open = { expected: 0, found: 0 }
  twoDrawsLaw(epsilon, tau).forEach((probability, at) => {
    const found = noise.filter((one) => one === at - tau).length
    open = { expected: open.expected + probability * noise.length, found: open.found + found }
    if (open.expected < 25) return
    classes.push(open)
    open = { expected: 0, found: 0 }
  })
  const last = classes.at(-1)
  if (last === undefined) return Number.NaN
  last.expected += open.expected
  last.found += open.found
  const sum = classes.reduce(
    (all, { expected, found }) => all + (found - expected) ** 2 / expected,
    0,
  )
  const freedom = classes.length - 1
  return (sum - freedom) / Math.sqrt(2 * freedom)
}

/** Of statistics that hold at least as often as they say: how many were judged, and how many held. */
export function judgeMeasured(
  runs: readonly AdultRun[],
  statistic: ComparedStatistic['statistic'],
): { readonly n: number; readonly held: number; readonly leastPpm: number } {
  const rows = runs
    .filter(({ question }) => question.measure !== 'count')
    .flatMap((run) => run.rows)
    .filter((row) => row.statistic === statistic && row.covered !== undefined)
  const held = rows.filter(({ covered }) => covered === true).length
  return { n: rows.length, held, leastPpm: Math.min(...rows.map(({ levelPpm }) => levelPpm)) }
}
