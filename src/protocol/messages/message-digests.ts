import { canonicalBytes, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { QuestionResult } from './person-answer.ts'
import type { PersonQuestion } from './person-question.ts'

const QUESTION = utf8('cloison/question/v1\n')
const RESULT = utf8('cloison/result/v1\n')
const CASE = utf8('cloison/case/v1\n')
const CONSENT = utf8('cloison/consent/v1\n')

/** A question without its receipt and checkpoint: what its digest covers. */
export type QuestionCore = Omit<PersonQuestion, 'askedReceipt' | 'lastSeenCheckpoint'>

/** Digests of questions that are under way: one that is asked is digested at every step, and never changes. */
const digested = new WeakMap<DigestedQuestion, Uint8Array>()

/** A question, or one that has not got its receipt and checkpoint yet. */
export type DigestedQuestion = QuestionCore & Partial<PersonQuestion>

/**
 * The digest of a question: SHA-256 of `cloison/question/v1\n` and the canonical question without
 * `askedReceipt` and `lastSeenCheckpoint`, so it can stand in the record that the receipt proves.
 * It hides nothing: who knows all but the subject can try all subjects. Records, which hold it, are
 * committed to with 32 random bytes.
 */
export function questionDigest(question: DigestedQuestion): Uint8Array {
  const known = digested.get(question)
  if (known !== undefined) return known
  const digest = sha256(QUESTION, canonicalBytes(questionCore(question)))
  digested.set(question, digest)
  return digest
}

/** The part of a question that {@link questionDigest} covers. */
export function questionCore(question: DigestedQuestion): QuestionCore {
  const { askedReceipt: _receipt, lastSeenCheckpoint: _checkpoint, ...core } = question
  return core
}

/**
 * The digest of an answer's results: SHA-256 of `cloison/result/v1\n`, `s` and the canonical results.
 * Hides them from whoever has not the 32 random bytes `s`.
 */
export function resultDigest(s: Uint8Array, results: readonly QuestionResult[]): Uint8Array {
  return sha256(RESULT, randomness(s), canonicalBytes(results))
}

/**
 * The digest of a case reference: SHA-256 of `cloison/case/v1\n`, `s` and the canonical
 * `{"reference":…}`. Hides it from whoever has not the 32 random bytes `s`.
 */
export function caseDigest(s: Uint8Array, reference: string): Uint8Array {
  return sha256(CASE, randomness(s), canonicalBytes({ reference }))
}

/** The digest of a consent: SHA-256 of `cloison/consent/v1\n` and the token as it was sent. */
export function consentDigest(token: string): Uint8Array {
  return sha256(CONSENT, utf8(token))
}

function randomness(s: Uint8Array): Uint8Array {
  if (s.length !== 32) throw new RangeError(`s must have 32 bytes, not ${s.length}`)
  return s
}
