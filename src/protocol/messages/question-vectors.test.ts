import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { decodeHex, encodeHex, utf8 } from '../../bytes/index.ts'
import { ProtocolError } from '../protocol-error.ts'
import { makeDemoNin, readSubjectIdentifier } from '../subject-identifier.ts'
import { readCaseToken, signCaseToken } from '../tokens/case-token.ts'
import type { CaseTokenClaims } from '../tokens/case-token.ts'
import { caseDigest, questionDigest, resultDigest } from './message-digests.ts'
import { answerPadding, type QuestionResult } from './person-answer.ts'
import { parsePersonQuestion } from './person-question.ts'

interface Vectors {
  readonly question: { text: string; questionDigest: string }
  readonly results: { s: string; results: QuestionResult[]; resultDigest: string }
  readonly case: { s: string; reference: string; caseDigest: string }
  readonly caseToken: {
    seed: string
    publicKey: string
    nowMs: number
    claims: CaseTokenClaims
    token: string
  }
  readonly identifiers: {
    scheme: string
    valid: { number: number; value: string }[]
    invalid: string[]
  }
  readonly paddings: readonly {
    results: QuestionResult[]
    predicates: string[]
    paddingLength: number
  }[]
  readonly refused: readonly { id: string; path: string; text: string }[]
}

const file = new URL('../../../vectors/cloison-person-question-v1.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))

test('every vector of the person question is read, digested or refused as it says', async () => {
  let run = 0
  const { question, results, caseToken, identifiers, paddings, refused } = vectors
  const read = parsePersonQuestion(utf8(question.text))
  assert.equal(encodeHex(questionDigest(read)), question.questionDigest)
  const s = decodeHex(results.s)
  assert.equal(encodeHex(resultDigest(s, results.results)), results.resultDigest)
  assert.equal(encodeHex(caseDigest(s, vectors.case.reference)), vectors.case.caseDigest)
  run += 3

  const { claims, token, nowMs } = caseToken
  assert.equal(await signCaseToken(claims, decodeHex(caseToken.seed)), token)
  const publicKey = decodeHex(caseToken.publicKey)
  const state = await readCaseToken(token, { issuer: claims.iss, publicKey, nowMs })
  assert.deepEqual(state, { state: 'valid', claims })
  run += 1

  for (const { number, value } of identifiers.valid) {
    assert.equal(makeDemoNin(number), value)
    assert.equal(readSubjectIdentifier(identifiers.scheme, value), 'valid')
    run += 1
  }
  for (const value of identifiers.invalid) {
    assert.equal(readSubjectIdentifier(identifiers.scheme, value), 'invalid', value)
    run += 1
  }
  for (const { id, path, text } of refused) {
    assert.throws(
      () => parsePersonQuestion(utf8(text)),
      (error) => error instanceof ProtocolError && error.path === path,
      id,
    )
    run += 1
  }
  for (const { results: padded, predicates, paddingLength } of paddings) {
    const padding = answerPadding(padded, (element) => predicates.includes(element))
    assert.equal(padding, '0'.repeat(paddingLength))
    run += 1
  }
  const { valid, invalid } = identifiers
  const total = 4 + valid.length + invalid.length + paddings.length + refused.length
  assert.equal(run, total)
  console.log(`cloison-person-question-v1.json: ${run}/${total} vectors`)
})

test('one byte of the vector question changed gives another digest', () => {
  const text = vectors.question.text.replace('rent-support', 'rent-suppory')
  const digest = encodeHex(questionDigest(parsePersonQuestion(utf8(text))))
  assert.notEqual(digest, vectors.question.questionDigest)
})
