import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { oversightProblem, oversightProblems } from './oversight-problem.ts'

const page = new URL('../../../docs/reference/error-codes.md', import.meta.url)

/** The rows of the section; another one begins behind it. */
function tableOf(text: string): object {
  const [section = ''] = (text.split('\n## Signals and draws\n')[1] ?? '').split('\n## ')
  const rows = [...section.matchAll(/^\| `([A-Z_]+)` *\| (\d+) *\| (.*?) *\|$/gm)]
  return Object.fromEntries(rows.map(([, code, status, title]) => [code, [Number(status), title]]))
}

test('the reference page has every refusal of signals and draws, with its status and what to do', () => {
  const text = readFileSync(page, 'utf8')
  assert.deepEqual(tableOf(text), oversightProblems)
  // The twin: a row that says another status is seen.
  const changed = text.replace(/(`DRAW_DONE` *\|) 409/, '$1 410')
  assert.notDeepEqual(tableOf(changed), oversightProblems)
})

test('a refusal is a problem document with type, title, status and code, and nothing else', () => {
  const { status, contentType, body } = oversightProblem('DRAW_NOT_FIXED')
  assert.equal(contentType, 'application/problem+json')
  assert.deepEqual(JSON.parse(Buffer.from(body).toString()), {
    type: 'https://cloison.eu/problems/draw-not-fixed',
    title: oversightProblems.DRAW_NOT_FIXED[1],
    status,
    code: 'DRAW_NOT_FIXED',
  })
})
