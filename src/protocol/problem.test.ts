import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import test from 'node:test'

import { problemCodes, problemOf } from './problem.ts'
import type { ProblemCode } from './problem.ts'

const page = new URL('../../docs/reference/error-codes.md', import.meta.url)

/** The reference page, as it follows from the table. */
function errorCodesPage(): string {
  const rows = problemCodes
    .map((code) => problemOf(code))
    .toSorted((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1))
    .map(({ code, status, title }) => `| \`${code}\` | ${status} | ${title} |`)
  return [
    '# Error codes',
    '',
    'Every refusal is a problem document (RFC 9457): `type`, `title`, `status` and `code`. Programs read',
    '`code`, which is stable; `title` may be reworded. `type` is `https://cloison.eu/problems/` followed by',
    'the code in lower case with hyphens, such as `https://cloison.eu/problems/cap-exceeded`. No problem',
    'document holds anything about the question or the person.',
    '',
    'Refusals that are log entries carry the proof of their entry as well (`spec/person-question.md`).',
    '',
    '| code | status | what it means and what to do |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** A page without the padding that makes its tables easy to read as text. */
function unpadded(text: string): string {
  return text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')
}

test('the reference page of error codes is the table', () => {
  if (process.env['CLOISON_WRITE_DOCS'] === '1') {
    mkdirSync(new URL('.', page), { recursive: true })
    const [, ...sections] = readFileSync(page, 'utf8').split('\n## ')
    writeFileSync(page, [errorCodesPage(), ...sections].join('\n## '))
  }
  const advice = 'run this test with CLOISON_WRITE_DOCS=1 to write the page again'
  assert.equal(
    unpadded(readFileSync(page, 'utf8').split('\n## ', 1)[0] ?? ''),
    unpadded(errorCodesPage()),
    advice,
  )
})

test('every problem has a stable type, a status and a sentence that says what to do', () => {
  const types = new Set<string>()
  for (const code of problemCodes) {
    const { type, title, status } = problemOf(code)
    assert.match(type, /^https:\/\/cloison\.eu\/problems\/[a-z]+(?:-[a-z]+)*$/)
    types.add(type)
    assert.match(title, /^[A-Z][^\n|]{20,118}\.$/, code)
    assert.ok(status >= 400 && status <= 503)
    assert.equal(problemOf(code).code, code)
  }
  assert.equal(types.size, problemCodes.length)
})

test('statuses are those of the wire', () => {
  const fixed: Partial<Record<ProblemCode, number>> = {
    MALFORMED: 400,
    SIGNATURE_INVALID: 401,
    PEER_UNKNOWN: 401,
    UNAUTHENTICATED: 401,
    AGREEMENT_UNKNOWN: 404,
    EXCHANGE_UNKNOWN: 404,
    JOIN_UNKNOWN: 404,
    NOT_FOUND: 404,
    EXCHANGE_CONFLICT: 409,
    JOIN_OVER: 409,
    TOO_LARGE: 413,
    UNSUPPORTED_MEDIA: 415,
    CAP_EXCEEDED: 429,
    QUOTA_EXCEEDED: 429,
    RATE_LIMITED: 429,
    INTERNAL: 500,
    LOG_UNAVAILABLE: 503,
    REGISTER_UNAVAILABLE: 503,
  }
  for (const code of problemCodes) assert.equal(problemOf(code).status, fixed[code] ?? 403, code)
})
