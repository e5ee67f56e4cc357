import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryPlace } from '../log/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

const origin = 'tax.example/log/2026h2'
const nowMs = 1_800_000_000_000

function at(index: number): EntryPlace {
  return { origin, index }
}

/** What every state store does with sealed identities and their openings. */
export function identityLaws(stores: () => StoresUnderTest): void {
  test('a sealed identity stands at its entry alone, and goes with the record of that entry', async () => {
    const { store, reader } = stores()
    await store.transaction(async (tx) => {
      const leaf = new Uint8Array(34).fill(1)
      await tx.insertEntries(
        [0, 1, 2].map((index) => ({ index, leaf, sealed: new Uint8Array([index]), timeMs: nowMs })),
      )
      await tx.saveSealedIdentity(at(1), Uint8Array.of(1, 1))
      await tx.saveSealedIdentity(at(2), Uint8Array.of(2, 2))
    })
    assert.equal(await reader.sealedIdentity(at(0)), undefined)
    assert.deepEqual(await reader.sealedIdentity(at(1)), Uint8Array.of(1, 1))
    const exchange = { place: at(1), consumer: 'housing', exchangeId: 'exchange-1' }
    await store.transaction((tx) => tx.eraseRecord(exchange))
    assert.equal(await reader.sealedIdentity(at(1)), undefined)
    assert.deepEqual(await reader.sealedIdentity(at(2)), Uint8Array.of(2, 2))
  })

  test('an entry keeps one sealed identity, and never another one', async () => {
    const { store, reader } = stores()
    await store.transaction((tx) => tx.saveSealedIdentity(at(1), Uint8Array.of(1)))
    await assert.rejects(store.transaction((tx) => tx.saveSealedIdentity(at(1), Uint8Array.of(2))))
    assert.deepEqual(await reader.sealedIdentity(at(1)), Uint8Array.of(1))
  })

  test('openings count when they are later than a time, and within their own transaction', async () => {
    const { store, reader } = stores()
    await store.transaction(async (tx) => {
      await tx.saveIdentityOpening(at(1), nowMs)
      await tx.saveIdentityOpening(at(2), nowMs + 1)
      assert.equal(await tx.identityOpenings(nowMs - 1), 2)
    })
    const counts = [-1, 0, 1].map((after) => reader.identityOpenings(nowMs + after))
    assert.deepEqual(await Promise.all(counts), [2, 1, 0])
  })
}
