import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { equalBytes } from '../bytes/index.ts'
import { sodiumSealedBox } from './sodium-sealed-box.ts'

const box = sodiumSealedBox() ?? assert.fail('libsodium loads on this machine')

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const message = fc.uint8Array({ maxLength: 100 })

test('what is sealed for a key opens with it, and differs at every call', () => {
  fc.assert(
    fc.property(bytes32, message, (secretKey, text) => {
      const publicKey = box.publicKey(secretKey)
      const [one, other] = [box.seal(publicKey, text), box.seal(publicKey, text)]
      assert.ok(!equalBytes(one, other))
      assert.equal(one.length, text.length + 48)
      assert.deepEqual(box.open(secretKey, one), text)
    }),
    { numRuns: 50 },
  )
})

test('another key, one changed bit or a missing byte opens nothing', () => {
  const secretKey = new Uint8Array(32).fill(7)
  const sealed = box.seal(box.publicKey(secretKey), Uint8Array.of(1, 2, 3))
  assert.equal(box.open(new Uint8Array(32).fill(8), sealed), undefined)
  for (let place = 0; place < sealed.length; place += 1) {
    // The top bit of an X25519 coordinate is ignored, and still part of the nonce.
    const changed = sealed.with(place, (sealed[place] ?? 0) ^ 0x80)
    assert.equal(box.open(secretKey, changed), undefined, `byte ${place}`)
    assert.equal(box.open(secretKey, sealed.subarray(0, place)), undefined)
  }
})

test('nothing is sealed for what is no key', () => {
  const small = [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31)), new Uint8Array(31)]
  for (const key of small) assert.throws(() => box.seal(key, Uint8Array.of(1)), RangeError)
})
