import { type Side, sides } from '../psi/index.ts'
import {
  boundsOf,
  expectedPeople,
  finePlace,
  knownElement,
  peoplePerCell,
  protectedElement,
  type QueryRefusal,
  refuseQuery,
  sideChecks,
} from '../query/index.ts'
import { groupsOf } from './join-groups.ts'
import type { JoinMeasure, JoinQuestion } from './join-question.ts'
import { type BothTerms, type JoinTerms, shapeRefused } from './join-terms.ts'
import { leastJoinMicroEpsilon } from './plan-limits.ts'
import { sidePath, sideQuery } from './side-query.ts'

/** Sums of a join count units above the lower bound; only from 0 on are they the sum. */
function measureRefusal(
  measure: JoinMeasure,
  { side, terms, register }: { side: Side; terms: JoinTerms; register: string },
): QueryRefusal | undefined {
  if (measure.kind === 'count' || measure.side !== side) return undefined
  const known = knownElement(measure.element, { registers: [register] }, terms)
  const bounds = known === undefined ? undefined : boundsOf(known.described)
  const path = 'measure.element'
  if (bounds === undefined || bounds.min >= bounds.max)
    return shapeRefused(path, `${measure.element} has not two values to measure`)
  if (measure.kind === 'quantiles') return undefined
  if (!Number.isSafeInteger((bounds.max - bounds.min) * measure.levels))
    return shapeRefused(path, `the ${measure.kind} of ${measure.element} could pass 2^53`)
  return measure.kind === 'sum' && bounds.min !== 0
    ? shapeRefused(
        path,
        `${measure.element} begins at ${bounds.min}: ask for its mean, which gives the sum as well`,
      )
    : undefined
}

/**
 * Why a holder does not let its side of a question be joined, or `undefined`: by its own agreement and description alone.
 * `cells` is how many cells the table has, without the buckets of quantiles.
 */
export function refuseSide(
  question: JoinQuestion,
  {
    side,
    terms,
    cells,
  }: { readonly side: Side; readonly terms: JoinTerms; readonly cells: number },
): QueryRefusal | undefined {
  const query = sideQuery(question, side)
  const found = refuseQuery(query, terms, sideChecks)
  if (found !== undefined) return { ...found, path: sidePath(found.path, side) }
  if (question.microEpsilon < leastJoinMicroEpsilon)
    return shapeRefused(
      'microEpsilon',
      `over two registers a question spends an epsilon of ${leastJoinMicroEpsilon / 1_000_000} at least`,
    )
  const { subject } = terms.description
  if (subject.scheme !== terms.agreement.join.keyspace)
    return shapeRefused(`${side}.register`, `the register identifies people by ${subject.scheme}`)
  const { measure } = question
  const { register } = question[side]
  const measured = measureRefusal(measure, { side, terms, register })
  if (measured !== undefined) return measured
  return expectedPeople(query, terms) / cells < peoplePerCell
    ? shapeRefused(
        `${side}.by`,
        `fewer than ${peoplePerCell} people of ${terms.agreement.provider} are expected in a cell; ask for fewer dimensions`,
      )
    : undefined
}

/** How many cells the table of a question has, without the buckets of quantiles. */
export function tableCells(question: JoinQuestion, terms: BothTerms): number {
  return sides.reduce(
    (cells, side) => cells * groupsOf(sideQuery(question, side), terms[side]).length,
    1,
  )
}

/** Something protected of one register is not counted by fine places of the other. */
function crossRefusal(question: JoinQuestion, terms: BothTerms): QueryRefusal | undefined {
  for (const side of sides) {
    const other = side === 'left' ? 'right' : 'left'
    const name = protectedElement(sideQuery(question, side), terms[side])
    const place = finePlace(sideQuery(question, other), terms[other])
    if (name === undefined || place === undefined) continue
    return {
      code: 'PROTECTED_ELEMENT',
      path: `${other}.${question[other].by.includes(place) ? 'by' : 'where'}`,
      message: `${name} is protected: with ${place}, which is finer than the coarsest places, it is not counted`,
    }
  }
  return undefined
}

/** Why a question has no plan, or `undefined`. A function of the question and of public documents. */
export function refuseQuestion(question: JoinQuestion, terms: BothTerms): QueryRefusal | undefined {
  const cells = tableCells(question, terms)
  for (const side of sides) {
    const found = refuseSide(question, { side, terms: terms[side], cells: Math.max(1, cells) })
    if (found !== undefined) return found
  }
  return crossRefusal(question, terms)
}
