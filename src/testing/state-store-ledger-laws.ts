import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Budget, BudgetRow, ChargeRow } from '../population/index.ts'
import { unspent } from '../population/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

const origin = 'tax.example/log/2026h2'
const at = (index: number): { origin: string; index: number } => ({ origin, index })

const budget: Budget = {
  composition: 'basic',
  microEpsilon: 1_000_000,
  deltaExponent: 9,
  perAnalystMicroEpsilon: null,
  fromMs: 1_000,
  countersigned: false,
}

function opened(index: number, fromMs = budget.fromMs): BudgetRow {
  return { population: 'residents', budget: { ...budget, fromMs }, place: at(index) }
}

function charged(
  seq: number,
  index: number,
  change: Partial<{ agreement: string; analyst: string; fromMs: number; population: string }> = {},
): ChargeRow {
  const { agreement = 'one', analyst = 'a1', fromMs = 1_000, population = 'residents' } = change
  return {
    population,
    analyst,
    reservation: `reservation ${index}`,
    place: at(index),
    charge: {
      fromMs,
      seq,
      microEpsilon: 10 * index,
      deltaUnits: 1,
      spentMicroEpsilon: 100 * seq,
      spentDeltaUnits: seq,
      agreement: { id: agreement, version: 1 },
      previous: null,
    },
  }
}

/** What every driver must do for budgets, charges and releases; a part of the store's contract. */
export function ledgerLaws(stores: () => StoresUnderTest): void {
  test('nothing is spent before the first charge, and the newest charge says what is', async () => {
    const { store, reader } = stores()
    assert.equal(await reader.budgetOf('residents'), undefined)
    assert.deepEqual(await reader.spentOf('residents', 1_000), unspent)
    const rows = [
      opened(1),
      charged(1, 3),
      charged(2, 5, { analyst: 'a2' }),
      charged(3, 7, { agreement: 'two' }),
      opened(8, 9_000),
      charged(1, 10, { fromMs: 9_000 }),
    ]
    await store.transaction(async (tx) => {
      for (const row of rows) await ('charge' in row ? tx.saveCharge(row) : tx.saveBudget(row))
      await tx.saveCharge(charged(1, 12, { population: 'firms' }))
      assert.deepEqual((await tx.spentOf('residents', 1_000)).seq, 3)
    })
    assert.deepEqual(await reader.budgetOf('residents'), rows[4])
    assert.deepEqual(await reader.spentOf('residents', 1_000), {
      seq: 3,
      microEpsilon: 300,
      deltaUnits: 3,
      last: 'reservation 7',
    })
    assert.equal((await reader.spentOf('residents', 9_000)).last, 'reservation 10')
    const under = (agreement: string, analyst?: string): Promise<number> =>
      reader.spentUnder('residents', 1_000, {
        agreement,
        ...(analyst === undefined ? {} : { analyst }),
      })
    assert.deepEqual(
      [await under('one'), await under('one', 'a1'), await under('two'), await under('three')],
      [80, 30, 70, 0],
    )
    assert.deepEqual(await reader.ledgerOf('residents'), rows)
  })

  test('a query and snapshot is reserved once, and released once', async () => {
    const { store, reader } = stores()
    const row = {
      query: 'q1',
      snapshot: '2026-11',
      reservation: 'r1',
      reserved: at(4),
      spentBefore: 10,
      spentAfter: 30,
    }
    await store.transaction((tx) => tx.saveReservation(row))
    const open = { ...row, release: undefined, released: undefined }
    assert.deepEqual(await reader.releaseOf('q1', '2026-11'), open)
    assert.equal(await reader.releaseOf('q1', '2026-12'), undefined)
    await assert.rejects(store.transaction((tx) => tx.saveReservation(row)))
    const kept = { release: new Uint8Array([1, 2]), released: at(6) }
    await store.transaction((tx) => tx.saveRelease(row, kept))
    assert.deepEqual(await reader.releaseOf('q1', '2026-11'), { ...row, ...kept })
    await assert.rejects(store.transaction((tx) => tx.saveRelease(row, kept)))
    const other = { query: 'q2', snapshot: '2026-11' }
    await assert.rejects(store.transaction((tx) => tx.saveRelease(other, kept)))
  })
}
