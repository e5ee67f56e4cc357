import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import * as fc from 'fast-check'

import { concatBytes, encodeHex, utf8 } from '../../bytes/index.ts'
import { leafHash } from './merkle.ts'
import {
  bundleOfEntry,
  bundlePath,
  encodeBundle,
  newResources,
  resourcesOf,
  tileLevels,
  tilePath,
  type Tile,
} from './tile.ts'
import { appendLeaves, edgeTiles, emptyTree, rootHash, type LogTree } from './tree.ts'

interface PathVector {
  readonly kind: 'tile' | 'entries'
  readonly level: number
  /** A string when it is above 2^53 - 1. */
  readonly index: number | string
  readonly width: number
  readonly path: string
}

interface Stored {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

interface Vectors {
  readonly paths: readonly PathVector[]
  readonly sizes: readonly { readonly size: number; readonly levels: readonly object[] }[]
  readonly newResources: readonly { from: number; to: number; tiles: string[]; bundles: string[] }[]
  readonly bundleOfEntry: readonly {
    index: number
    size: number
    path: string
    offsetInBundle: number
  }[]
  readonly bundles: readonly {
    size: number
    path: string
    bundle: string
    tilePath: string
    tile: string
  }[]
  readonly trees: readonly {
    id: string
    size: number
    root: string
    tiles: Stored[]
    bundles?: Stored[]
  }[]
  readonly invalidPaths: readonly unknown[]
  readonly invalidBundles: readonly unknown[]
}

const read = (name: string): string =>
  readFileSync(new URL(`../../../vectors/${name}`, import.meta.url), 'utf8')
const { vectors }: { vectors: Vectors } = JSON.parse(read('c2sp-tlog-tiles.json'))
const rfc6962: { vectors: { leaves: { entry: string }[] } } = JSON.parse(
  read('rfc6962-merkle.json'),
)

let run = 0

function pathOf(vector: PathVector): string {
  const index = Number(vector.index)
  return vector.kind === 'tile'
    ? tilePath(vector.level, index, vector.width)
    : bundlePath(index, vector.width)
}

function pathOfTile({ level, index, width }: Omit<Tile, 'bytes'>): string {
  return tilePath(level, index, width)
}

/** Every file of a log of these entries, as a publisher would write it. */
function filesOf(entries: readonly Uint8Array[]): {
  tree: LogTree
  files: Map<string, Uint8Array>
} {
  const { tree, fullTiles } = appendLeaves(emptyTree(), entries.map(leafHash))
  const files = new Map<string, Uint8Array>()
  for (const tile of [...fullTiles, ...edgeTiles(tree)]) files.set(pathOfTile(tile), tile.bytes)
  for (const { index, width } of resourcesOf(entries.length).bundles) {
    files.set(
      bundlePath(index, width),
      encodeBundle(entries.slice(index * 256, index * 256 + width)),
    )
  }
  return { tree, files }
}

test('paths are those of the vectors; an index above 2^53 - 1 is refused', () => {
  for (const vector of vectors.paths) {
    if (typeof vector.index === 'string') assert.throws(() => pathOf(vector), RangeError)
    else assert.equal(pathOf(vector), vector.path)
    run += 1
  }
})

test('full and partial tiles of a level follow from the size', () => {
  for (const { size, levels } of vectors.sizes) {
    assert.deepEqual(tileLevels(size), levels, String(size))
    run += 1
  }
})

test('growth brings exactly the new resources of the vectors', () => {
  for (const { from, to, tiles, bundles } of vectors.newResources) {
    const found = newResources(from, to)
    assert.deepEqual(found.tiles.map(pathOfTile), tiles, `${from} to ${to}`)
    assert.deepEqual(
      found.bundles.map(({ index, width }) => bundlePath(index, width)),
      bundles,
    )
    run += 1
  }
})

test('an entry is found in its bundle', () => {
  for (const { index, size, path, offsetInBundle } of vectors.bundleOfEntry) {
    const bundle = bundleOfEntry(index, size)
    assert.equal(bundlePath(bundle.index, bundle.width), path)
    assert.equal(bundle.offset, offsetInBundle)
    run += 1
  }
  assert.throws(() => bundleOfEntry(8, 8), RangeError)
})

test('bundles and tiles of given entries are those of the vectors, byte for byte', () => {
  const eight = rfc6962.vectors.leaves.map(({ entry }) => new Uint8Array(Buffer.from(entry, 'hex')))
  for (const vector of vectors.bundles) {
    const { files } = filesOf(eight.slice(0, vector.size))
    assert.equal(encodeHex(files.get(vector.path) ?? new Uint8Array()), vector.bundle)
    assert.equal(encodeHex(files.get(vector.tilePath) ?? new Uint8Array()), vector.tile)
    run += 1
  }
  for (const { id, size, root, tiles, bundles = [] } of vectors.trees) {
    const prefix = id.startsWith('records') ? 'record ' : ''
    const entries = Array.from({ length: size }, (_, i) => utf8(`${prefix}${i}`))
    const { tree, files } = filesOf(entries)
    assert.equal(encodeHex(rootHash(tree)), root)
    for (const { path, bytes, sha256 } of [...tiles, ...bundles]) {
      const file = files.get(path) ?? new Uint8Array()
      assert.equal(file.length, bytes, path)
      assert.equal(createHash('sha256').update(file).digest('hex'), sha256, path)
    }
    run += 1
  }
  assert.equal(run, 26 + 18 + 13 + 7 + 3 + 6)
  console.log(`c2sp-tlog-tiles.json: ${run}/${run} vectors that a writer produces`)
})

test('a changed entry changes bundle, tile and root', () => {
  const entries = Array.from({ length: 300 }, (_, i) => utf8(`record ${i}`))
  const good = filesOf(entries)
  const bad = filesOf(entries.with(299, utf8('record 298')))
  for (const path of ['tile/0/001.p/44', 'tile/entries/001.p/44']) {
    assert.notDeepEqual(good.files.get(path), bad.files.get(path))
  }
  assert.notDeepEqual(rootHash(good.tree), rootHash(bad.tree))
})

test('what appears on growth, step by step, is what the whole tree has, and full tiles stay', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 140_000 }), { minLength: 1, maxLength: 6 })
  const property = fc.property(sizes, (unsorted) => {
    const steps = unsorted.sort((a, b) => a - b)
    const seen = new Set<string>()
    let from = 0
    for (const to of steps) {
      for (const tile of newResources(from, to).tiles) seen.add(pathOfTile(tile))
      from = to
      const all = resourcesOf(to).tiles.map(pathOfTile)
      for (const path of all) assert.ok(seen.has(path), `${path} at ${to}`)
    }
    const full = resourcesOf(from).tiles.filter(({ width }) => width === 256)
    assert.equal([...seen].filter((path) => !path.includes('.p/')).length, full.length)
  })
  fc.assert(property, { numRuns: 30 })
})

test('a bundle holds 1 to 256 entries of at most 65,535 bytes and is refused otherwise', () => {
  const longest = new Uint8Array(65_535)
  assert.deepEqual(encodeBundle([longest]), concatBytes(Uint8Array.of(255, 255), longest))
  assert.throws(() => encodeBundle([new Uint8Array(65_536)]), RangeError)
  assert.throws(() => encodeBundle([]), RangeError)
  assert.throws(() => encodeBundle(Array.from({ length: 257 }, () => longest)), RangeError)
})

test('levels, indexes and widths out of range have no path', () => {
  const bad: readonly (readonly [number, number, number])[] = [
    [64, 0, 1],
    [-1, 0, 1],
    [0, -1, 1],
    [0, 0.5, 1],
    [0, 2 ** 53, 1],
    [0, 0, 0],
    [0, 0, 257],
    [0, 0, 1.5],
  ]
  for (const [level, index, width] of bad) {
    assert.throws(() => tilePath(level, index, width), RangeError, `${level} ${index} ${width}`)
  }
  assert.throws(() => newResources(2, 1), RangeError)
})
