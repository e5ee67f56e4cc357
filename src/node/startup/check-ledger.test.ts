import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { encodeBase64 } from '../../bytes/index.ts'
import type { PopulationIntent } from '../../population/index.ts'
import { openStateReader } from '../../storage/sqlite/index.ts'
import { leapingTime, openPopulationOrganisation } from '../../testing/population/index.ts'
import { checkLedgers } from './check-ledger.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-check-ledger-'))
const { clock } = leapingTime()
const populations = ['residents', 'residents', 'nobody']
let copies = 0

function question(place: number): PopulationIntent {
  return {
    type: 'population-reserve',
    population: 'residents',
    snapshot: '2026-11',
    cost: { microEpsilon: 100_000 + place, deltaUnits: place },
    agreed: 1_000_000,
    parties: {
      exchangeId: 'AAAAAAAAAAAAAAAAAAAAAA',
      consumer: 'housing',
      agreement: {
        id: `statistics-${place % 2}`,
        version: 1,
        digest: encodeBase64(new Uint8Array(32)),
      },
      purpose: 'https://cloison.eu/purpose/official-statistics',
      legalBasis: 'eu-gdpr:A6-1-e',
      elements: ['sex'],
      analyst: `analyst-${place}`,
      query: encodeBase64(new Uint8Array(32).fill(place)),
    },
  }
}

before(async () => {
  using organisation = await openPopulationOrganisation({
    id: 'tax',
    dir: join(dir, 'whole'),
    clock,
  })
  const budget = {
    composition: 'basic',
    microEpsilon: 1_000_000,
    deltaExponent: 6,
    perAnalystMicroEpsilon: null,
    fromMs: clock.now(),
    countersigned: false,
  } as const
  const year = { type: 'budget-open', population: 'residents', budget, demo: false } as const
  await organisation.writer.commit(year)
  for (const place of [1, 2, 3, 4]) await organisation.writer.commit(question(place))
})

after(() => rmSync(dir, { recursive: true, force: true }))

/** The check of a copy of the stores that somebody has changed. */
async function checkChanged(sql: string): Promise<void> {
  copies += 1
  const copy = join(dir, `copy-${copies}`)
  cpSync(join(dir, 'whole'), copy, { recursive: true })
  const db = new DatabaseSync(join(copy, 'state.db'))
  db.exec(sql)
  db.close()
  using reader = openStateReader(join(copy, 'state.db'))
  await checkLedgers(reader, populations)
}

/** Every way to forget or to bend what was spent, and what is found. */
const changes: readonly (readonly [name: string, sql: string, found: RegExp])[] = [
  [
    'the newest charge is gone',
    'DELETE FROM charge WHERE idx = (SELECT max(idx) FROM charge)',
    /rows are missing/,
  ],
  [
    'a charge between others is gone',
    'DELETE FROM charge WHERE idx = (SELECT idx FROM charge ORDER BY idx LIMIT 1 OFFSET 1)',
    /CHARGE_MISSING at its entry 2/,
  ],
  [
    'the first charge is gone',
    'DELETE FROM charge WHERE idx = (SELECT min(idx) FROM charge)',
    /CHARGE_MISSING at its entry 1/,
  ],
  ['all charges are gone', 'DELETE FROM charge', /rows are missing/],
  ['the year is gone', 'DELETE FROM budget', /CHARGE_WITHOUT_BUDGET at its entry 0/],
  ['year and charges are gone', 'DELETE FROM budget; DELETE FROM charge', /rows are missing/],
  [
    'the year has more to spend',
    "UPDATE budget SET body = json_set(body, '$.microEpsilon', 2000000)",
    /a row is not what its entry says/,
  ],
  [
    'a charge is smaller',
    "UPDATE charge SET body = json_set(body, '$.microEpsilon', 1) WHERE idx = (SELECT max(idx) FROM charge)",
    /a row is not what its entry says/,
  ],
  [
    'a sum is smaller',
    "UPDATE charge SET body = json_set(body, '$.spentMicroEpsilon', 1) WHERE idx = (SELECT max(idx) FROM charge)",
    /a row is not what its entry says/,
  ],
  [
    'a charge pays for another reservation',
    "UPDATE charge SET reservation = 'AAAA' WHERE idx = (SELECT max(idx) FROM charge)",
    /a row is not what its entry says/,
  ],
  [
    'a charge stands at the entry of its reservation',
    'UPDATE charge SET idx = idx - 1 WHERE idx = (SELECT max(idx) FROM charge)',
    /a row is not what its entry says/,
  ],
  [
    'a charge is counted in another year',
    'UPDATE charge SET from_ms = 0 WHERE idx = (SELECT max(idx) FROM charge)',
    /its counters are other ones/,
  ],
  [
    'a charge counts less under its agreement',
    'UPDATE charge SET micro_epsilon = 1 WHERE idx = (SELECT min(idx) FROM charge)',
    /its counters are other ones/,
  ],
  [
    'a charge counts under another agreement',
    "UPDATE charge SET agreement = 'statistics-9' WHERE idx = (SELECT min(idx) FROM charge)",
    /its counters are other ones/,
  ],
  [
    'a charge is another population’s',
    "UPDATE charge SET population = 'nobody' WHERE idx = (SELECT max(idx) FROM charge)",
    /rows are missing|a row is not what its entry says/,
  ],
]

test('a ledger whose rows are its entries is good', async () => {
  await checkChanged('SELECT 1')
})

for (const [name, sql, found] of changes) {
  test(`a start is refused when ${name}`, async () => {
    await assert.rejects(checkChanged(sql), { code: 'LEDGER_REGRESSED', message: found })
  })
}

test('only the populations that are named are looked at', async () => {
  using reader = openStateReader(join(dir, `copy-${copies}`, 'state.db'))
  await checkLedgers(reader, [])
})
