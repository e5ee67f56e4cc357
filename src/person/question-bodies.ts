import type { Agreement, Denial } from '../agreement/index.ts'
import { canonicalBytes, type Json } from '../bytes/index.ts'
import {
  answerPadding,
  type LoggedEntry,
  type Obligations,
  problemOf,
  type QuestionResult,
} from '../protocol/index.ts'

/** What proves an outcome to the consumer; the same for answers and denials. */
export interface OutcomeProof extends LoggedEntry {
  readonly exchangeId: string
}

function provenBody(proof: OutcomeProof, outcome: Record<string, Json>): Uint8Array {
  const { exchangeId, leaf, opening, inclusion, consistency } = proof
  return canonicalBytes({ ...outcome, v: 1, exchangeId, leaf, opening, inclusion, consistency })
}

/** The body of an answer, canonical. Holds values: it is sealed wherever it rests. */
export function answerBody(
  answer: {
    readonly results: readonly QuestionResult[]
    readonly obligations: Obligations
    readonly agreement: Agreement
  },
  proof: OutcomeProof,
): Uint8Array {
  const results = answer.results.map(({ element, value }) => ({ element, value }))
  const obligations = { ...answer.obligations }
  const padding = agreedPadding(results, answer.agreement)
  return provenBody(proof, { outcome: 'permit', results, obligations, padding })
}

/** The padding that results have under an agreement, so that the length of an answer says nothing. */
export function agreedPadding(
  results: readonly QuestionResult[],
  { dataElements }: Agreement,
): string {
  const predicates = new Set(
    dataElements.filter(({ answerType }) => answerType === 'predicate').map(({ name }) => name),
  )
  return answerPadding(results, (element) => predicates.has(element))
}

/** The HTTP status that a denial travels with. */
export function denialStatus(code: Denial['code']): number {
  return problemOf(code).status
}

/** The body of a denial, canonical: a problem document with the proof of its entry. */
export function denialBody(denial: Denial, proof: OutcomeProof): Uint8Array {
  const problem = problemOf(denial.code)
  const cap = denial.cap === undefined ? {} : { cap: denial.cap }
  return provenBody(proof, { outcome: 'deny', ...problem, ...cap })
}

/**
 * The size in a checkpoint that a peer sends as its last seen; 0 for none or for anything
 * unreadable. Not verified: a wrong size only gives the peer a proof that it will refuse.
 */
export function checkpointSize(checkpoint: string | null): number {
  const from = (checkpoint?.indexOf('\n') ?? -1) + 1
  const size = from === 0 ? '' : (checkpoint?.slice(from, checkpoint.indexOf('\n', from)) ?? '')
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(size)) return 0
  const parsed = Number(size)
  return Number.isSafeInteger(parsed) ? parsed : 0
}
