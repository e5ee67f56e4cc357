import type { LegalBasis } from '../../agreement/index.ts'
import { encodeHex } from '../../bytes/index.ts'
import { type JoinPlan, planCost, planHash, type Side } from '../psi/index.ts'
import { legalLineOf } from '../release/index.ts'
import { type GroupTable, joinCells } from './join-cells.ts'
import { type JoinBounds, joinNotCoveredOf } from './join-certificate.ts'
import { joinNumbers } from './join-numbers.ts'
import { asJoinRelease, type JoinRelease } from './join-release.ts'
import type { PlanSignatures } from './plan-signature.ts'

/** M6, as a release is made of it. */
export interface JoinTables {
  /** Of each part of the plan: a row for each left group, a column for each right one. */
  readonly tables: readonly GroupTable[]
  /** Of M2, by owner. */
  readonly roots: Readonly<Record<Side, Uint8Array>>
  /** Of M3, by owner. */
  readonly remasked: Readonly<Record<Side, Uint8Array>>
}

/** What a release of a join is made of. None of it is exact but what is public. */
export interface JoinReleaseParts extends JoinTables {
  readonly plan: JoinPlan
  /** Log time at which it was begun. */
  readonly asOfMs: number
  /** Of both agreements. */
  readonly legalBasis: readonly LegalBasis[]
  readonly signatures: PlanSignatures
}

function boundsOfPlan({ stat }: JoinPlan): JoinBounds | null {
  if (stat.kind === 'count') return null
  const { side, element, min, max } = stat
  return { side, element, min, max }
}

const hexOf = (roots: Readonly<Record<Side, Uint8Array>>): Record<Side, string> => ({
  left: encodeHex(roots.left),
  right: encodeHex(roots.right),
})

/**
 * The release of a join: the noisy table, what its numbers are, and the certificate. The same parts give the same bytes.
 *
 * @throws {@link ReleaseError} for parts that do not belong together
 */
export function makeJoinRelease(parts: JoinReleaseParts): JoinRelease {
  const { plan, asOfMs, legalBasis, signatures, tables, roots, remasked } = parts
  return asJoinRelease({
    v: 1,
    plan,
    asOfMs,
    cells: joinCells(plan, tables),
    numbers: joinNumbers(plan),
    certificate: {
      method: 'two-truncated-discrete-laplace',
      composition: 'basic',
      planHash: encodeHex(planHash(plan)),
      ...planCost(plan),
      charged: 'for-good',
      unit: 'person',
      bounds: boundsOfPlan(plan),
      notCovered: joinNotCoveredOf(plan),
      collusion: 'holder-with-tally',
      holders: [plan.left.organisation, plan.right.organisation],
      tally: plan.tally,
      inspector: plan.inspector,
      roots: hexOf(roots),
      remasked: hexOf(remasked),
      signatures,
      legalLine: legalLineOf(legalBasis),
    },
  })
}
