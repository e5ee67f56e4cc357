import { asJoinPlan, JoinError, type JoinPlan, tausOf } from '../psi/index.ts'
import type { QueryRefusal } from '../query/index.ts'
import { canonicalJoinQuestion, type JoinQuestion } from './join-question.ts'
import { type BothTerms, pairRefusal, shapeRefused } from './join-terms.ts'
import { epsilonParts, planSide, statOf } from './plan-members.ts'
import { auditRefusal } from './plan-limits.ts'
import { planRows } from './plan-rows.ts'
import { refuseQuestion, tableCells } from './refuse-question.ts'

/** How long a plan may take from being made to its table. */
export const planLifeMs = 86_400_000

/** What a plan is made of besides the question. */
export interface PlanTerms extends BothTerms {
  readonly nowMs: number
  /** 16 fresh random bytes, hex. */
  readonly qid: string
}

/** A plan, or why there is none. */
export type Planning =
  | { readonly ok: true; readonly plan: JoinPlan }
  | { readonly ok: false; readonly refusal: QueryRefusal }

function refused(refusal: QueryRefusal): Planning {
  return { ok: false, refusal }
}

/** The part of a plan's text that a question can change, for whoever reads why it does not parse. */
function planRefusal(cause: unknown): QueryRefusal {
  if (cause instanceof JoinError) return shapeRefused('', cause.message)
  if (cause instanceof RangeError) return shapeRefused('microEpsilon', cause.message)
  throw cause
}

/**
 * The plan of a question: what follows from it and from public documents, with a number and an end. Where the agreements
 * stand and what the ledgers have left are told apart from it.
 */
export function planOf(given: JoinQuestion, terms: PlanTerms): Planning {
  const question = canonicalJoinQuestion(given)
  const found = pairRefusal(terms) ?? refuseQuestion(question, terms)
  if (found !== undefined) return refused(found)
  const { left, right, nowMs, qid } = terms
  const measuring = question.measure.kind === 'count' ? left : terms[question.measure.side]
  const stat = statOf(question, measuring, tableCells(question, terms))
  if (stat === undefined)
    return refused(shapeRefused('measure', 'the table has too many cells to divide into buckets'))
  const { agreement } = left
  const { deltaExponent } = question
  const parts = epsilonParts(question.microEpsilon)
  try {
    const content = {
      v: 1,
      suite: 'cloison-psi/1',
      qid,
      keyspace: agreement.join.keyspace,
      left: planSide(question, { side: 'left', terms: left, stat }),
      right: planSide(question, { side: 'right', terms: right, stat }),
      tally: agreement.consumer,
      inspector: agreement.join.inspector,
      stat,
      ...parts,
      deltaExponent,
      taus: tausOf({ stat, deltaExponent, ...parts }),
      auditK: 64,
      expiresMs: nowMs + planLifeMs,
      maxRows: 0,
    } as const
    const plan = asJoinPlan({ ...content, maxRows: planRows(content, terms) })
    const unaudited = auditRefusal(plan)
    return unaudited === undefined ? { ok: true, plan } : refused(unaudited)
  } catch (cause) {
    return refused(planRefusal(cause))
  }
}
