import type { Randomness } from '../../../ports/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { drawDummies } from '../law/index.ts'
import {
  cellCount,
  cellLaw,
  groupCount,
  type JoinPlan,
  paddingLaw,
  type Side,
} from '../plan/index.ts'

/** The noise of one holder: drawn before its register is read, so that nothing tells how long that took. */
export interface HolderNoise {
  /** Used dummies of each cell. */
  readonly used: readonly number[]
  /** Rows to be added to each group; none where sizes are capacities. */
  readonly padding: readonly number[]
}

/** Draws all noise of a holder, exactly. */
export function drawHolderNoise(plan: JoinPlan, side: Side, randomness: Randomness): HolderNoise {
  const draws = new UniformDraws(randomness)
  const sizes = paddingLaw(plan)
  return {
    used: Array.from({ length: cellCount(plan) }, () => drawDummies(draws, cellLaw(plan))),
    padding: Array.from({ length: groupCount(plan, side) }, () =>
      sizes === undefined ? 0 : drawDummies(draws, sizes),
    ),
  }
}
