import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import * as fc from 'fast-check'

import { decodeHex, encodeHex } from '../bytes/index.ts'
import { vrfKey } from '../crypto/index.ts'
import { sodiumEdwards } from './sodium-edwards.ts'

test('the random function has the same outputs by libsodium as by the curve library', () => {
  const fast = sodiumEdwards()
  assert.ok(fast !== undefined, 'libsodium loads on this machine')
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const law = fc.property(seed, fc.uint8Array({ maxLength: 64 }), (secret, alpha) => {
    assert.deepEqual(vrfKey(secret, fast).output(alpha), vrfKey(secret).output(alpha))
  })
  fc.assert(law, { numRuns: 60 })
})

test('a point that is none, or of small order, is refused', () => {
  const fast = sodiumEdwards()
  assert.ok(fast !== undefined, 'libsodium loads on this machine')
  const scalar = new Uint8Array(32).fill(3, 0, 31)
  const neutral = Uint8Array.of(1, ...new Uint8Array(31))
  assert.throws(() => fast.multiply(scalar, neutral))
  assert.throws(() => fast.multiply(scalar, Uint8Array.of(2, ...new Uint8Array(31))))
})

test('a map that leaves the sign of the point open gives other outputs', () => {
  const fast = sodiumEdwards()
  assert.ok(fast !== undefined, 'libsodium loads on this machine')
  const unsigned = {
    ...fast,
    map: (element: Uint8Array) => fast.map(element.with(31, (element[31] ?? 0) & 0x7f)),
  }
  const key = new Uint8Array(32).fill(7)
  const differ = Array.from({ length: 20 }, (_, place) => Uint8Array.of(place)).filter(
    (alpha) =>
      encodeHex(vrfKey(key, unsigned).output(alpha)) !== encodeHex(vrfKey(key).output(alpha)),
  )
  assert.ok(differ.length > 0 && differ.length < 20, `${differ.length} of 20`)
})

test('outputs by libsodium are those of the vectors of RFC 9381', () => {
  const file = new URL('../../vectors/rfc9381-ecvrf-ell2.json', import.meta.url)
  const { vectors }: { vectors: { valid: { sk: string; alpha: string; beta: string }[] } } =
    JSON.parse(readFileSync(file, 'utf8'))
  for (const { sk, alpha, beta } of vectors.valid) {
    const key = vrfKey(decodeHex(sk), sodiumEdwards())
    assert.equal(encodeHex(key.output(decodeHex(alpha))), beta)
  }
})
