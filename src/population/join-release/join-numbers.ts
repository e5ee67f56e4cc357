import { partLevelPpm } from '../join-query/index.ts'
import { type DummyLaw, joinInterval, lawOfPart, type JoinPlan, partsOf } from '../psi/index.ts'
import type { NoiseInterval } from '../privacy/index.ts'

/** What one of the numbers of every cell is. */
export interface JoinNumber extends NoiseInterval {
  /** `people`, `units`, or `bucket 0`, `bucket 1`, … */
  readonly name: string
  /** Of each holder's share: P(k) ∝ exp(−microEpsilon / 10^6 · |k − tau / 2| / sensitivity), k = 0 … tau, less tau / 2. */
  readonly law: Required<DummyLaw> & { readonly kind: 'truncated-discrete-laplace' }
  /** By how much one person can change it. */
  readonly sensitivity: number
}

const known = new WeakMap<JoinPlan, readonly JoinNumber[]>()

/** How many buckets each cell has; 1 where there are none. */
export function bucketsOf({ stat }: Pick<JoinPlan, 'stat'>): number {
  return stat.kind === 'quantiles' ? Math.ceil((stat.max - stat.min + 1) / stat.width) : 1
}

function numbersOf(plan: JoinPlan): readonly JoinNumber[] {
  return partsOf(plan).flatMap((part) => {
    const { name, levels } = part
    const { microEpsilon, tau } = lawOfPart(part)
    const law = { microEpsilon, sensitivity: levels, tau }
    const interval = joinInterval(law, partLevelPpm(plan))
    const drawn = { kind: 'truncated-discrete-laplace', ...law } as const
    const names =
      plan.stat.kind === 'quantiles'
        ? Array.from({ length: bucketsOf(plan) }, (_, at) => `bucket ${at}`)
        : [name]
    return names.map((one) => ({ name: one, law: drawn, ...interval, sensitivity: levels }))
  })
}

/** What the numbers of every cell are: a function of the plan, so that whoever reads a release computes it again. */
export function joinNumbers(plan: JoinPlan): readonly JoinNumber[] {
  const found = known.get(plan) ?? numbersOf(plan)
  known.set(plan, found)
  return found
}
