import assert from 'node:assert/strict'
import test from 'node:test'

import * as fc from 'fast-check'

import { encodeHex, utf8 } from '../../bytes/index.ts'
import { LogError } from '../log-error.ts'
import { leafHash } from './merkle.ts'
import { batchNodeReader, type NodeReader } from './node-reader.ts'
import { proverFor } from './proof.ts'
import { storedTiles, tileCache, tileNodeReader, type StoredLog } from './tile-node-reader.ts'
import { appendLeaves, edgeTiles, emptyTree, loadTree, peaksFrom, rootHash } from './tree.ts'
import type { LogTree } from './tree.ts'
import { checkCount, floorLog2, powerOfTwo, subtreesAt } from './tree-size.ts'

const big = [
  2 ** 31 - 1,
  2 ** 31,
  2 ** 31 + 1,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1,
  2 ** 40,
  2 ** 53 - 1,
]

function entryOf(index: number): Uint8Array {
  return utf8(`entry ${index}`)
}

function hashesOf(first: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(entryOf(first + i)))
}

/** A store that keeps what a log's state store keeps: entries and full tiles. */
class MemoryLog implements StoredLog {
  tree: LogTree = emptyTree()
  readonly tiles = new Map<string, Uint8Array>()
  reads = 0

  append(count: number): ReturnType<typeof appendLeaves> {
    const appended = appendLeaves(this.tree, hashesOf(this.tree.size, count))
    for (const tile of appended.fullTiles) this.tiles.set(`${tile.level}/${tile.index}`, tile.bytes)
    this.tree = appended.tree
    return appended
  }

  readTile(level: number, index: number): Promise<Uint8Array | undefined> {
    this.reads += 1
    return Promise.resolve(this.tiles.get(`${level}/${index}`))
  }

  readLeaves(first: number, count: number): Promise<readonly Uint8Array[]> {
    const there = Math.min(count, this.tree.size - first)
    return Promise.resolve(Array.from({ length: there }, (_, i) => entryOf(first + i)))
  }

  reader(): NodeReader {
    return tileNodeReader(this.tree.size, storedTiles(this))
  }
}

test('a tree loaded from what the store keeps is the tree that was grown', async () => {
  for (const batches of [[], [1], [255], [256], [257], [300, 300, 400], [65_535, 1, 1]]) {
    const log = new MemoryLog()
    for (const count of batches) log.append(count)
    assert.deepEqual(await loadTree(log.tree.size, log.reader()), log.tree, batches.join())
  }
})

test('an append leaves the tree it started from as it was', () => {
  const { tree } = appendLeaves(emptyTree(), hashesOf(0, 300))
  const before = structuredClone(tree)
  appendLeaves(tree, hashesOf(300, 300))
  assert.deepEqual(tree, before)
})

test('the tree keeps less than two tiles of hashes for every eight levels', () => {
  const { tree } = appendLeaves(emptyTree(), hashesOf(0, 10_239))
  const kept = tree.edge.reduce((sum, run) => sum + run.hashes.length, 0)
  assert.equal(tree.edge.length, 14)
  assert.ok(kept <= 2 * 510, String(kept))
  assert.deepEqual(
    edgeTiles(tree).map(({ level, index, width }) => ({ level, index, width })),
    [
      { level: 0, index: 39, width: 255 },
      { level: 1, index: 0, width: 39 },
    ],
  )
})

test('proofs of a fresh batch need no storage but for tiles that were full before', async () => {
  const log = new MemoryLog()
  log.append(1000)
  const { tree, nodes } = log.append(64)
  const none: NodeReader = { read: () => Promise.reject(new Error('storage was read')) }
  const local = proverFor(tree.size, batchNodeReader(nodes, none))
  const stored = proverFor(tree.size, log.reader())
  await assert.rejects(local.inclusion(0), /storage was read/, 'the guard works')
  for (let index = 1000; index < 1064; index += 1) {
    // 1,000 and 1,064 lie in the fourth and fifth tile: all that is left of them is on level 1.
    assert.deepEqual(await local.inclusion(index), await stored.inclusion(index))
    assert.deepEqual(await local.consistency(index), await stored.consistency(index))
  }
})

test('a batch reader fills the gaps from its fallback in the right order', async () => {
  const log = new MemoryLog()
  log.append(700)
  const { nodes } = log.append(100)
  const mixed = batchNodeReader(nodes, log.reader())
  const ids = [799, 3, 700, 512, 511, 0, 760].map((index) => ({ level: 0, index }))
  assert.deepEqual(
    await mixed.read(ids),
    ids.map(({ index }) => leafHash(entryOf(index))),
  )
})

test('a tile cache serves what it holds and forgets the longest unused', async () => {
  const log = new MemoryLog()
  log.append(256 * 5)
  const reader = tileNodeReader(log.tree.size, storedTiles(log), tileCache(2))
  const readTile = async (tile: number): Promise<number> => {
    const before = log.reads
    await reader.read([{ level: 0, index: tile * 256 }])
    return log.reads - before
  }
  const reads: number[] = []
  for (const tile of [0, 0, 1, 0, 2, 0, 1]) reads.push(await readTile(tile))
  assert.deepEqual(reads, [1, 0, 1, 0, 1, 0, 1])
})

test('a missing tile or entry and a tile of another length are failures, never a wrong hash', async () => {
  const log = new MemoryLog()
  log.append(600)
  const rejects = (code: string, level: number, index: number): Promise<void> =>
    assert.rejects(
      log.reader().read([{ level, index }]),
      (error) => error instanceof LogError && error.code === code,
    )
  await assert.rejects(log.reader().read([{ level: 0, index: 600 }]), RangeError)
  await assert.rejects(log.reader().read([{ level: 8, index: 2 }]), RangeError)
  log.tiles.set('0/1', new Uint8Array(8191))
  await rejects('TILE_MALFORMED', 3, 32)
  log.tiles.delete('0/1')
  await rejects('NODE_MISSING', 0, 256)
  await rejects('NODE_MISSING', 8, 1)
  log.readLeaves = () => Promise.resolve([])
  await rejects('NODE_MISSING', 0, 599)
  assert.throws(
    () => rootHash({ size: 3, edge: [] }),
    (error) => error instanceof LogError && error.code === 'NODE_MISSING',
  )
})

test('a hash of another length and a tree beyond 2^53 - 1 leaves are refused', () => {
  assert.throws(() => appendLeaves(emptyTree(), [new Uint8Array(31)]), RangeError)
  assert.throws(() => appendLeaves({ size: 2 ** 53 - 1, edge: [] }, hashesOf(0, 1)), RangeError)
})

test('powers, logarithms and subtree counts are exact up to 2^53', () => {
  for (let level = 0; level < 64; level += 1) {
    assert.equal(BigInt(powerOfTwo(level)), 2n ** BigInt(level))
  }
  const count = fc.oneof(
    fc.maxSafeNat(),
    fc.constantFrom(...big),
    fc
      .tuple(fc.integer({ min: 1, max: 52 }), fc.integer({ min: -1, max: 1 }))
      .map(([e, d]) => 2 ** e + d),
  )
  const property = fc.property(count, fc.integer({ min: 0, max: 60 }), (n, level) => {
    assert.equal(BigInt(subtreesAt(level, n)), BigInt(n) / 2n ** BigInt(level))
    if (n > 0) assert.equal(floorLog2(n), BigInt(n).toString(2).length - 1)
    const peaks = peaksFrom(0, n)
    const widths = peaks.map((peak) => 2n ** BigInt(peak.level))
    assert.equal(
      widths.reduce((sum, width) => sum + width, 0n),
      BigInt(n),
    )
    let start = 0n
    for (const [i, { index }] of peaks.entries()) {
      assert.equal(BigInt(index) * (widths[i] ?? 0n), start)
      start += widths[i] ?? 0n
    }
  })
  fc.assert(property, { numRuns: 500 })
  for (const bad of [-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => checkCount('size', bad), RangeError)
  }
  assert.throws(() => powerOfTwo(64), RangeError)
})

/** A reader of an imaginary tree: the "hash" of a node names the node, so proofs show their parts. */
const naming: NodeReader = {
  read: (nodes) =>
    Promise.resolve(
      nodes.map(({ level, index }) => {
        const hash = new Uint8Array(32)
        const view = new DataView(hash.buffer)
        view.setUint8(0, level)
        view.setBigUint64(1, BigInt(index))
        return hash
      }),
    ),
}

/** The leaves that a proof covers, from the names of its parts; each must touch what is covered. */
function covered(index: number, proof: readonly Uint8Array[], size: bigint): readonly bigint[] {
  let start = BigInt(index)
  let end = start + 1n
  for (const hash of proof) {
    const view = new DataView(hash.buffer)
    const width = 2n ** BigInt(view.getUint8(0))
    const at = view.getBigUint64(1) * width
    // A ragged right sibling is a true hash of its parts, names nothing, and can only close the tree.
    const ragged = at + width !== start && (at !== end || at + width > size)
    if (ragged) assert.ok(end < size)
    if (at + width === start) start = at
    else end = ragged ? size : at + width
  }
  return [start, end]
}

test('proofs in huge trees name siblings that lie side by side and cover the whole tree', async () => {
  for (const size of big) {
    for (const index of [0, 1, 2 ** 30 + 1, 2 ** 31 - 2, size - 2, size - 1]) {
      const proof = await proverFor(size, naming).inclusion(index)
      assert.ok(proof.length <= 53)
      assert.deepEqual(covered(index, proof, BigInt(size)), [0n, BigInt(size)], `${index} ${size}`)
    }
  }
})

test('tiles of huge trees are asked for at the right place and width', async () => {
  const asked: string[] = []
  const readTile = (level: number, index: number, width: number): Promise<Uint8Array> => {
    asked.push(`${level}/${index}.${width}`)
    return Promise.resolve(new Uint8Array(32 * width))
  }
  const size = 2 ** 53 - 1
  const reader = tileNodeReader(size, readTile)
  await reader.read([
    { level: 0, index: size - 1 },
    { level: 0, index: 2 ** 32 + 5 },
    { level: 7, index: 2 ** 45 - 1 },
    { level: 8, index: 2 ** 45 - 2 },
    { level: 52, index: 0 },
  ])
  assert.deepEqual(asked, [
    `0/${2 ** 45 - 1}.255`,
    '0/16777216.256',
    `0/${2 ** 44 - 1}.256`,
    `1/${2 ** 37 - 1}.255`,
    '6/0.31',
  ])
})

test('the same leaves give another root in another order', () => {
  const hashes = hashesOf(0, 5)
  const root = encodeHex(rootHash(appendLeaves(emptyTree(), hashes).tree))
  assert.notEqual(encodeHex(rootHash(appendLeaves(emptyTree(), hashes.toReversed()).tree)), root)
})
