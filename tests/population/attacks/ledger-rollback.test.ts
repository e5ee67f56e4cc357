import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { encodeBase64 } from '../../../src/bytes/index.ts'
import { LogError } from '../../../src/log/index.ts'
import { checkLedgers, NodeError } from '../../../src/node/index.ts'
import type { PopulationIntent } from '../../../src/population/index.ts'
import {
  leapingTime,
  logSecrets,
  type LogSecrets,
  openPopulationOrganisation,
  type PopulationOrganisation,
} from '../../../src/testing/population/index.ts'
import { printAttack } from './attack-table.ts'

/*
 * Whoever runs the machine makes it forget: an older store is put back, or rows of charges are taken out. The twin starts without
 * the checks.
 */

const folder = mkdtempSync(join(tmpdir(), 'cloison-rollback-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const { clock } = leapingTime()
const year = 1_000_000
let tries = 0

function question(query: number): PopulationIntent {
  return {
    type: 'population-reserve',
    population: 'residents',
    snapshot: '2026-11',
    cost: { microEpsilon: year / 2, deltaUnits: 0 },
    agreed: year,
    parties: {
      exchangeId: 'AAAAAAAAAAAAAAAAAAAAAA',
      consumer: 'housing',
      agreement: { id: 'statistics', version: 1, digest: encodeBase64(new Uint8Array(32)) },
      purpose: 'https://cloison.eu/purpose/official-statistics',
      legalBasis: 'eu-gdpr:A6-1-e',
      elements: ['sex'],
      analyst: 'analyst',
      query: encodeBase64(new Uint8Array(32).fill(query)),
    },
  }
}

type Start = (dir: string, secrets: LogSecrets) => Promise<PopulationOrganisation>

/** As a gateway starts: the log's checks, then the ledger's. */
const checkedStart: Start = async (dir, secrets) => {
  const organisation = await openPopulationOrganisation({ id: 'tax', dir, clock, secrets })
  try {
    await checkLedgers(organisation.reader, ['residents'])
    return organisation
  } catch (cause) {
    organisation[Symbol.dispose]()
    throw cause
  }
}

/** Whatever the stores say is good: the head store is put back with the state, and no ledger is looked at. */
const trustingStart: Start = async (dir, secrets) => {
  cpSync(join(dir, 'yesterday', 'head.db'), join(dir, 'head.db'))
  return openPopulationOrganisation({ id: 'tax', dir, clock, secrets })
}

async function spend(
  organisation: PopulationOrganisation,
  queries: readonly number[],
): Promise<number> {
  let spent = 0
  for (const query of queries) {
    const done = await organisation.writer.commit(question(query))
    if (done.type === 'population-reserve' && done.state === 'reserved') spent += year / 2
  }
  return spent
}

interface Tried {
  /** All that was answered for, before and after, in millionths of epsilon. */
  readonly spent: number
  /** Why the start was refused. */
  readonly refused: string | undefined
}

/** Spends the year, makes the stores forget, starts again and spends what is there. */
async function rollBack(forget: (dir: string) => void, start: Start): Promise<Tried> {
  tries += 1
  const dir = join(folder, String(tries))
  const secrets = logSecrets()
  const found = await openPopulationOrganisation({ id: 'tax', dir, clock, secrets })
  await found.writer.commit({
    type: 'budget-open',
    population: 'residents',
    budget: {
      composition: 'basic',
      microEpsilon: year,
      deltaExponent: null,
      perAnalystMicroEpsilon: null,
      fromMs: clock.now(),
      countersigned: false,
    },
    demo: false,
  })
  found[Symbol.dispose]()
  for (const name of ['state.db', 'head.db'])
    cpSync(join(dir, name), join(dir, 'yesterday', name), { recursive: true })
  const again = await openPopulationOrganisation({ id: 'tax', dir, clock, secrets })
  const spent = await spend(again, [1, 2, 3])
  assert.equal(spent, year, 'the third is refused')
  again[Symbol.dispose]()
  forget(dir)
  try {
    using late = await start(dir, secrets)
    return { spent: spent + (await spend(late, [4, 5, 6])), refused: undefined }
  } catch (cause) {
    if (cause instanceof NodeError || cause instanceof LogError)
      return { spent, refused: cause.code }
    throw cause
  }
}

function olderState(dir: string): void {
  cpSync(join(dir, 'yesterday', 'state.db'), join(dir, 'state.db'))
}

function chargesGone(dir: string): void {
  const db = new DatabaseSync(join(dir, 'state.db'))
  db.exec('DELETE FROM charge; DELETE FROM release')
  db.close()
}

/** As {@link trustingStart}, with the head store as it is. */
const unlookedStart: Start = (dir, secrets) =>
  openPopulationOrganisation({ id: 'tax', dir, clock, secrets })

test('an older store and a store without its charges do not start; a twin spends the year twice', async () => {
  const restored = await rollBack(olderState, checkedStart)
  assert.deepEqual(restored, { spent: year, refused: 'LOG_REGRESSED' })
  const emptied = await rollBack(chargesGone, checkedStart)
  assert.deepEqual(emptied, { spent: year, refused: 'LEDGER_REGRESSED' })
  const trusted = await rollBack(olderState, trustingStart)
  assert.deepEqual(trusted, { spent: 2 * year, refused: undefined })
  const unlooked = await rollBack(chargesGone, unlookedStart)
  assert.deepEqual(unlooked, { spent: 2 * year, refused: undefined })
  printAttack({
    attack: 'Rollback: an older state store put back after a year was spent',
    product: `does not start: ${restored.refused ?? ''}`,
    twin: 'no head store beside it: the year spent twice',
  })
  printAttack({
    attack: 'Rollback: the rows of all charges deleted, the log as it was',
    product: `does not start: ${emptied.refused ?? ''}`,
    twin: 'counters believed: the year spent twice',
  })
})
