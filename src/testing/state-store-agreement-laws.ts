import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryPlace } from '../log/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

const origin = 'tax.example/log/2026h2'
const nowMs = 1_800_000_000_000
const at = (index: number): EntryPlace => ({ origin, index })

/** What every driver must do for agreements and the times of their acts; a part of the store's contract. */
export function agreementLaws(stores: () => StoresUnderTest): void {
  test('an act is dated by the first quorum that covers it, and time never runs back', async () => {
    const act = { kind: 'agreement.published', by: 'tax', atMs: nowMs, agreement: 'one' } as const
    const { store, reader } = stores()
    assert.equal(await reader.witnessedMs(), undefined)
    await store.transaction(async (tx) => {
      await tx.saveAgreementEvent({ ...act, place: at(3) })
      await tx.saveWitnessed({ origin, size: 3, atMs: nowMs + 10 })
    })
    const dates = async (): Promise<readonly (number | null)[]> =>
      (await reader.agreementEvents('one')).map(({ cosignedAtMs }) => cosignedAtMs)
    assert.deepEqual(await dates(), [null])
    await store.transaction((tx) => tx.saveWitnessed({ origin, size: 4, atMs: nowMs + 20 }))
    await store.transaction((tx) => tx.saveWitnessed({ origin, size: 4, atMs: nowMs + 5 }))
    assert.deepEqual(await dates(), [nowMs + 20])
    assert.equal(await reader.witnessedMs(), nowMs + 20)
  })

  test('agreements and acts are kept as they were signed; an act once', async () => {
    const { store, reader } = stores()
    const document = { digest: 'one', agreement: 'one', kind: 'agreement', place: at(1) } as const
    const act = { ...document, digest: 'two', kind: 'act', place: at(2) } as const
    await store.transaction(async (tx) => {
      await tx.saveAgreementDocument({ ...document, bytes: new Uint8Array([1]) })
      await tx.saveAgreementDocument({ ...act, bytes: new Uint8Array([2]) })
    })
    const signed = { ...document, bytes: new Uint8Array([1, 1]), place: at(3) }
    await store.transaction((tx) => tx.saveAgreementDocument(signed))
    const kept = { ...act, bytes: new Uint8Array([2]) }
    assert.deepEqual(await reader.agreementDocuments(), [kept, signed])
    await assert.rejects(
      store.transaction((tx) => tx.saveAgreementDocument({ ...kept, place: at(4) })),
    )
  })
}
