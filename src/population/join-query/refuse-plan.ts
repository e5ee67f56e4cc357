import { canonicalJson, type Json } from '../../bytes/index.ts'
import {
  groupCount,
  planCost,
  type JoinPlan,
  type JoinStat,
  peerOf,
  type Side,
} from '../psi/index.ts'
import type { QueryRefusal } from '../query/index.ts'
import { canonicalWhere } from './join-question.ts'
import { type JoinTerms, shapeRefused } from './join-terms.ts'
import { auditRefusal } from './plan-limits.ts'
import { planLifeMs } from './plan-of.ts'
import { epsilonParts, planGroups, statOf } from './plan-members.ts'
import { sideRows } from './plan-rows.ts'
import { questionOf } from './question-of.ts'
import { refuseSide } from './refuse-question.ts'

/** How far the clocks of two organisations may lie apart. */
const skewMs = 60_000

/** A plan as one of its holders looks at it. */
export interface HeldPlan {
  readonly plan: JoinPlan
  readonly side: Side
  readonly terms: JoinTerms
  readonly nowMs: number
}

type Check = (held: HeldPlan) => QueryRefusal | undefined

function same(one: unknown, other: unknown): boolean {
  return canonicalJson(one as Json) === canonicalJson(other as Json)
}

/** How many cells the table has, without the buckets of quantiles. */
function cellsOf({ plan }: HeldPlan): number {
  const { stat } = plan
  const all = groupCount(plan, 'left') * groupCount(plan, 'right')
  return stat.kind === 'quantiles' ? all / bucketsOf(stat) : all
}

function bucketsOf({ min, max, width }: Extract<JoinStat, { kind: 'quantiles' }>): number {
  return Math.ceil((max - min + 1) / width)
}

const ownAgreement: Check = ({ plan, side, terms: { agreement } }) => {
  const { organisation, agreement: named } = plan[side]
  if (organisation.valueOf() !== agreement.provider.valueOf())
    return shapeRefused(`${side}.organisation`, 'the plan is about another holder')
  return named.id === agreement.id && named.version === agreement.version
    ? undefined
    : {
        code: 'AGREEMENT_UNKNOWN',
        path: `${side}.agreement`,
        message: 'the plan names another agreement than the one it is asked under',
      }
}

const agreedParties: Check = ({ plan, side, terms: { agreement } }) => {
  const { join, consumer } = agreement
  const parties = [
    ['tally', plan.tally, consumer],
    [`${peerOf(side)}.organisation`, plan[peerOf(side)].organisation, join.with],
    ['inspector', plan.inspector, join.inspector],
    ['keyspace', plan.keyspace, join.keyspace],
  ] as const
  const other = parties.find(([, named, agreed]) => named.valueOf() !== agreed.valueOf())
  return other === undefined
    ? undefined
    : shapeRefused(other[0], `the agreement says ${other[2].valueOf()}`)
}

const inTime: Check = ({ plan: { expiresMs }, nowMs }) =>
  expiresMs > nowMs && expiresMs <= nowMs + planLifeMs + skewMs
    ? undefined
    : shapeRefused('expiresMs', 'the plan has ended, or would run for over a day')

const dividedEpsilon: Check = ({ plan }) => {
  const { cellMicroEpsilon, padding } = epsilonParts(planCost(plan).microEpsilon)
  return cellMicroEpsilon === plan.cellMicroEpsilon && same(padding, plan.padding)
    ? undefined
    : shapeRefused('cellMicroEpsilon', 'a fifth of the epsilon pads each list')
}

const agreedSide: Check = (held) => {
  const { plan, side, terms } = held
  return refuseSide(questionOf(plan), { side, terms, cells: cellsOf(held) })
}

const wholeStat: Check = (held) => {
  const { plan, side, terms } = held
  const { stat } = plan
  if (stat.kind === 'count' || stat.side !== side) return undefined
  return same(statOf(questionOf(plan), terms, cellsOf(held)), stat)
    ? undefined
    : shapeRefused('stat', "bounds or buckets are not those of the register's description")
}

const wholeGroups: Check = ({ plan, side, terms }) => {
  const { stat } = plan
  const { groups, where } = plan[side]
  if (!same(planGroups(questionOf(plan), { side, terms, stat }), groups))
    return shapeRefused(`${side}.groups`, 'the groups are not all those of the domains')
  return same(canonicalWhere(where), where)
    ? undefined
    : shapeRefused(`${side}.where`, 'the keys of a filter are not in their one order')
}

const roomyRows: Check = ({ plan, side, terms }) => {
  const rows = sideRows(plan, side, terms)
  return plan.maxRows >= rows
    ? undefined
    : shapeRefused('maxRows', `the plan has no room for the ${rows} padded rows of this register`)
}

const auditable: Check = ({ plan }) => auditRefusal(plan)

/** All that a holder decides by; each stands for itself, so that a test can leave one out. */
export const planChecks: readonly Check[] = [
  ownAgreement,
  agreedParties,
  inTime,
  dividedEpsilon,
  agreedSide,
  wholeStat,
  wholeGroups,
  roomyRows,
  auditable,
]

/**
 * Why a holder does not agree to a plan, or `undefined`. A function of the plan and of the holder's public documents: the
 * plan must be what a question under its agreement gives. What is the other holder's is that one's to judge; where the
 * agreement stands and what the ledger has left are told apart from it.
 */
export function refusePlan(
  plan: JoinPlan,
  side: Side,
  terms: JoinTerms,
  nowMs: number,
): QueryRefusal | undefined {
  return refuseHeld({ plan, side, terms, nowMs })
}

/** {@link refusePlan} by these checks. */
export function refuseHeld(
  held: HeldPlan,
  checks: readonly Check[] = planChecks,
): QueryRefusal | undefined {
  for (const check of checks) {
    const found = check(held)
    if (found !== undefined) return found
  }
  return undefined
}
