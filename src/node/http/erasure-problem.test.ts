import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { erasureProblem, erasureProblems } from './erasure-problem.ts'

const page = new URL('../../../docs/reference/error-codes.md', import.meta.url)

test('the reference page has every reason for which a record is not erased', () => {
  const [, rest = ''] = readFileSync(page, 'utf8').split('\n## Erasing records\n')
  const [section = ''] = rest.split('\n## ')
  const rows = [...section.matchAll(/^\| `([A-Z_]+)` *\| (\d+) *\| (.*?) *\|$/gm)]
  const table = rows.map(([, code, status, title]) => [code, [Number(status), title]])
  assert.deepEqual(Object.fromEntries(table), erasureProblems)
})

test('a refusal names entry and date, and nothing else', () => {
  const refusal = {
    code: 'RETENTION_RUNS',
    log: 'tax.localhost/log/1',
    entry: 4,
    fromMs: 9,
  } as const
  const { status, body } = erasureProblem(refusal)
  const { title: _, ...json } = JSON.parse(Buffer.from(body).toString())
  assert.deepEqual(
    [status, json],
    [
      409,
      {
        type: 'https://cloison.eu/problems/retention-runs',
        status: 409,
        code: 'RETENTION_RUNS',
        log: 'tax.localhost/log/1',
        entry: 4,
        notBeforeMs: 9,
      },
    ],
  )
})
