import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { vrfKey } from '../crypto/index.ts'
import { fieldPower } from './field-power.ts'
import { sodiumEdwards } from './sodium-edwards.ts'

const order = 2n ** 255n - 19n

test('eight times the exponent and four more give one, for every element but zero', () => {
  const power = fieldPower()
  assert.ok(power !== undefined, 'OpenSSL computes it on this machine')
  const law = fc.property(fc.bigInt({ min: 0n, max: order - 1n }), (element) => {
    const root = power(element)
    assert.ok(root >= 0n && root < order)
    // 8 (p − 5) / 8 + 4 = p − 1.
    assert.equal((root ** 8n * element ** 4n) % order, element === 0n ? 0n : 1n)
  })
  fc.assert(law, { numRuns: 100, examples: [[0n], [1n], [order - 1n]] })
})

test('outputs are the same with the power by OpenSSL, by the curve library, and by nothing fast', () => {
  const fast = sodiumEdwards()
  assert.ok(fast !== undefined, 'libsodium loads on this machine')
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const law = fc.property(seed, fc.uint8Array({ maxLength: 64 }), (secret, alpha) => {
    const expected = vrfKey(secret).output(alpha)
    assert.deepEqual(vrfKey(secret, fast).output(alpha), expected)
    assert.deepEqual(vrfKey(secret, { ...fast, power: undefined }).output(alpha), expected)
  })
  fc.assert(law, { numRuns: 30 })
})

test('a power that is none of the field is treated by the curve library: the output is right all the same', () => {
  const fast = sodiumEdwards()
  assert.ok(fast !== undefined, 'libsodium loads on this machine')
  const key = new Uint8Array(32).fill(9)
  const wrong = { ...fast, power: (element: bigint) => element + 1n }
  for (const alpha of [Uint8Array.of(1), Uint8Array.of(2)])
    assert.deepEqual(vrfKey(key, wrong).output(alpha), vrfKey(key).output(alpha))
})
