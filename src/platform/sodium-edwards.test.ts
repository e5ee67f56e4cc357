import assert from 'node:assert/strict'
import test from 'node:test'

import * as fc from 'fast-check'

import { vrfKey } from '../crypto/index.ts'
import { sodiumEdwards } from './sodium-edwards.ts'

test('the random function has the same outputs by libsodium as by the curve library', () => {
  const multiply = sodiumEdwards()
  assert.ok(multiply !== undefined, 'libsodium loads on this machine')
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const law = fc.property(seed, fc.uint8Array({ maxLength: 64 }), (secret, alpha) => {
    assert.deepEqual(vrfKey(secret, multiply).output(alpha), vrfKey(secret).output(alpha))
  })
  fc.assert(law, { numRuns: 25 })
})

test('a point that is none, or of small order, is refused', () => {
  const multiply = sodiumEdwards()
  assert.ok(multiply !== undefined, 'libsodium loads on this machine')
  const scalar = new Uint8Array(32).fill(3, 0, 31)
  const neutral = Uint8Array.of(1, ...new Uint8Array(31))
  assert.throws(() => multiply(scalar, neutral))
  assert.throws(() => multiply(scalar, Uint8Array.of(2, ...new Uint8Array(31))))
})
