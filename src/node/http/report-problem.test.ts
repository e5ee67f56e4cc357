import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { reportProblem, reportProblems } from './report-problem.ts'

const page = new URL('../../../docs/reference/error-codes.md', import.meta.url)

/** The rows of the section; another one begins behind it. */
function tableOf(text: string): object {
  const [section = ''] = (text.split('\n## Reports and breaches\n')[1] ?? '').split('\n## ')
  const rows = [...section.matchAll(/^\| `([A-Z_]+)` *\| (\d+) *\| (.*?) *\|$/gm)]
  return Object.fromEntries(rows.map(([, code, status, title]) => [code, [Number(status), title]]))
}

test('the reference page has every refusal of reports and breaches, with its status and what to do', () => {
  const text = readFileSync(page, 'utf8')
  assert.deepEqual(tableOf(text), reportProblems)
  // The twin: a row that says another status is seen.
  const changed = text.replace(/(`BREACH_DECLARED` *\|) 409/, '$1 410')
  assert.notDeepEqual(tableOf(changed), reportProblems)
})

test('a refusal is a problem document with type, title, status and code, and nothing else', () => {
  const { status, contentType, body } = reportProblem('REPORT_PENDING')
  assert.equal(contentType, 'application/problem+json')
  assert.deepEqual(JSON.parse(Buffer.from(body).toString()), {
    type: 'https://cloison.eu/problems/report-pending',
    title: reportProblems.REPORT_PENDING[1],
    status,
    code: 'REPORT_PENDING',
  })
})
