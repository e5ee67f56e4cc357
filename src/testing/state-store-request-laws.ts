import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryPlace } from '../log/index.ts'
import type {
  CorrectionNoticeRow,
  CorrectionRow,
  ExchangeTransaction,
  RequestRow,
  RequestStepRow,
} from '../person/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

type Stores = () => StoresUnderTest

const origin = 'tax.example/log/2026h2'
const nowMs = 1_800_000_000_000

function at(index: number): EntryPlace {
  return { origin, index }
}

function write<Result>(
  stores: Stores,
  work: (tx: ExchangeTransaction) => Promise<Result>,
): Promise<Result> {
  return stores().store.transaction(work)
}

function request(number: number, changes: Partial<RequestRow> = {}): RequestRow {
  return {
    number,
    id: `request-${number}`,
    kind: 'correction',
    subjectHandle: 'subject-1',
    filedAtMs: nowMs + number,
    dueMs: nowMs + 1_000 + number,
    state: 'received',
    decidedAtMs: null,
    ...changes,
  }
}

function step(index: number, changes: Partial<RequestStepRow> = {}): RequestStepRow {
  const sealed = new Uint8Array([index, 1])
  return { number: 1, step: 'filed', place: at(index), atMs: nowMs, sealed, ...changes }
}

function notice(exchangeId: string, changes: Partial<CorrectionNoticeRow> = {}) {
  const row: CorrectionNoticeRow = {
    number: 1,
    consumer: 'housing',
    exchangeId,
    elements: ['income_below_limit', 'insured'],
    correctedAtMs: nowMs,
    hiddenUntilMs: null,
    state: 'waiting',
    receipt: undefined,
    told: undefined,
    settledAtMs: null,
    ...changes,
  }
  return row
}

function correction(index: number, changes: Partial<CorrectionRow> = {}): CorrectionRow {
  return {
    provider: 'tax',
    exchangeId: 'exchange-1',
    digest: `digest-${index}`,
    elements: ['insured'],
    correctedAtMs: nowMs,
    place: at(index),
    commitment: `commitment-${index}`,
    atMs: nowMs + index,
    ...changes,
  }
}

/** What every driver must do for requests of persons and for corrections; a part of the store's contract. */
export function requestLaws(stores: Stores): void {
  requestRowLaws(stores)
  noticeLaws(stores)
  correctionLaws(stores)
}

function requestRowLaws(stores: Stores): void {
  test('requests are found by number, by id and by subject, and no number or id is taken twice', async () => {
    const rows = [request(1), request(2, { subjectHandle: 'subject-2' }), request(3)]
    await write(stores, async (tx) => {
      for (const row of rows) await tx.saveRequest(row)
      assert.equal(await tx.requestCount(), 3)
    })
    const { reader } = stores()
    assert.deepEqual(await reader.request(2), rows[1])
    assert.deepEqual(await reader.requestById('request-3'), rows[2])
    assert.equal(await reader.request(4), undefined)
    assert.equal(await reader.requestById('request-4'), undefined)
    assert.deepEqual(await reader.requestsOf('subject-1'), [rows[0], rows[2]])
    await assert.rejects(write(stores, (tx) => tx.saveRequest(request(3, { id: 'other' }))))
    await assert.rejects(write(stores, (tx) => tx.saveRequest(request(4, { id: 'request-1' }))))
    assert.equal(await reader.requestCount(), 3)
  })

  test('open requests are listed by what is due first, decided ones behind them, the newest first', async () => {
    const decided = { state: 'granted', decidedAtMs: nowMs + 9 } as const
    await write(stores, async (tx) => {
      await tx.saveRequest(request(1, decided))
      await tx.saveRequest(request(2, { dueMs: nowMs + 99 }))
      await tx.saveRequest(request(3, { dueMs: nowMs + 50 }))
      await tx.saveRequest(request(4))
      await tx.moveRequest({ number: 4, dueMs: nowMs + 7, ...decided })
      await tx.moveRequest({ number: 2, state: 'extended', dueMs: nowMs + 9, decidedAtMs: null })
    })
    const listed = await stores().reader.requests()
    assert.deepEqual(
      listed.map(({ number }) => number),
      [2, 3, 4, 1],
    )
    assert.deepEqual(listed[0], request(2, { state: 'extended', dueMs: nowMs + 9 }))
  })

  test('steps come back in the order of the log, with their text or without one', async () => {
    const rows = [
      step(3),
      step(5, { step: 'opened', sealed: undefined }),
      step(8, { step: 'decided' }),
    ]
    await write(stores, async (tx) => {
      for (const row of rows) await tx.saveRequestStep(row)
      await tx.saveRequestStep(step(6, { number: 2 }))
    })
    assert.deepEqual(await stores().reader.requestSteps(1), rows)
    assert.deepEqual(await stores().reader.requestSteps(3), [])
  })
}

function noticeLaws(stores: Stores): void {
  test('notices wait until they are settled, each request has one for an exchange', async () => {
    const waiting = [notice('exchange-1'), notice('exchange-2', { hiddenUntilMs: nowMs + 5 })]
    await write(stores, async (tx) => {
      for (const row of waiting) await tx.saveCorrectionNotice(row)
      await tx.saveCorrectionNotice(
        notice('exchange-1', { number: 2, correctedAtMs: nowMs - 1, consumer: 'social' }),
      )
    })
    const { reader } = stores()
    const found = await reader.waitingNotices()
    assert.deepEqual(
      found.map(({ number, exchangeId }) => [number, exchangeId]),
      [
        [2, 'exchange-1'],
        [1, 'exchange-1'],
        [1, 'exchange-2'],
      ],
    )
    await assert.rejects(write(stores, (tx) => tx.saveCorrectionNotice(notice('exchange-1'))))
    const settled = notice('exchange-1', {
      state: 'received',
      receipt: new Uint8Array([1, 2]),
      told: at(7),
      settledAtMs: nowMs + 7,
    })
    await write(stores, (tx) => tx.settleCorrectionNotice(settled))
    assert.deepEqual(await reader.correctionNotices(1), [settled, waiting[1]])
    assert.equal((await reader.waitingNotices()).length, 2)
  })
}

function correctionLaws(stores: Stores): void {
  test('corrections of an exchange come back in order, and no message is received twice', async () => {
    const rows = [correction(1), correction(2)]
    await write(stores, async (tx) => {
      for (const row of rows) await tx.saveCorrection(row)
      await tx.saveCorrection(correction(3, { exchangeId: 'exchange-2' }))
    })
    assert.deepEqual(await stores().reader.corrections('exchange-1'), rows)
    assert.deepEqual(await stores().reader.corrections('exchange-9'), [])
    const again = correction(4, { digest: 'digest-1' })
    await assert.rejects(write(stores, (tx) => tx.saveCorrection(again)))
  })
}
