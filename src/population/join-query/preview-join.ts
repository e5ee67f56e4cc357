import {
  joinInterval,
  lawOfPart,
  planCost,
  type JoinPlan,
  paddingLaws,
  partsOf,
  peerOf,
  type Side,
  sides,
} from '../psi/index.ts'
import type { Cost } from '../ledger/index.ts'
import { pairedLevelPpm, type NoiseInterval, usualLevelPpm } from '../privacy/index.ts'
import { expectedPeople } from '../query/index.ts'
import type { BothTerms, JoinTerms } from './join-terms.ts'
import { questionOf } from './question-of.ts'
import { sideQuery } from './side-query.ts'

/** What is known of a join before anything is spent: by public documents alone. */
export interface JoinPreview {
  /** Cells of the table, without the buckets of quantiles. */
  readonly cells: number
  /** Of each part, the interval of its noise in a cell. */
  readonly numbers: readonly (NoiseInterval & { readonly name: 'people' | 'units' })[]
  /** What each holder is charged, whatever comes out. */
  readonly cost: Cost
  /** Points of each holder's list, about: rows of the publicly expected people, what hides their number, dummies. */
  readonly points: Readonly<Record<Side, number>>
  /** Bytes that go over the network, about. */
  readonly bytes: number
  /** X25519 multiplications of both holders together, about. */
  readonly multiplications: number
}

const pointBytes = 32

/** The points of the list of one side, in all parts: as its owner sends it, and as the peer sends it on. */
function listPoints(
  plan: JoinPlan,
  side: Side,
  terms: JoinTerms,
): { readonly blinded: number; readonly remasked: number } {
  const groups = plan[side].groups.length
  const people = expectedPeople(sideQuery(questionOf(plan), side), terms) / groups
  const hidden = paddingLaws(plan)?.map(({ tau }) => tau / 2) ?? []
  return partsOf(plan).reduce(
    ({ blinded, remasked }, { levels, tau }, at) => {
      const slots = plan[peerOf(side)].groups.length * tau
      const size = Math.ceil(Math.max(4 * slots, people * levels + (hidden[at] ?? 0)))
      return {
        blinded: blinded + groups * (size + slots),
        remasked: remasked + groups * (size + 2 * slots),
      }
    },
    { blinded: 0, remasked: 0 },
  )
}

/** The least level of each part's interval, so that a mean of two has the usual one. */
export function partLevelPpm({ stat }: Pick<JoinPlan, 'stat'>): number {
  return stat.kind === 'mean' ? pairedLevelPpm : usualLevelPpm
}

/** The shape, the precision, the price and the size of a plan. It spends nothing and says nothing about records. */
export function previewJoin(plan: JoinPlan, terms: BothTerms): JoinPreview {
  const numbers = partsOf(plan).map((part) => ({
    name: part.name,
    ...joinInterval(lawOfPart(part), partLevelPpm(plan)),
  }))
  const lists = sides.map((side) => listPoints(plan, side, terms[side]))
  const sent = lists.reduce((sum, { blinded, remasked }) => sum + blinded + remasked, 0)
  const [left, right] = lists
  const { stat } = plan
  const buckets = stat.kind === 'quantiles' ? Math.ceil((stat.max - stat.min + 1) / stat.width) : 1
  return {
    cells: (plan.left.groups.length * plan.right.groups.length) / buckets,
    numbers,
    cost: planCost(plan),
    points: { left: left?.blinded ?? 0, right: right?.blinded ?? 0 },
    bytes: sent * pointBytes,
    // Each point of a list is one multiplication, in the list of its owner and in that of the peer.
    multiplications: sent,
  }
}

/** Measured: X25519 of libsodium on one core that nobody else uses, 32,814 a second. */
const perSecond = 32_800

/** Seconds that one core computes at least for so many multiplications, with libsodium. */
export function joinSeconds(multiplications: number): number {
  return Math.ceil(multiplications / perSecond)
}
