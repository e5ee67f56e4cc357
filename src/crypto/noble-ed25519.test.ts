import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { concatBytes, decodeHex, encodeHex, utf8 } from '../bytes/index.ts'
import { isStrictEncoding } from './ed25519.ts'
import { nobleEd25519 } from './noble-ed25519.ts'

interface Vector {
  readonly id: string
  readonly secretKey?: string
  readonly publicKey: string
  readonly message: string
  readonly signature: string
}

const file = new URL('../../vectors/rfc8032-ed25519.json', import.meta.url)
const { vectors }: { vectors: { valid: Vector[]; invalid: Vector[] } } = JSON.parse(
  readFileSync(file, 'utf8'),
)

function verifies({ signature, message, publicKey }: Vector): boolean {
  return nobleEd25519.verify(decodeHex(signature), decodeHex(message), decodeHex(publicKey))
}

test('signs and verifies the vectors of RFC 8032 and refuses the spoilt ones', () => {
  for (const vector of vectors.valid) {
    const seed = decodeHex(vector.secretKey ?? '')
    assert.equal(encodeHex(nobleEd25519.publicKey(seed)), vector.publicKey, vector.id)
    const signature = nobleEd25519.sign(decodeHex(vector.message), seed)
    assert.equal(encodeHex(signature), vector.signature, vector.id)
    assert.equal(verifies(vector), true, vector.id)
  }
  for (const vector of vectors.invalid) assert.equal(verifies(vector), false, vector.id)
  const total = vectors.valid.length + vectors.invalid.length
  console.log(`rfc8032-ed25519.json: ${total}/${total} vectors`)
})

test('keys and signatures of a wrong length are not good, and nothing is thrown', () => {
  const seed = new Uint8Array(32)
  const signature = nobleEd25519.sign(utf8('m'), seed)
  const key = nobleEd25519.publicKey(seed)
  assert.equal(nobleEd25519.verify(signature, utf8('m'), key), true)
  for (const bad of [new Uint8Array(), key.subarray(1), concatBytes(key, new Uint8Array(1))]) {
    assert.equal(nobleEd25519.verify(signature, utf8('m'), bad), false)
  }
  assert.equal(nobleEd25519.verify(signature.subarray(1), utf8('m'), key), false)
})

test('an encoding is strict only with S reduced and both points reduced and of large order', () => {
  const key = nobleEd25519.publicKey(new Uint8Array(32))
  const signature = nobleEd25519.sign(utf8('m'), new Uint8Array(32))
  assert.equal(isStrictEncoding(signature, key), true)
  const order = '1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed'
  const sAtOrder = concatBytes(signature.subarray(0, 32), decodeHex(order).reverse())
  assert.equal(isStrictEncoding(sAtOrder, key), false)
  const sBelow = sAtOrder.slice()
  sBelow[32] = (sBelow[32] ?? 0) - 1
  assert.equal(isStrictEncoding(sBelow, key), true)
  const torsion = decodeHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
  assert.equal(isStrictEncoding(signature, torsion), false)
  assert.equal(isStrictEncoding(concatBytes(torsion, signature.subarray(32)), key), false)
})
