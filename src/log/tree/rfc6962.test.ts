import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import * as fc from 'fast-check'

import { decodeHex, encodeHex } from '../../bytes/index.ts'
import { leafHash } from './merkle.ts'
import { batchNodeReader, type NodeReader } from './node-reader.ts'
import { consistencyProof, inclusionProof, proverFor } from './proof.ts'
import { appendLeaves, emptyTree, rootHash } from './tree.ts'

interface Vectors {
  readonly leaves: readonly { readonly entry: string; readonly leafHash: string }[]
  readonly roots: readonly { readonly size: number; readonly root: string }[]
  readonly inclusion: readonly { index: number; size: number; proof: readonly string[] }[]
  readonly consistency: readonly { from: number; to: number; proof: readonly string[] }[]
}

const file = new URL('../../../vectors/rfc6962-merkle.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))

const storageMustNotBeRead: NodeReader = {
  read: () => Promise.reject(new Error('nothing in this tree needs storage')),
}

/** Every node of a tree built in one append, without storage. */
function readerOf(hashes: readonly Uint8Array[]): NodeReader {
  return batchNodeReader(appendLeaves(emptyTree(), hashes).nodes, storageMustNotBeRead)
}

function hex(hashes: readonly Uint8Array[]): string[] {
  return hashes.map(encodeHex)
}

test('roots, inclusion and consistency proofs are those of the reference tests', async () => {
  const hashes = vectors.leaves.map(({ entry }) => leafHash(decodeHex(entry)))
  assert.deepEqual(
    hex(hashes),
    vectors.leaves.map((leaf) => leaf.leafHash),
  )
  for (const { size, root } of vectors.roots) {
    assert.equal(encodeHex(rootHash(appendLeaves(emptyTree(), hashes.slice(0, size)).tree)), root)
    assert.equal(encodeHex(await proverFor(size, readerOf(hashes)).root()), root)
  }
  for (const { size, index, proof } of vectors.inclusion) {
    assert.deepEqual(hex(await inclusionProof(size, index, readerOf(hashes))), proof)
  }
  for (const { from, to, proof } of vectors.consistency) {
    assert.deepEqual(hex(await consistencyProof(from, to, readerOf(hashes))), proof)
  }
  const { leaves, roots, inclusion, consistency } = vectors
  const run = leaves.length + roots.length + inclusion.length + consistency.length
  console.log(`rfc6962-merkle.json: ${run}/${run} vectors that a writer produces`)
})

test('a changed byte in any vector is noticed', async () => {
  const hashes = vectors.leaves.map(({ entry }) => leafHash(decodeHex(entry)))
  const swapped = hashes.map((hash, i) => (i === 3 ? hash.map((byte) => byte ^ 1) : hash))
  for (const { size, root } of vectors.roots.filter(({ size }) => size > 3)) {
    assert.notEqual(
      encodeHex(rootHash(appendLeaves(emptyTree(), swapped.slice(0, size)).tree)),
      root,
    )
  }
  const path = vectors.inclusion.find(({ size, index }) => size === 7 && index === 2)
  assert.notDeepEqual(hex(await inclusionProof(7, 2, readerOf(swapped))), path?.proof)
})

// MTH, PATH and PROOF word for word from RFC 6962, section 2.1, over hashes of leaves.

const known = new Map<string, Uint8Array>()

function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** Remembered by first leaf and length, since the definition asks for the same hashes many times. */
function mth(d: readonly Uint8Array[]): Uint8Array {
  const [first] = d
  if (first === undefined) return createHash('sha256').digest()
  if (d.length === 1) return first
  const key = `${encodeHex(first)} ${d.length}`
  const k = split(d.length)
  const hash =
    known.get(key) ??
    createHash('sha256')
      .update(Uint8Array.of(1))
      .update(mth(d.slice(0, k)))
      .update(mth(d.slice(k)))
      .digest()
  known.set(key, hash)
  return hash
}

function naivePath(m: number, d: readonly Uint8Array[]): Uint8Array[] {
  if (d.length === 1) return []
  const k = split(d.length)
  return m < k
    ? [...naivePath(m, d.slice(0, k)), mth(d.slice(k))]
    : [...naivePath(m - k, d.slice(k)), mth(d.slice(0, k))]
}

function naiveSubproof(m: number, d: readonly Uint8Array[], b: boolean): Uint8Array[] {
  if (m === d.length) return b ? [] : [mth(d)]
  const k = split(d.length)
  return m <= k
    ? [...naiveSubproof(m, d.slice(0, k), b), mth(d.slice(k))]
    : [...naiveSubproof(m - k, d.slice(k), false), mth(d.slice(0, k))]
}

// As many as six batches of at most 120 ask for.
const labels = Array.from({ length: 720 }, (_, i) =>
  leafHash(new TextEncoder().encode(`leaf ${i}`)),
)

test('every proof of trees of up to 130 leaves is the one that RFC 6962 defines', async () => {
  const reader = readerOf(labels.slice(0, 130))
  for (let size = 0; size <= 130; size += 1) {
    const d = labels.slice(0, size)
    const prover = proverFor(size, reader)
    assert.deepEqual(encodeHex(await prover.root()), encodeHex(mth(d)))
    for (let m = 0; m < size; m += 1) {
      assert.deepEqual(hex(await prover.inclusion(m)), hex(naivePath(m, d)), `${m} in ${size}`)
    }
    for (let m = 1; m <= size; m += 1) {
      const expected = hex(naiveSubproof(m, d, true))
      assert.deepEqual(hex(await prover.consistency(m)), expected, `${m} to ${size}`)
    }
  }
})

test('leaves may come in any batches: tree and proofs are the same', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 6 })
  const property = fc.asyncProperty(sizes, async (batches) => {
    let tree = emptyTree()
    let at = 0
    for (const count of batches) {
      const before = tree.size
      const appended = appendLeaves(tree, labels.slice(at, at + count))
      tree = appended.tree
      at += count
      assert.equal(tree.size, at)
      const reader = batchNodeReader(appended.nodes, readerOf(labels.slice(0, at)))
      const prover = proverFor(at, reader)
      assert.equal(encodeHex(await prover.root()), encodeHex(rootHash(tree)))
      assert.deepEqual(
        hex(await prover.consistency(before)),
        before === 0 ? [] : hex(naiveSubproof(before, labels.slice(0, at), true)),
      )
    }
    assert.equal(encodeHex(rootHash(tree)), encodeHex(mth(labels.slice(0, at))))
  })
  await fc.assert(property, { numRuns: 40 })
})

test('an index or a size outside the tree is refused', async () => {
  const reader = readerOf(labels.slice(0, 7))
  for (const index of [7, 8, -1, 0.5, Number.NaN, 2 ** 53]) {
    await assert.rejects(inclusionProof(7, index, reader), RangeError, String(index))
  }
  await assert.rejects(inclusionProof(0, 0, reader), RangeError)
  for (const from of [8, -1, 1.5]) {
    await assert.rejects(consistencyProof(from, 7, reader), RangeError, String(from))
  }
  assert.throws(() => proverFor(2 ** 53, reader), RangeError)
  assert.deepEqual(await consistencyProof(0, 7, reader), [], 'from nothing, nothing is proved')
})
