import {
  divide,
  type Fixed,
  fixedOne,
  multiply,
  type NoiseInterval,
  partsPerMillion,
  usualLevelPpm,
} from '../../privacy/index.ts'
import { type DummyLaw, dummyProbabilities } from './dummy-law.ts'

/**
 * P(both drawn counts, less tau, are `distance`), for each 0 ≤ distance ≤ tau: the law of a released number, symmetric. Of
 * such pairs some have one number between the middle and `distance`, each of weight r^distance; the others lie m beyond it,
 * 1 ≤ m ≤ tau/2 − distance, two of weight r^(distance + 2m) each.
 */
function* sumProbabilities(law: DummyLaw): Generator<Fixed> {
  const half = law.tau / 2
  const probabilities = dummyProbabilities(law)
  const middle = probabilities[half] ?? 0n
  const r = divide(probabilities[half + 1] ?? 0n, middle)
  const beyond: Fixed[] = [0n]
  for (let m = 1, weight = multiply(r, r); m <= half; m += 1) {
    beyond.push((beyond[m - 1] ?? 0n) + weight)
    weight = multiply(weight, multiply(r, r))
  }
  let probability = multiply(middle, middle)
  for (let distance = 0; distance <= law.tau; distance += 1) {
    const between = BigInt(Math.min(distance, law.tau - distance) + 1)
    yield between * probability + 2n * multiply(probability, beyond[half - distance] ?? 0n)
    probability = multiply(probability, r)
  }
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
  let [level, halfWidth] = [0n, -1]
  for (const probability of sumProbabilities(law)) {
    halfWidth += 1
    level += halfWidth === 0 ? probability : 2n * probability
    if (level >= wanted) break
  }
  return { halfWidth, levelPpm: partsPerMillion(level > fixedOne ? fixedOne : level) }
}
