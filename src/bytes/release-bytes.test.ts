import assert from 'node:assert/strict'
import { test } from 'node:test'
import { releaseBytes } from './release-bytes.ts'

test('bytes that are released are empty in every view, and their memory is free at once', () => {
  const bytes = new Uint8Array(50_000_000)
  const view = new Uint32Array(bytes.buffer)
  const before = process.memoryUsage().arrayBuffers
  releaseBytes(bytes)
  assert.ok(before - process.memoryUsage().arrayBuffers >= 50_000_000)
  assert.deepEqual([bytes.length, view.length], [0, 0])
})

test('a part of a larger buffer and shared memory stay as they are', () => {
  const all = Uint8Array.of(1, 2, 3)
  releaseBytes(all.subarray(1))
  assert.deepEqual([...all], [1, 2, 3])
  const shared = new Uint8Array(new SharedArrayBuffer(2))
  releaseBytes(shared)
  assert.equal(shared.length, 2)
})
