import { bucketCeiling, middleOf } from '../../register/index.ts'
import {
  type NoiseLaw,
  pairedLevelPpm,
  ratio,
  rhoWithin,
  tripledLevelPpm,
  usualLevelPpm,
} from '../privacy/index.ts'
import type { PopulationQuery } from './population-query.ts'

const million = 1_000_000

/** One number that every cell has, with the law of its noise. */
export interface PlannedNumber {
  /** `count`, `sum`, `squares`, or `bucket 0`, `bucket 1`, … */
  readonly name: string
  /** By how much one person can change it. */
  readonly sensitivity: number
  /** The share of the question's epsilon that it takes: 1 / this. Buckets are disjoint and share one. */
  readonly shares: number
}

/** The grid of a bounded element: buckets of equal width from `min` on. */
export interface Grid {
  readonly min: number
  readonly width: number
  readonly buckets: number
}

/** What bounded values are counted from. */
export interface Bounds {
  readonly min: number
  readonly max: number
}

/** The public grid of an element's bounds. */
export function gridOf({ min, max }: Bounds): Grid {
  const width = Math.max(1, Math.ceil((max - min + 1) / bucketCeiling))
  return { min, width, buckets: Math.ceil((max - min + 1) / width) }
}

function reach(bounds: Bounds): number {
  return Math.max(1, bounds.max - middleOf(bounds), middleOf(bounds) - bounds.min)
}

/** The numbers of every cell, in their order. `bounds` is not looked at for a count. */
export function planNumbers(
  { measure }: Pick<PopulationQuery, 'measure'>,
  bounds: Bounds,
): readonly PlannedNumber[] {
  switch (measure.kind) {
    case 'count':
      return [{ name: 'count', sensitivity: 1, shares: 1 }]
    case 'sum': {
      const sensitivity = Math.max(1, Math.abs(bounds.min), Math.abs(bounds.max))
      return [{ name: 'sum', sensitivity, shares: 1 }]
    }
    case 'mean':
      return [
        { name: 'count', sensitivity: 1, shares: 2 },
        { name: 'sum', sensitivity: reach(bounds), shares: 2 },
      ]
    case 'variance':
      return [
        { name: 'count', sensitivity: 1, shares: 3 },
        { name: 'sum', sensitivity: reach(bounds), shares: 3 },
        { name: 'squares', sensitivity: reach(bounds) ** 2, shares: 3 },
      ]
    case 'quantiles':
      return Array.from({ length: gridOf(bounds).buckets }, (_, at) => ({
        name: `bucket ${at}`,
        sensitivity: 1,
        shares: 1,
      }))
  }
}

/** The least level of each number's interval, so that what is computed from the numbers together has the usual one. */
export function numberLevelPpm({ measure }: Pick<PopulationQuery, 'measure'>): number {
  if (measure.kind === 'mean') return pairedLevelPpm
  return measure.kind === 'variance' ? tripledLevelPpm : usualLevelPpm
}

/** Up to here the products of a discrete Laplace draw stay exact. */
const largestScale = 2 ** 45
/**
 * Up to here the figures of a discrete Gaussian law are computed term by term: about a tenth of a second. A peer may ask for
 * previews, and must not keep a gateway busy with them.
 */
const largestVariance = 100_000_000

type Spending = Pick<PopulationQuery, 'microEpsilon' | 'deltaExponent'>

/**
 * The law of a number's noise under a query's epsilon and delta (Canonne, Kamath, Steinke 2020): what a person changes, over
 * the share that may be spent. `undefined` where it is so wide, or the share so small, that no exact law of it is drawn.
 */
export function lawOf(
  { sensitivity, shares }: PlannedNumber,
  { microEpsilon, deltaExponent }: Spending,
): NoiseLaw | undefined {
  if (deltaExponent === null) {
    const num = sensitivity * shares * million
    return num > largestScale
      ? undefined
      : { kind: 'discrete-laplace', scale: ratio(num, microEpsilon) }
  }
  const twice = 2 * rhoWithin(microEpsilon, deltaExponent)
  const num = sensitivity ** 2 * shares * million
  const isDrawn = twice > 0 && num <= Number.MAX_SAFE_INTEGER && num / twice <= largestVariance
  return isDrawn ? { kind: 'discrete-gaussian', variance: ratio(num, twice) } : undefined
}
