import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeHex } from '../bytes/index.ts'
import { systemRandomness } from './system-randomness.ts'

test('bytes have the length that was asked for, and none are handed out twice', () => {
  const seen = new Set<string>()
  let drawn = 0
  for (let length = 0; length < 600; length += 1) {
    const bytes = systemRandomness.bytes(length)
    assert.equal(bytes.length, length)
    for (let at = 0; at + 8 <= length; at += 8) {
      seen.add(encodeHex(bytes.subarray(at, at + 8)))
      drawn += 1
    }
  }
  assert.equal(seen.size, drawn, 'eight equal bytes by chance: once in 10^10 runs')
})

test('what is handed out is memory of its own', () => {
  const first = systemRandomness.bytes(32)
  const copy = first.slice()
  for (let at = 0; at < 300; at += 1) systemRandomness.bytes(32).fill(0)
  assert.deepEqual(first, copy)
  assert.ok(systemRandomness.bytes(32).some((byte) => byte !== 0))
})

test('a length that is no count is refused', () => {
  for (const length of [-1, 1.5, Number.NaN])
    assert.throws(() => systemRandomness.bytes(length), RangeError)
})
