import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DirectoryRow } from '../person/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

const origin = 'tax.example/log/2026h2'

function row(organisation: string, version: number, index: number): DirectoryRow {
  const record = new Uint8Array([version, index])
  return { organisation, version, record, atMs: 1_800_000_000_000, place: { origin, index } }
}

/** What every driver must do for accepted directory records; a part of the store's contract. */
export function directoryLaws(stores: () => StoresUnderTest): void {
  test('accepted records come back in the order of their entries, each version once', async () => {
    const { store, reader } = stores()
    assert.deepEqual(await reader.directoryRecords(), [])
    const rows = [row('tax', 1, 3), row('social', 1, 4), row('tax', 2, 9)]
    await store.transaction(async (tx) => {
      for (const one of rows) await tx.saveDirectoryRecord(one)
      assert.deepEqual(await tx.directoryRecords(), rows)
    })
    assert.deepEqual(await reader.directoryRecords(), rows)
    const again = store.transaction((tx) => tx.saveDirectoryRecord(row('tax', 2, 10)))
    await assert.rejects(again)
    assert.deepEqual(await reader.directoryRecords(), rows)
  })
}
