import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { chargesCap, decisionCodes, entryOf } from './decision-code.ts'

const spec = readFileSync(new URL('../../../spec/decision.md', import.meta.url), 'utf8')

test('the table of the specification has every code in its order, with entry and charge as here', () => {
  const rows = spec.matchAll(
    /^\| (\d+) +\| `([A-Z_]+)` +\| .+ \| (entry|noise) +\| (yes|no) +\|$/gm,
  )
  const table = [...rows].map(([, number, code, entry, charge]) => ({
    number,
    code,
    entry,
    charge,
  }))
  const expected = decisionCodes.map((code, index) => ({
    number: String(index + 1),
    code,
    entry: entryOf(code),
    charge: chargesCap(code) ? 'yes' : 'no',
  }))
  assert.deepEqual(table, expected)
})
