import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { decodeHex, encodeHex } from '../../bytes/index.ts'
import { naiveConsistency, naiveInclusion, naiveRoot } from '../../testing/naive-log/index.ts'
import { verifyConsistency, verifyInclusion } from './proof.ts'
import { emptyRoot, entryHash, rootOfEntries, treeHasher } from './tree-hasher.ts'
import { readVectors, reportRun } from './vectors.test.ts'

interface Inclusion {
  readonly index: number
  readonly size: number
  readonly proof: readonly string[]
}

interface Consistency {
  readonly from: number
  readonly to: number
  readonly proof: readonly string[]
}

interface Vectors {
  readonly leaves: readonly { entry: string; leafHash: string }[]
  readonly roots: readonly { size: number; root: string }[]
  readonly inclusion: readonly Inclusion[]
  readonly consistency: readonly Consistency[]
  readonly invalidInclusion: readonly (Inclusion & {
    reason: string
    leafHash: string
    root: string
  })[]
  readonly invalidConsistency: readonly (Consistency & {
    reason: string
    fromRoot: string
    toRoot: string
  })[]
}

const { vectors }: { vectors: Vectors } = JSON.parse(readVectors('rfc6962-merkle.json'))
const entries = vectors.leaves.map(({ entry }) => decodeHex(entry))

function rootAt(size: number): Uint8Array {
  return decodeHex(vectors.roots[size]?.root ?? '')
}

function inclusionHolds({ index, size, proof }: Inclusion, leafHash?: string): boolean {
  const leaf = leafHash ?? vectors.leaves[index]?.leafHash ?? ''
  const hashes = proof.map((hash) => decodeHex(hash))
  return verifyInclusion({
    index,
    size,
    leafHash: decodeHex(leaf),
    proof: hashes,
    root: rootAt(size),
  })
}

function consistencyHolds({ from, to, proof }: Consistency): boolean {
  const hashes = proof.map((hash) => decodeHex(hash))
  return verifyConsistency({ from, to, fromRoot: rootAt(from), toRoot: rootAt(to), proof: hashes })
}

test('every hash, root and proof of the vectors gets the right verdict', () => {
  let run = 0
  for (const { entry, leafHash } of vectors.leaves) {
    assert.equal(encodeHex(entryHash(decodeHex(entry))), leafHash)
    run += 1
  }
  const hasher = treeHasher()
  for (const { size, root } of vectors.roots) {
    assert.equal(encodeHex(rootOfEntries(entries.slice(0, size))), root)
    assert.equal(encodeHex(hasher.root()), root)
    const next = entries[size]
    if (next !== undefined) hasher.add(next)
    run += 1
  }
  for (const vector of vectors.inclusion) {
    assert.ok(inclusionHolds(vector))
    run += 1
  }
  for (const vector of vectors.consistency) {
    assert.ok(consistencyHolds(vector))
    run += 1
  }
  for (const { reason, index, size, leafHash, proof, root } of vectors.invalidInclusion) {
    const hashes = proof.map((hash) => decodeHex(hash))
    const claim = {
      index,
      size,
      leafHash: decodeHex(leafHash),
      proof: hashes,
      root: decodeHex(root),
    }
    assert.equal(verifyInclusion(claim), false, reason)
    run += 1
  }
  for (const { reason, from, to, fromRoot, toRoot, proof } of vectors.invalidConsistency) {
    const hashes = proof.map((hash) => decodeHex(hash))
    const roots = { fromRoot: decodeHex(fromRoot), toRoot: decodeHex(toRoot) }
    assert.equal(verifyConsistency({ from, to, ...roots, proof: hashes }), false, reason)
    run += 1
  }
  const total = Object.values(vectors).reduce((sum, list) => sum + list.length, 0)
  reportRun('rfc6962-merkle.json', run, total)
})

test('one changed byte of a proof of the vectors is noticed', () => {
  const change = (hash: string): string => (hash.startsWith('0') ? '1' : '0') + hash.slice(1)
  for (const vector of vectors.inclusion) {
    for (let i = 0; i < vector.proof.length; i += 1) {
      const proof = vector.proof.with(i, change(vector.proof[i] ?? ''))
      assert.equal(inclusionHolds({ ...vector, proof }), false)
    }
  }
  for (const vector of vectors.consistency) {
    for (let i = 0; i < vector.proof.length; i += 1) {
      const proof = vector.proof.with(i, change(vector.proof[i] ?? ''))
      assert.equal(consistencyHolds({ ...vector, proof }), false)
    }
  }
})

test('proofs made by the definition of RFC 6962 verify, for any tree', () => {
  const tree = fc
    .integer({ min: 1, max: 200 })
    .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.nat(size)))
  fc.assert(
    fc.property(tree, ([size, index, from]) => {
      const hashes = Array.from({ length: size }, (_, i) => entryHash(Uint8Array.of(i)))
      const root = naiveRoot(hashes)
      const leafHash = hashes[index] ?? new Uint8Array(0)
      const proof = naiveInclusion(hashes, index)
      assert.ok(verifyInclusion({ index, size, leafHash, proof, root }))
      const other = (index + 1) % size
      if (size > 1) assert.ok(!verifyInclusion({ index: other, size, leafHash, proof, root }))
      const fromRoot = naiveRoot(hashes.slice(0, from))
      const path = from === 0 ? [] : naiveConsistency(hashes, from)
      assert.ok(verifyConsistency({ from, fromRoot, to: size, toRoot: root, proof: path }))
    }),
  )
})

test('sizes beyond 32 bits do not wrap', () => {
  const size = 2 ** 40
  // A tree of equal subtrees: each level's hash is known without building the tree.
  const levels = [entryHash(Uint8Array.of(7))]
  for (let level = 0; level < 40; level += 1) {
    const hash = levels[level] ?? new Uint8Array(0)
    levels.push(naiveRoot([hash, hash]))
  }
  const root = levels[40] ?? new Uint8Array(0)
  const leafHash = levels[0] ?? new Uint8Array(0)
  const proof = levels.slice(0, 40)
  assert.ok(verifyInclusion({ index: 2 ** 33 + 5, size, leafHash, proof, root }))
  assert.ok(!verifyInclusion({ index: size, size, leafHash, proof, root }))
  assert.ok(!verifyInclusion({ index: 0, size: 2 ** 53, leafHash, proof, root }))
  const half = levels[39] ?? new Uint8Array(0)
  assert.ok(
    verifyConsistency({ from: size / 2, fromRoot: half, to: size, toRoot: root, proof: [half] }),
  )
})

test('from size 0 only an empty proof and the empty root are consistent', () => {
  const claim = { from: 0, fromRoot: emptyRoot(), to: 8, toRoot: rootAt(8), proof: [] }
  assert.ok(verifyConsistency(claim))
  assert.ok(!verifyConsistency({ ...claim, proof: [rootAt(1)] }))
  assert.ok(!verifyConsistency({ ...claim, fromRoot: rootAt(1) }))
})
