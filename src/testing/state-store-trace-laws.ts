import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DayCount, QuestionTrace, SignalRow } from '../person/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

const origin = 'tax.example/log/2026h2'
const nowMs = 1_800_000_000_000

function trace(index: number): QuestionTrace {
  return {
    place: { origin, index },
    atMs: nowMs + index,
    side: index % 2 === 0 ? 'provider' : 'consumer',
    consumer: 'housing',
    provider: 'tax',
    agreement: 'rent-support',
    official: `official-${index}`,
    subject: `subject-${index}`,
    caseHandle: 'case',
    elements: ['income_below_24'],
    bounds: ['income.annual_income below 24000'],
    near: ['a', 'b', 'c', 'd'],
    kin: index === 3 ? true : null,
    idle: index,
  }
}

function count(day: number, official: string): DayCount {
  const of = { side: 'provider' as const, consumer: 'housing', agreement: 'rent-support' }
  return { ...of, official, day, asked: 5, fresh: 3 }
}

function signal(id: string, topic: string, index: number): Omit<SignalRow, 'decision'> {
  const document = new Uint8Array([index])
  const r = new Uint8Array(32).fill(index)
  return { id, topic, place: { origin, index }, atMs: nowMs, document, r }
}

type Stores = () => StoresUnderTest

/** What every driver must do for traces, signals and draws; a part of the store's contract. */
export function traceLaws(stores: Stores): void {
  test('traces come back newest first, page by page, and old ones are dropped', async () => {
    const { store, reader } = stores()
    await store.transaction(async (tx) => {
      for (let index = 0; index < 5; index += 1) await tx.saveTrace(trace(index))
    })
    const page = await reader.tracesBefore(undefined, 3)
    assert.deepEqual(page, [trace(4), trace(3), trace(2)])
    assert.deepEqual(await reader.tracesBefore(page.at(-1)?.place, 3), [trace(1), trace(0)])
    await store.transaction((tx) => tx.dropTraces(nowMs + 4, 0))
    assert.deepEqual(await reader.tracesBefore(undefined, 9), [trace(4)])
    await store.transaction((tx) => tx.dropTraces(nowMs + 99, 0))
    assert.deepEqual(await reader.tracesBefore(undefined, 9), [])
  })

  test('a day is counted once, and forgotten in its time', async () => {
    const { store, reader } = stores()
    const [first, second] = [count(20_000, 'b'), count(20_001, 'a')]
    await store.transaction((tx) => tx.saveDayCounts([second, first]))
    await store.transaction((tx) => tx.saveDayCounts([{ ...first, asked: 99 }]))
    assert.deepEqual(await reader.dayCounts(), [first, second])
    await store.transaction((tx) => tx.dropTraces(0, 20_001))
    assert.deepEqual(await reader.dayCounts(), [second])
  })

  test('a signal is kept with its decision, found by id and by topic, the newest first', async () => {
    const { store, reader } = stores()
    const decision = { verdict: 'misuse' as const, by: 'dpo', place: { origin, index: 9 }, atMs: 5 }
    await store.transaction(async (tx) => {
      await tx.saveSignal(signal('one', 'topic', 3))
      await tx.saveSignal(signal('two', 'topic', 4))
      await tx.saveSignalDecision('one', decision)
    })
    const ids = (await reader.signals()).map(({ id }) => id)
    assert.deepEqual(ids, ['two', 'one'])
    assert.deepEqual(await reader.signal('one'), { ...signal('one', 'topic', 3), decision })
    assert.equal((await reader.signalAbout('topic'))?.id, 'two')
    assert.equal(await reader.signal('three'), undefined)
    assert.equal(await reader.signalAbout('other'), undefined)
    await assert.rejects(store.transaction((tx) => tx.saveSignal(signal('one', 'topic', 7))))
  })

  test('a draw waits for its checkpoint until it is fixed', async () => {
    const { store, reader } = stores()
    const committed = { origin, index: 2 }
    await store.transaction((tx) => tx.saveDraw(committed, 'digest'))
    const open = { committed, commitment: 'digest', fixed: undefined, revealed: undefined }
    assert.deepEqual(await reader.drawsToFix(), [open])
    const [fixed, revealed] = [
      { origin, index: 5 },
      { origin, index: 6 },
    ]
    await store.transaction((tx) => tx.saveDrawStep(committed, 'fixed', fixed))
    assert.deepEqual(await reader.drawsToFix(), [])
    await store.transaction((tx) => tx.saveDrawStep(committed, 'revealed', revealed))
    assert.deepEqual(await reader.draw(committed), { ...open, fixed, revealed })
    assert.equal(await reader.draw({ origin, index: 3 }), undefined)
  })
}
