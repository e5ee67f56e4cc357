import { encodeHex } from '../../../bytes/index.ts'
import type { QueryRefusal } from '../../query/index.ts'
import { listPoints, refusePlan } from '../../join-query/index.ts'
import { decideChargeNow, type JoinParties } from '../../commit/index.ts'
import type { BudgetSpent } from '../../ledger/index.ts'
import { type JoinPlan, planCost, planHash, type Side } from '../../psi/index.ts'
import type { JoinContext } from '../join-context.ts'
import { holderEntry } from '../join-parties.ts'
import type { HeldTerms } from './join-terms-of.ts'

/** A plan that a holder is asked about, with what it is decided by. */
export interface HeldPlan extends HeldTerms {
  readonly plan: JoinPlan
  readonly side: Side
  /** Pseudonym of whoever asks. */
  readonly analyst: string
}

/** A refusal, and which account is short where that is why. */
export type PlanRefusal = QueryRefusal & { readonly spent?: BudgetSpent }

/** What a refusal by the log or the ledger is told as. */
export const standingWords: Readonly<Record<string, string>> = {
  TIME_LOCKED: 'the agreement waits for the end of its time lock',
  AGREEMENT_EXPIRED: 'the agreement has ended',
  AGREEMENT_SUSPENDED: 'the agreement is suspended',
  AGREEMENT_NOT_ACTIVE: 'the agreement is not in force',
  BUDGET_SPENT: 'the privacy budget has too little left for this question',
}

/** Of a plan whose number another one has here: whoever asks chooses it, and every message is found by it. */
export const numberTaken: PlanRefusal = {
  code: 'SHAPE_REFUSED',
  path: 'qid',
  message: 'another plan was begun under this number; draw a new one',
}

/** What the entries about a plan say. */
export function entryOf({ plan, side, known, analyst }: HeldPlan): JoinParties {
  return holderEntry(plan, side, { known, analyst })
}

/** What a holder is charged for a plan, and by whose leave. */
export function chargeOf({ plan, known, terms }: HeldPlan): {
  readonly population: string
  readonly cost: ReturnType<typeof planCost>
  readonly agreed: number
} {
  return {
    population: terms.description.population.name,
    cost: planCost(plan),
    agreed: known.agreement.privacyBudget.perYearMicroEpsilon,
  }
}

/**
 * Why a holder does not agree to a plan: where the agreement stands, what its documents allow, whether its number is another
 * plan's, and what its ledger has left, in this order. Nothing is written, and no row is read.
 */
export async function refuseHeldPlan(
  held: HeldPlan,
  deps: JoinContext,
): Promise<PlanRefusal | undefined> {
  const { plan, side, terms, known } = held
  const nowMs = deps.clock.now()
  const standing = await deps.refusalNow(known)
  if (standing !== undefined)
    return { code: standing, path: '', message: standingWords[standing] ?? '' }
  const refused =
    refusePlan(plan, side, terms, nowMs) ??
    inspectorRefusal(plan, deps) ??
    pointsRefusal(plan, deps)
  if (refused !== undefined) return refused
  const sameNumber = await deps.reader.joinByQid(plan.qid)
  if (sameNumber !== undefined && sameNumber.planHash !== encodeHex(planHash(plan)))
    return numberTaken
  const charging = { ...chargeOf(held), parties: entryOf(held) }
  const decision = await decideChargeNow(deps.reader, charging, nowMs)
  return decision.outcome === 'charge'
    ? undefined
    : {
        code: 'BUDGET_SPENT',
        path: '',
        message: standingWords['BUDGET_SPENT'] ?? '',
        spent: decision.spent,
      }
}

/** Why a plan's lists are longer than an organisation computes with, or `undefined`; `maxRows` is the tally's to choose. */
export function pointsRefusal(
  plan: JoinPlan,
  { mostPoints }: Pick<JoinContext, 'mostPoints'>,
): QueryRefusal | undefined {
  const points = listPoints(plan)
  if (points <= mostPoints) return undefined
  return {
    code: 'SHAPE_REFUSED',
    path: 'maxRows',
    message: `a list may have ${points} points, and this organisation computes with ${mostPoints} at most: ask for fewer cells or levels, or spend more epsilon`,
  }
}

/** Without the inspector's key nobody could ever open what an audit asks for. */
function inspectorRefusal(
  { inspector }: JoinPlan,
  { sealingKeyOf }: JoinContext,
): QueryRefusal | undefined {
  if (sealingKeyOf(inspector) !== undefined) return undefined
  return {
    code: 'SHAPE_REFUSED',
    path: 'inspector',
    message: 'this organisation has no sealing key of the inspector that the plan names',
  }
}
