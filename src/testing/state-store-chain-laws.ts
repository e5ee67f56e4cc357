import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryPlace } from '../log/index.ts'
import type {
  ChainHead,
  ChainName,
  ChainRow,
  EpochRow,
  ExchangeTransaction,
} from '../person/index.ts'
import type { StoresUnderTest } from './state-store-contract.ts'

type Stores = () => StoresUnderTest

const nowMs = 1_800_000_000_000
const origin = 'tax.example/log/2026h2'
const nextOrigin = 'tax.example/log/2027h1'

function at(index: number): EntryPlace {
  return { origin, index }
}

function write<Result>(
  stores: Stores,
  work: (tx: ExchangeTransaction) => Promise<Result>,
): Promise<Result> {
  return stores().store.transaction(work)
}

/** What every driver must do for subjects' chains and for epochs; a part of the store's contract. */
export function chainLaws(stores: Stores): void {
  chainEndLaws(stores)
  chainReadLaws(stores)
  epochLaws(stores)
}

function link(index: number, seq: number, chain: ChainName = 'open'): ChainRow {
  return {
    place: at(index),
    seq,
    chain,
    subjectHandle: 'subject-1',
    commitment: `commitment-${index}`,
    prev: seq === 0 ? undefined : 'earlier',
    c: new Uint8Array(32).fill(index),
  }
}

function chainEndLaws(stores: Stores): void {
  test('a subject’s two chains end apart, and all its entries are listed', async () => {
    await write(stores, async (tx) => {
      await tx.saveChain(link(4, 0))
      await tx.saveChain(link(6, 1))
      await tx.saveChain(link(7, 0, 'withheld'))
      await tx.saveChain({ ...link(9, 0), subjectHandle: 'subject-2' })
      assert.deepEqual(await tx.chainEnd('subject-1', 'open'), {
        seq: 1,
        commitment: 'commitment-6',
      })
    })
    const { reader } = stores()
    assert.equal((await reader.chainEnd('subject-1', 'withheld'))?.seq, 0)
    assert.equal(await reader.chainEnd('subject-3', 'open'), undefined)
    assert.deepEqual(await reader.entriesAbout('subject-1'), [4, 6, 7].map(at))
    assert.deepEqual(await reader.entriesAbout('subject-3'), [])
  })

  test('a place in a chain is taken once', async () => {
    await write(stores, (tx) => tx.saveChain(link(4, 0)))
    await assert.rejects(write(stores, (tx) => tx.saveChain(link(5, 0))))
    assert.deepEqual(await stores().reader.entriesAbout('subject-1'), [at(4)])
  })
}

function chainReadLaws(stores: Stores): void {
  test('a link is found by its place in the chain and by its entry', async () => {
    const links = [link(4, 0), link(6, 1), link(7, 0, 'withheld')]
    await write(stores, async (tx) => {
      for (const one of links) await tx.saveChain(one)
    })
    const { reader } = stores()
    assert.deepEqual(await reader.chainLink('subject-1', 'open', 1), links[1])
    assert.deepEqual(await reader.chainLinkAt(at(7)), links[2])
    assert.equal(await reader.chainLink('subject-1', 'open', 2), undefined)
    assert.equal(await reader.chainLinkAt(at(5)), undefined)
  })

  test('the ends of all chains are listed page by page, as they were before any entry', async () => {
    const subjects = ['b', 'a', 'c', 'b', 'a', 'b', 'd']
    await write(stores, async (tx) => {
      for (const [index, subjectHandle] of subjects.entries()) {
        const seq = subjects.slice(0, index).filter((one) => one === subjectHandle).length
        await tx.saveChain({ ...link(index, seq), subjectHandle })
      }
      const size = subjects.length
      await tx.swapHead(undefined, { checkpoint: 'note', size, timeMs: nowMs })
      await tx.openLog(nextOrigin)
      const place = { origin: nextOrigin, index: 0 }
      await tx.saveChain({ ...link(0, 2), subjectHandle: 'a', place, commitment: 'next' })
    })
    const headsAt = async (before: EntryPlace, most: number): Promise<readonly string[]> => {
      const found: string[] = []
      let after: ChainHead | undefined
      for (;;) {
        const page = await stores().reader.chainHeads(before, after, most)
        found.push(...page.map((one) => `${one.subjectHandle}${one.seq} ${one.commitment}`))
        after = page.at(-1)
        if (page.length < most || after === undefined) return found
      }
    }
    const three = ['a0 commitment-1', 'b0 commitment-0', 'c0 commitment-2']
    for (const most of [1, 2, 10]) {
      assert.deepEqual(await headsAt(at(0), most), [])
      assert.deepEqual(await headsAt(at(3), most), three)
      const next = { origin: nextOrigin, index: 0 }
      const closed = ['a1 commitment-4', 'b2 commitment-5', 'c0 commitment-2', 'd0 commitment-6']
      assert.deepEqual(await headsAt(next, most), closed)
      const all = ['a2 next', ...closed.slice(1)]
      assert.deepEqual(await headsAt({ ...next, index: 1 }, most), all)
    }
  })
}

function epochLaws(stores: Stores): void {
  test('an epoch is kept as it was closed, once', async () => {
    const epoch = (number: number): EpochRow => ({
      number,
      place: at(10 + number),
      size: 5 + number,
      root: `root-${number}`,
      vrfKey: 'key',
      salt: new Uint8Array(32).fill(number),
      atMs: nowMs + number,
    })
    const { reader } = stores()
    assert.equal(await reader.newestEpoch(), undefined)
    await write(stores, (tx) => tx.saveEpoch(epoch(0)))
    await write(stores, (tx) => tx.saveEpoch(epoch(1)))
    assert.deepEqual(await reader.newestEpoch(), epoch(1))
    assert.deepEqual(await reader.epoch(0), epoch(0))
    assert.equal(await reader.epoch(2), undefined)
    await assert.rejects(write(stores, (tx) => tx.saveEpoch({ ...epoch(1), root: 'another' })))
    assert.deepEqual(await reader.epoch(1), epoch(1))
  })
}
