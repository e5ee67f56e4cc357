import { packedAt, packedCount } from '../../../src/crypto/index.ts'
import { UniformDraws } from '../../../src/population/privacy/index.ts'
import {
  drawPlaces,
  isInTree,
  pointTree,
  treePaths,
  treeRoot,
} from '../../../src/population/psi/points/index.ts'
import { isExponentProven, proveExponent } from '../../../src/population/psi/proof/index.ts'
import type { Holder, Hop, ThreeDeps, ThreeRun } from './three-way.ts'

/** What the tally finds out about one hop. */
export interface HopFinding {
  readonly owner: Holder
  readonly by: Holder
  readonly wrong: number
}

/**
 * M4 and M5 of every hop: the tally draws places of the hop's input, whose root sender and receiver have told it; the one who
 * masked shows where each went, with a proof under its key. Both roots bind what is shown. The secrets are the test's: what is
 * checked is what is shown.
 */
export function openHops(
  run: ThreeRun,
  { group, randomness }: ThreeDeps,
  places = 64,
): readonly HopFinding[] {
  const draws = new UniformDraws(randomness)
  const context = { edwards: group.edwards, planHash: run.plan.hash }
  const isRight = (hop: Hop, input: number): boolean => {
    const { scalar, key } = run.secrets[hop.by]
    const at = hop.moved[input] ?? 0
    const point = packedAt(hop.input, input)
    const shown = proveExponent(context, { scalar, point }, randomness)
    const claim = { key, point, output: packedAt(hop.output, at) }
    return (
      isShown(hop.input, input) &&
      isShown(hop.output, at) &&
      isExponentProven(context, claim, shown)
    )
  }
  return run.hops.map((hop) => {
    const drawn = drawPlaces(draws, packedCount(hop.input), places)
    const wrong = drawn.filter((input) => !isRight(hop, input)).length
    return { owner: hop.owner, by: hop.by, wrong }
  })
}

/** Whether a point and its path lead to the root of the list that it is said to be in. */
function isShown(list: Uint8Array, index: number): boolean {
  const tree = pointTree(list)
  const [path = []] = treePaths(tree, [index])
  return isInTree(treeRoot(tree), { entry: packedAt(list, index), index, size: tree.size, path })
}
