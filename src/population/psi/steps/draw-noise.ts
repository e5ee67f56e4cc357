import type { Randomness } from '../../../ports/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { drawDummies, type DummyLaw } from '../law/index.ts'
import {
  cellCount,
  cellLaws,
  groupCount,
  type JoinPlan,
  listGroupCount,
  paddingLaws,
  type Side,
} from '../plan/index.ts'

/** The noise of one holder: drawn before its register is read, so that nothing tells how long that took. */
export interface HolderNoise {
  /** Used dummies of each cell, part after part. */
  readonly used: readonly number[]
  /** Rows to be added to each group of the list; none where sizes are capacities. */
  readonly padding: readonly number[]
}

/** Draws all noise of a holder, exactly. */
export function drawHolderNoise(plan: JoinPlan, side: Side, randomness: Randomness): HolderNoise {
  const draws = new UniformDraws(randomness)
  const sizes = paddingLaws(plan)
  const drawn = (laws: readonly DummyLaw[], each: number): number[] =>
    laws.flatMap((law) => Array.from({ length: each }, () => drawDummies(draws, law)))
  return {
    used: drawn(cellLaws(plan), cellCount(plan)),
    padding:
      sizes === undefined
        ? Array.from({ length: listGroupCount(plan, side) }, () => 0)
        : drawn(sizes, groupCount(plan, side)),
  }
}
