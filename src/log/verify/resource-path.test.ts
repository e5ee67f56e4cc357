import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import * as fc from 'fast-check'
import { decodeHex, encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import {
  folderOf,
  NAIVE_OPTIONS,
  ORIGIN,
  publish,
  signedCheckpoint,
} from '../../testing/naive-log/index.ts'
import { verifyLog } from './audit/verify-log.ts'
import { readBundle } from './bundle.ts'
import { parseResourcePath, resourcePath, shapeOf } from './resource-path.ts'
import { entryHash } from './tree-hasher.ts'
import { readVectors, reportRun } from './vectors.test.ts'

interface Bundle {
  readonly size: number
  readonly path: string
  readonly bundle: string
  readonly tilePath: string
  readonly tile: string
}

interface Vectors {
  readonly paths: readonly {
    readonly kind: 'tile' | 'entries'
    readonly level?: number
    readonly index: number | string
    readonly width: number
    readonly path: string
  }[]
  readonly invalidPaths: readonly { path: string; reason: string }[]
  readonly sizes: readonly { size: number; levels: ReturnType<typeof shapeOf> }[]
  readonly newResources: readonly {
    readonly from: number
    readonly to: number
    readonly tiles: readonly string[]
    readonly bundles: readonly string[]
  }[]
  readonly bundleOfEntry: readonly {
    readonly index: number
    readonly size: number
    readonly path: string
    readonly offsetInBundle: number
  }[]
  readonly bundles: readonly Bundle[]
  readonly invalidBundles: readonly { bundle: string; width: number; reason: string }[]
  readonly trees: readonly {
    readonly id: string
    readonly size: number
    readonly root: string
    readonly tiles: readonly { path: string; bytes: number; sha256: string }[]
    readonly bundles?: readonly { path: string; bytes: number; sha256: string }[]
  }[]
}

const { vectors }: { vectors: Vectors } = JSON.parse(readVectors('c2sp-tlog-tiles.json'))

/** The entries of a bundle; `undefined` when the bundle is faulty. */
function entriesOf(bytes: Uint8Array, width: number): readonly Uint8Array[] | undefined {
  const items = [...readBundle(bytes, width)]
  const entries = items.flatMap((item) => (item.kind === 'entry' ? [item.entry] : []))
  return items.length === width && entries.length === width ? entries : undefined
}

function runPaths(): number {
  for (const { kind, level = 0, index, width, path } of vectors.paths) {
    if (typeof index === 'string') {
      // Above 2^53 − 1: a path that no log this reader supports can have.
      assert.equal(parseResourcePath(path), undefined)
      continue
    }
    assert.equal(resourcePath({ kind, level, index, width }), path)
    assert.deepEqual(parseResourcePath(path), { kind, level, index, width })
  }
  for (const { path, reason } of vectors.invalidPaths) {
    assert.equal(parseResourcePath(path), undefined, reason)
  }
  return vectors.paths.length + vectors.invalidPaths.length
}

function runShapes(): number {
  for (const { size, levels } of vectors.sizes) assert.deepEqual(shapeOf(size), levels)
  for (const { from, to, tiles, bundles } of vectors.newResources) {
    const before = new Set(pathsOf(from, 'tile'))
    assert.deepEqual(
      pathsOf(to, 'tile').filter((path) => !before.has(path)),
      tiles,
    )
    const bundlesBefore = new Set(pathsOf(from, 'entries'))
    assert.deepEqual(
      pathsOf(to, 'entries').filter((path) => !bundlesBefore.has(path)),
      bundles,
    )
  }
  for (const { index, size, path, offsetInBundle } of vectors.bundleOfEntry) {
    const bundle = parseResourcePath(path)
    assert.ok(bundle !== undefined)
    assert.equal(bundle.index * 256 + offsetInBundle, index)
    assert.ok(bundle.index * 256 + bundle.width <= size)
  }
  const { sizes, newResources, bundleOfEntry } = vectors
  return sizes.length + newResources.length + bundleOfEntry.length
}

/** The paths of a tree of this size: level 0 first, or its bundles. */
function pathsOf(size: number, kind: 'tile' | 'entries'): readonly string[] {
  const levels = kind === 'tile' ? shapeOf(size) : shapeOf(size).slice(0, 1)
  return levels.flatMap(({ level, full, partialWidth }) => {
    const paths = Array.from({ length: full }, (_, index) => {
      return resourcePath({ kind, level, index, width: 256 })
    })
    const last = resourcePath({ kind, level, index: full, width: partialWidth })
    return partialWidth === 0 ? paths : [...paths, last]
  })
}

function runBundles(): number {
  for (const { size, bundle, tile } of vectors.bundles) {
    const entries = entriesOf(decodeHex(bundle), size)
    assert.ok(entries !== undefined)
    assert.equal(entries.map((entry) => encodeHex(entryHash(entry))).join(''), tile)
  }
  for (const { bundle, width, reason } of vectors.invalidBundles) {
    assert.equal(entriesOf(decodeHex(bundle), width), undefined, reason)
  }
  return vectors.bundles.length + vectors.invalidBundles.length
}

async function runTrees(): Promise<number> {
  for (const { id, size, root, tiles, bundles = [] } of vectors.trees) {
    const prefix = id === 'records-300' ? 'record ' : ''
    const files = new Map<string, Uint8Array>()
    publish(
      Array.from({ length: size }, (_, i) => utf8(`${prefix}${i}`)),
      files,
    )
    for (const { path, bytes, sha256 } of [...tiles, ...bundles]) {
      const file = files.get(path) ?? new Uint8Array(0)
      assert.equal(file.length, bytes, path)
      assert.equal(createHash('sha256').update(file).digest('hex'), sha256, path)
    }
    const checkpoint = `${ORIGIN}\n${size}\n${encodeBase64(decodeHex(root))}\n`
    files.set('checkpoint', utf8(signedCheckpoint(checkpoint)))
    const report = await verifyLog(folderOf(files), { ...NAIVE_OPTIONS, foreignEntries: true })
    assert.deepEqual(report.problems, [], id)
    if (size > 1000) continue
    const first = files.get('tile/entries/000') ?? files.get('tile/entries/000.p/255')
    assert.ok(first !== undefined)
    first[first.length - 1] = 0
    const broken = await verifyLog(folderOf(files), { ...NAIVE_OPTIONS, foreignEntries: true })
    assert.equal(broken.problems[0]?.code, 'ENTRY_WRONG', id)
    assert.equal(broken.problems[0].entry, Math.min(size, 256) - 1, id)
  }
  return vectors.trees.length
}

test('paths, shapes, bundles and whole trees of the vectors get the right verdict', async () => {
  const run = runPaths() + runShapes() + runBundles() + (await runTrees())
  const total = Object.values(vectors).reduce((sum, list) => sum + list.length, 0)
  reportRun('c2sp-tlog-tiles.json', run, total)
})

test('every resource has one path, which names it back', () => {
  const resource = fc.record({
    kind: fc.constant('tile' as const),
    level: fc.nat(63),
    index: fc.nat(Number.MAX_SAFE_INTEGER),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(
    fc.property(resource, (one) =>
      assert.deepEqual(parseResourcePath(resourcePath(one)), { ...one }),
    ),
  )
})
