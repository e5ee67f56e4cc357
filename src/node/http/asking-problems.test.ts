import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PersonError, type PersonErrorCode } from '../../person/index.ts'
import { innerProblem, problemOfFailure } from './problem-response.ts'

const page = new URL('../../../docs/reference/error-codes.md', import.meta.url)

/** Every code, so that a new one does not compile without its place here. */
const personCodes: Readonly<Record<PersonErrorCode, true>> = {
  AGREEMENT_UNKNOWN: true,
  CONSENT_ISSUER_UNKNOWN: true,
  CONSENT_UNAVAILABLE: true,
  ANSWER_REFUSED: true,
  CASE_SOURCE_UNAVAILABLE: true,
  EXCHANGE_CONFLICT: true,
  IDEMPOTENCY_CONFLICT: true,
  OUTCOME_GONE: true,
  PEER_RESPONSE_INVALID: true,
  PEER_UNAVAILABLE: true,
  PEER_UNKNOWN: true,
}

test('the reference page has every problem of asking, with its status', () => {
  const text = readFileSync(page, 'utf8')
  const section = text.split('\n## Asking\n')[1]?.split('\n## ')[0] ?? ''
  const rows = [...section.matchAll(/^\| `([A-Z_]+)` *\| (\d+) *\|/gm)]
  const listed = Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]))
  const codes = Object.keys(personCodes) as PersonErrorCode[]
  const expected = Object.fromEntries([
    ...codes.map((code) => [code, problemOfFailure(new PersonError(code, '')).status]),
    ...(['OFFICIAL_MISMATCH', 'IDENTITY_UNAVAILABLE'] as const).map((code) => [
      code,
      innerProblem(code).status,
    ]),
  ])
  assert.deepEqual(listed, expected)
})
