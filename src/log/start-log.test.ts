import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { openCheckpoint, treeHasher } from './verify/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { sampleLog } from '../testing/index.ts'
import type { RootAudit } from './log-writer.ts'
import { startLog } from './start-log.ts'
import type { HeadStore, LogReader, LogsReader } from './state-store.ts'

const most = 1_500
const log = sampleLog(most)
const ed25519 = bestEd25519()

function verifiersAudit(): RootAudit {
  let hasher = treeHasher()
  return {
    begin(size, peaks) {
      hasher = treeHasher({ size, peaks })
    },
    extend(leaves) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
}

interface Start {
  readonly size: number
  readonly recorded?: number
  readonly rehashed?: number
  readonly flippedLeaf?: number
  readonly flippedTile?: number
}

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => (at === 20 ? byte ^ 4 : byte))
}

/** A store of `size` entries, with one bit changed where a test says so, and what was read of it. */
function storeOf(start: Start): { readonly reader: LogsReader; readonly read: Set<number> } {
  const stored = log.readerAt(start.size)
  const read = new Set<number>()
  const reader: LogReader = {
    ...stored,
    async readLeaves(first, count) {
      const leaves = await stored.readLeaves(first, count)
      return leaves.map((leaf, place) => {
        read.add(first + place)
        return first + place === start.flippedLeaf ? flipped(leaf) : leaf
      })
    },
    async readTile(level, index) {
      const tile = await stored.readTile(level, index)
      return tile && level === 0 && index === start.flippedTile ? flipped(tile) : tile
    },
  }
  return { read, reader: { ...reader, logs: async () => ['sample'], logOf: () => reader } }
}

async function startOf(start: Start): Promise<ReadonlySet<number>> {
  const { size, recorded = size, rehashed } = start
  const { reader, read } = storeOf(start)
  const headStore: HeadStore = {
    read: async () => log.headAt(recorded),
    write: async () => undefined,
  }
  const rootOf = (note: string): Uint8Array =>
    openCheckpoint(note, { log: log.key, witnesses: [], ed25519 }).checkpoint.root
  const options = rehashed === undefined ? {} : { rehashed }
  const { tree } = await startLog({
    reader,
    headStore,
    audit: verifiersAudit(),
    rootOf,
    ...options,
  })
  assert.equal(tree.size, size)
  return read
}

test('a good log is opened, however many of its leaves are hashed again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: most }), fc.nat(most), async (size, rehashed) => {
      await startOf({ size, rehashed })
      await startOf({ size, recorded: size - 1, rehashed })
    }),
    { numRuns: 25 },
  )
})

test('the newest leaves are hashed again, at least as many as demanded; all of a short log', async () => {
  const some = await startOf({ size: most, rehashed: 300 })
  assert.equal(some.size, most - 1_024)
  for (let index = 1_024; index < most; index += 1) assert.ok(some.has(index))
  assert.equal((await startOf({ size: most })).size, most)
})

test('one bit in any leaf that is hashed again, or in any tile over the others, ends the start', async () => {
  for (const flippedLeaf of [1_024, 1_200, most - 1]) {
    await assert.rejects(startOf({ size: most, rehashed: 300, flippedLeaf }), {
      code: 'ROOT_MISMATCH',
    })
  }
  for (const flippedTile of [0, 1, 2, 3, 4]) {
    await assert.rejects(startOf({ size: most, rehashed: 300, flippedTile }), {
      code: 'ROOT_MISMATCH',
    })
  }
  await assert.rejects(startOf({ size: most, flippedLeaf: 3 }), { code: 'ROOT_MISMATCH' })
})

test('an older leaf below a good tile is left to the self-audit', async () => {
  assert.equal((await startOf({ size: most, rehashed: 300, flippedLeaf: 3 })).has(3), false)
})
