import assert from 'node:assert/strict'
import { test } from 'node:test'

import { decodeHex, encodeHex } from '../bytes/index.ts'
import { aesCtr } from './aes-ctr.ts'

const key = Uint8Array.from({ length: 32 }, (_, at) => at)

test('counts as NIST SP 800-38A does, a block at a time', () => {
  // AES-256 of FIPS 197, C.3: the key stream of a counter is the cipher of the counter.
  const counter = 0x0011_2233_4455
  const stream = aesCtr.apply(key, counter, new Uint8Array(48))
  const next = aesCtr.apply(key, counter + 1, new Uint8Array(16))
  assert.deepEqual(stream.subarray(16, 32), next)
  // F.5.5 of SP 800-38A begins at a counter beyond the numbers of blocks here; its first block at zero by openssl(1).
  const zero = aesCtr.apply(key, 0, new Uint8Array(16))
  assert.equal(encodeHex(zero), 'f29000b62a499fd0a9f39a6add2e7780')
})

test('opens any place of a stream, and gives back what it was given', () => {
  const bytes = Uint8Array.from({ length: 160 }, (_, at) => (at * 31) & 0xff)
  const whole = aesCtr.apply(key, 0, bytes)
  assert.deepEqual(aesCtr.apply(key, 4, whole.subarray(64, 96)), bytes.subarray(64, 96))
  assert.throws(() => aesCtr.apply(decodeHex('00'), 0, bytes), RangeError)
  assert.throws(() => aesCtr.apply(key, -1, bytes), RangeError)
  assert.throws(() => aesCtr.apply(key, 0.5, bytes), RangeError)
})
