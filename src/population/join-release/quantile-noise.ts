import {
  type DummyLaw,
  dummyProbabilities,
  type JoinPlan,
  lawOfPart,
  partsOf,
} from '../psi/index.ts'
import { type Fixed, fixedOne } from '../privacy/index.ts'
import type { QuantileNoise } from '../release/index.ts'

const known = new WeakMap<JoinPlan, QuantileNoise>()

/** The next whole number above. */
function above(value: Fixed): bigint {
  return value / fixedOne + 1n
}

/**
 * Bounds of the moments of a number's noise: two independent draws of the law, each less half of tau. With those of one draw
 * a₂ and a₄, the sum has 2a₂ and 2a₄ + 6a₂².
 */
function momentsOf(law: DummyLaw): QuantileNoise {
  let [second, fourth] = [0n, 0n]
  for (const [k, probability] of dummyProbabilities(law).entries()) {
    const square = BigInt(k - law.tau / 2) ** 2n
    second += probability * square
    fourth += probability * square * square
  }
  const [a2, a4] = [above(second), above(fourth)]
  return { kind: 'moments', second: 2n * a2, fourth: 2n * a4 + 6n * a2 * a2 }
}

/** What the noise of the buckets of a plan is bounded by, for the intervals of quantiles. */
export function quantileNoise(plan: JoinPlan): QuantileNoise {
  const [part] = partsOf(plan)
  if (part === undefined) throw new TypeError('a plan has a part')
  const found = known.get(plan) ?? momentsOf(lawOfPart(part))
  known.set(plan, found)
  return found
}
