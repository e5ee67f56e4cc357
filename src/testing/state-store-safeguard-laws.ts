import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type EmergencyRow,
  type ExchangeTransaction,
  reviewWithinMs,
  type SafeguardAxes,
  type SecrecyRow,
} from '../person/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

type Stores = () => StoresUnderTest

const origin = 'tax.example/log/2026h2'
const nowMs = 1_800_000_000_000

const axes: SafeguardAxes = {
  consumer: 'housing',
  official: 'official-1',
  confirming: 'official-2',
  subjectHandle: 'subject-1',
  agreement: 'digest-1',
}

function emergency(index: number, changes: Partial<EmergencyRow> = {}): EmergencyRow {
  return {
    consumer: 'housing',
    exchangeId: `exchange-${index}`,
    agreement: 'care',
    official: 'official-1',
    atMs: nowMs,
    confirmed: false,
    place: { origin, index },
    finding: null,
    ...changes,
  }
}

function order(index: number, changes: Partial<SecrecyRow> = {}): SecrecyRow {
  return {
    place: { origin, index },
    agreement: 'digest-1',
    name: 'control v1',
    law: 'celex:32016R0679',
    authority: 'Court',
    issuedAtMs: nowMs,
    untilMs: nowMs + 1_000,
    digest: `token-${index}`,
    withheld: 0,
    opened: false,
    ...changes,
  }
}

function write<Result>(
  stores: Stores,
  work: (tx: ExchangeTransaction) => Promise<Result>,
): Promise<Result> {
  return stores().store.transaction(work)
}

/** What every driver must do for emergencies, restrictions and orders; a part of the store's contract. */
export function safeguardLaws(stores: Stores): void {
  emergencyLaws(stores)
  restrictionLaws(stores)
  orderLaws(stores)
}

function emergencyLaws(stores: Stores): void {
  const suspended = async (change: Partial<SafeguardAxes>, atMs: number): Promise<boolean[]> => {
    const found = await stores().reader.safeguards({ ...axes, ...change }, atMs)
    return [found.officialSuspended, found.confirmingSuspended]
  }

  test('an unconfirmed emergency suspends its official from 24 hours on, and nobody else, until it is reviewed', async () => {
    await write(stores, (tx) => tx.saveEmergency(emergency(1)))
    const dueMs = nowMs + reviewWithinMs
    assert.deepEqual(await suspended({}, dueMs - 1), [false, false])
    assert.deepEqual(await suspended({}, dueMs), [true, false])
    const confirming = { official: 'official-2', confirming: 'official-1' }
    assert.deepEqual(await suspended(confirming, dueMs), [false, true])
    assert.deepEqual(await suspended({ consumer: 'social' }, dueMs), [false, false])
    assert.deepEqual(await suspended({ confirming: undefined }, dueMs), [true, false])
    await write(stores, (tx) => tx.saveFinding('housing', 'exchange-1', 'justified'))
    assert.deepEqual(await suspended({}, dueMs), [false, false])
    await write(stores, (tx) => tx.saveFinding('housing', 'exchange-1', 'unjustified'))
    assert.deepEqual(await suspended({}, nowMs), [true, false])
  })

  test('a confirmed emergency suspends nobody, unless it is found unjustified', async () => {
    await write(stores, (tx) => tx.saveEmergency(emergency(1, { confirmed: true })))
    assert.deepEqual(await suspended({}, nowMs + 9 * reviewWithinMs), [false, false])
    await write(stores, (tx) => tx.saveFinding('housing', 'exchange-1', 'unjustified'))
    assert.deepEqual(await suspended({}, nowMs), [true, false])
  })

  test('emergencies come back, those that wait for a review first and newest first, and are counted', async () => {
    const rows = [
      emergency(1, { confirmed: true }),
      emergency(2),
      emergency(3, { consumer: 'social', finding: 'justified' }),
      emergency(4, { finding: 'unjustified' }),
    ]
    await write(stores, async (tx) => {
      for (const row of rows) await tx.saveEmergency(row)
    })
    const { reader } = stores()
    const order = [2, 4, 3, 1].map((index) => rows[index - 1])
    assert.deepEqual(await reader.emergencies(), order)
    assert.deepEqual(await reader.emergency('housing', 'exchange-2'), rows[1])
    assert.equal(await reader.emergency('social', 'exchange-2'), undefined)
    const counts = { used: 4, confirmed: 1, justified: 1, unjustified: 1 }
    assert.deepEqual(await reader.emergencyCounts(), counts)
    await assert.rejects(write(stores, (tx) => tx.saveEmergency(emergency(2))))
  })
}

function restrictionLaws(stores: Stores): void {
  test('a restriction is of one subject, once, until it is lifted', async () => {
    const row = {
      subjectHandle: 'subject-1',
      salt: new Uint8Array(32).fill(7),
      place: { origin, index: 3 },
    }
    await write(stores, (tx) => tx.saveRestriction(row))
    const { reader } = stores()
    assert.deepEqual(await reader.restriction('subject-1'), row)
    assert.equal((await reader.safeguards(axes, nowMs)).restricted, true)
    const other = { ...axes, subjectHandle: 'subject-2' }
    assert.equal((await reader.safeguards(other, nowMs)).restricted, false)
    await assert.rejects(write(stores, (tx) => tx.saveRestriction(row)))
    await write(stores, (tx) => tx.liftRestriction('subject-1'))
    assert.equal(await reader.restriction('subject-1'), undefined)
    assert.equal((await reader.safeguards(axes, nowMs)).restricted, false)
  })
}

function orderLaws(stores: Stores): void {
  const until = async (agreement: string, atMs: number): Promise<readonly (number | null)[]> => {
    const { reader } = stores()
    const { secrecyUntilMs } = await reader.safeguards({ ...axes, agreement }, atMs)
    return [secrecyUntilMs, await reader.secrecyUntil(agreement, atMs)]
  }

  test('an order is in force from its issue to its end, for its agreement; the latest end counts', async () => {
    await write(stores, async (tx) => {
      await tx.saveSecrecyOrder(order(1))
      await tx.saveSecrecyOrder(order(2, { issuedAtMs: nowMs + 10, untilMs: nowMs + 2_000 }))
    })
    assert.deepEqual(await until('digest-1', nowMs - 1), [null, null])
    assert.deepEqual(await until('digest-1', nowMs), [nowMs + 1_000, nowMs + 1_000])
    assert.deepEqual(await until('digest-1', nowMs + 10), [nowMs + 2_000, nowMs + 2_000])
    assert.deepEqual(await until('digest-1', nowMs + 2_000), [null, null])
    assert.deepEqual(await until('digest-2', nowMs), [null, null])
  })

  test('exchanges count on the newest order of their agreement, and an order is opened by itself', async () => {
    await write(stores, async (tx) => {
      await tx.saveSecrecyOrder(order(1))
      await tx.saveSecrecyOrder(order(2, { agreement: 'digest-2' }))
      assert.equal(await tx.countWithheld('digest-1'), 1)
      await tx.saveSecrecyOrder(order(3, { untilMs: nowMs + 2_000 }))
      assert.equal(await tx.countWithheld('digest-1'), 1)
      assert.equal(await tx.countWithheld('digest-1'), 2)
      assert.equal(await tx.countWithheld('digest-9'), 0)
      await tx.openSecrecyOrder({ origin, index: 1 })
    })
    const orders = await stores().reader.secrecyOrders()
    assert.deepEqual(
      orders.map(({ place, withheld, opened }) => [place.index, withheld, opened]),
      [
        [1, 1, true],
        [2, 0, false],
        [3, 2, false],
      ],
    )
    assert.deepEqual(orders[1], order(2, { agreement: 'digest-2' }))
  })
}
