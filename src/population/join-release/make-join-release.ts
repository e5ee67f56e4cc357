import { encodeHex } from '../../bytes/index.ts'
import type { BothTerms } from '../join-query/index.ts'
import { type JoinPlan, planCost, planHash, type Side } from '../psi/index.ts'
import { knownElement } from '../query/index.ts'
import { legalLineOf } from '../release/index.ts'
import { type GroupTable, joinCells } from './join-cells.ts'
import { type JoinBounds, joinNotCoveredOf, type PlanSignature } from './join-certificate.ts'
import { joinNumbers } from './join-numbers.ts'
import { asJoinRelease, type JoinRelease } from './join-release.ts'

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
  readonly terms: BothTerms
  readonly snapshots: { readonly left: string; readonly right: string }
  readonly signatures: Readonly<Record<Side | 'tally', PlanSignature>>
}

function boundsOfPlan({ stat, left, right }: JoinPlan, terms: BothTerms): JoinBounds | null {
  if (stat.kind === 'count') return null
  const { side, element, min, max } = stat
  const { register } = side === 'left' ? left : right
  const known = knownElement(element, { registers: [register] }, terms[side])
  return { side, element, min, max, unit: known?.described.unit ?? null }
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
  const { plan, terms, snapshots, signatures, tables, roots, remasked } = parts
  const { left, right } = terms
  return asJoinRelease({
    v: 1,
    plan,
    snapshots,
    cells: joinCells(plan, tables),
    numbers: joinNumbers(plan),
    certificate: {
      method: 'two-truncated-discrete-laplace',
      composition: 'basic',
      planHash: encodeHex(planHash(plan)),
      ...planCost(plan),
      charged: 'for-good',
      unit: 'person',
      bounds: boundsOfPlan(plan, terms),
      notCovered: joinNotCoveredOf(plan),
      collusion: 'holder-with-tally',
      holders: [plan.left.organisation, plan.right.organisation],
      tally: plan.tally,
      inspector: plan.inspector,
      roots: hexOf(roots),
      remasked: hexOf(remasked),
      signatures,
      legalLine: legalLineOf([...left.agreement.legalBasis, ...right.agreement.legalBasis]),
    },
  })
}
