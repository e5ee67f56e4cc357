import {
  type Fixed,
  fixedOne,
  multiply,
  type NoiseInterval,
  partsPerMillion,
  usualLevelPpm,
} from '../../privacy/index.ts'
import { type DummyLaw, dummyProbabilities } from './dummy-law.ts'

/** P(both drawn counts, less tau, are `distance`), for 0 ≤ distance ≤ tau: the law of a released number, symmetric. */
function sumProbability(one: readonly Fixed[], distance: number): Fixed {
  let sum = 0n
  for (let k = distance; k < one.length; k += 1)
    sum += multiply(one[k] ?? 0n, one[one.length - 1 + distance - k] ?? 0n)
  return sum
}

/**
 * The smallest symmetric interval around a released number whose exact level, under the noise of both holders, is at
 * least `levelPpm`. From public figures alone; it covers noise and nothing else.
 *
 * @throws RangeError unless 0 < `levelPpm` < 1,000,000
 */
export function joinInterval(law: DummyLaw, levelPpm: number = usualLevelPpm): NoiseInterval {
  if (!Number.isInteger(levelPpm) || levelPpm <= 0 || levelPpm >= 1_000_000)
    throw new RangeError('a level is a whole number of parts per million, between none and all')
  const wanted = (fixedOne * BigInt(levelPpm)) / 1_000_000n
  const one = dummyProbabilities(law)
  let level = sumProbability(one, 0)
  let halfWidth = 0
  while (level < wanted && halfWidth < law.tau) {
    halfWidth += 1
    level += 2n * sumProbability(one, halfWidth)
  }
  return { halfWidth, levelPpm: partsPerMillion(level > fixedOne ? fixedOne : level) }
}
