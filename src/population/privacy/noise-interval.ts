import { type Fixed, fixedOne, partsPerMillion } from './fixed-point.ts'
import { figuresOf, type NoiseLaw } from './noise-law.ts'

/** The smallest symmetric interval of a law that has at least the level asked for. It covers noise and nothing else. */
export interface NoiseInterval {
  /** The true number lies within ± this of the released one, at the level. */
  readonly halfWidth: number
  /** Its exact level in parts per million, rounded down: a discrete law can seldom give the one asked for. */
  readonly levelPpm: number
}

/** What is usual for one number. */
export const usualLevelPpm = 950_000
/** For each of two numbers whose ratio is to have {@link usualLevelPpm}. */
export const pairedLevelPpm = 975_000
/** For each of three numbers that are to be within their intervals together at {@link usualLevelPpm}. */
export const tripledLevelPpm = 983_334

/**
 * The smallest m with P(|noise| ≤ m) ≥ level. From public figures alone.
 *
 * @throws RangeError unless 0 < `levelPpm` < 1,000,000
 */
export function noiseInterval(law: NoiseLaw, levelPpm: number = usualLevelPpm): NoiseInterval {
  if (!Number.isInteger(levelPpm) || levelPpm <= 0 || levelPpm >= 1_000_000)
    throw new RangeError('a level is a whole number of parts per million, between none and all')
  const wanted = (fixedOne * BigInt(levelPpm)) / 1_000_000n
  const { within } = figuresOf(law)
  const halfWidth = smallest((bound) => within(bound) >= wanted)
  return { halfWidth, levelPpm: partsPerMillion(clamped(within(halfWidth))) }
}

function clamped(value: Fixed): Fixed {
  return value > fixedOne ? fixedOne : value
}

/** The smallest n ≥ 0 for which `holds`, which holds for all larger ones. */
function smallest(holds: (n: number) => boolean): number {
  let above = 1
  while (!holds(above - 1)) above *= 2
  let below = Math.floor(above / 2) - 1
  let found = above - 1
  while (found - below > 1) {
    const middle = Math.floor((found + below) / 2)
    if (holds(middle)) found = middle
    else below = middle
  }
  return found
}
