import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { decodeBase64, decodeHex, encodeHex, utf8 } from '../../bytes/index.ts'
import { appendLeaves, batchNodeReader, emptyTree, leafHash, proverFor } from '../tree/index.ts'
import { formatTlogProof } from './tlog-proof.ts'

interface ProofVector {
  readonly id: string
  readonly policy: string
  readonly entry: string
  readonly leafHash: string
  readonly proof: string
  readonly index: number
  readonly size: number
  readonly hashes: number
  readonly extra?: string
}

function read(name: string): string {
  return readFileSync(new URL(`../../../vectors/${name}`, import.meta.url), 'utf8')
}

const {
  vectors: { valid },
}: { vectors: { valid: ProofVector[] } } = JSON.parse(read('c2sp-tlog-proof.json'))
const {
  vectors: { leaves },
}: { vectors: { leaves: { entry: string }[] } } = JSON.parse(read('rfc6962-merkle.json'))
const {
  vectors: { goldenLog },
}: { vectors: { goldenLog: { entries: string[] } } } = JSON.parse(read('c2sp-tlog-checkpoint.json'))

/** The entries of the tree that a vector is about. */
function entriesOf({ size, policy, entry }: ProofVector): readonly Uint8Array[] {
  if (policy === 'tessera') return goldenLog.entries.slice(0, size).map(utf8)
  if (size === 1) return [decodeHex(entry)]
  if (size <= 8) return leaves.slice(0, size).map(({ entry }) => decodeHex(entry))
  const prefix = size === 300 ? 'record ' : ''
  return Array.from({ length: size }, (_, i) => utf8(`${prefix}${i}`))
}

test('receipts are made byte for byte as in the vectors, from their entries', async () => {
  for (const vector of valid) {
    const hashes = entriesOf(vector).map(leafHash)
    assert.equal(encodeHex(hashes[vector.index] ?? new Uint8Array()), vector.leafHash, vector.id)
    const none = { read: () => Promise.reject(new Error('nothing is stored')) }
    const reader = batchNodeReader(appendLeaves(emptyTree(), hashes).nodes, none)
    const path = await proverFor(vector.size, reader).inclusion(vector.index)
    assert.equal(path.length, vector.hashes)
    const proof = {
      index: vector.index,
      hashes: path,
      checkpoint: vector.proof.slice(vector.proof.indexOf('\n\n') + 2),
      ...(vector.extra === undefined ? {} : { extra: decodeBase64(vector.extra) }),
    }
    assert.equal(formatTlogProof(proof), vector.proof, vector.id)
    assert.notEqual(formatTlogProof({ ...proof, index: vector.index + 1 }), vector.proof)
  }
  console.log(`c2sp-tlog-proof.json: ${valid.length}/${valid.length} valid proofs`)
})

test('what cannot be a receipt is refused', () => {
  const proof = { index: 0, hashes: [], checkpoint: 'o\n1\nr\n\n— o s\n' }
  assert.throws(() => formatTlogProof({ ...proof, index: -1 }), RangeError)
  assert.throws(() => formatTlogProof({ ...proof, index: 2 ** 53 }), RangeError)
  assert.throws(() => formatTlogProof({ ...proof, hashes: [new Uint8Array(31)] }), RangeError)
  const many = Array.from({ length: 64 }, () => new Uint8Array(32))
  assert.throws(() => formatTlogProof({ ...proof, hashes: many }), RangeError)
})
