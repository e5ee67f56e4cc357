import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import * as fc from 'fast-check'

import { concatBytes, decodeHex, encodeHex, equalBytes, utf8 } from '../bytes/index.ts'
import { nobleEd25519 } from '../crypto/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { bestEd25519 } from './best-ed25519.ts'
import { nodeEd25519 } from './node-ed25519.ts'
import { sodiumEd25519 } from './sodium-ed25519.ts'

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
const sodium = sodiumEd25519()
const all: readonly (readonly [string, Ed25519])[] = [
  ['noble', nobleEd25519],
  ['node', nodeEd25519],
  ...(sodium === undefined ? [] : [['sodium', sodium] as const]),
]

function verifies(vector: Vector, by: Ed25519): boolean {
  const [signature, message, key] = [vector.signature, vector.message, vector.publicKey]
  return by.verify(decodeHex(signature), decodeHex(message), decodeHex(key))
}

function verdicts(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean[] {
  return all.map(([, by]) => by.verify(signature, message, key))
}

for (const [name, by] of all) {
  test(`${name}: signs and verifies every vector of RFC 8032 and refuses every spoilt one`, () => {
    let run = 0
    for (const vector of vectors.valid) {
      const seed = decodeHex(vector.secretKey ?? '')
      assert.equal(encodeHex(by.publicKey(seed)), vector.publicKey, vector.id)
      assert.equal(encodeHex(by.sign(decodeHex(vector.message), seed)), vector.signature, vector.id)
      assert.equal(verifies(vector, by), true, vector.id)
      run += 1
    }
    for (const vector of vectors.invalid) {
      assert.equal(verifies(vector, by), false, vector.id)
      run += 1
    }
    const total = vectors.valid.length + vectors.invalid.length
    assert.equal(run, total)
    console.log(`rfc8032-ed25519.json: ${run}/${total} vectors by ${name}`)
  })

  test(`${name}: a vector with one byte changed fails`, () => {
    for (const vector of vectors.valid) {
      const signature = vector.signature.replace(/^../, (byte) => (byte === '00' ? '01' : '00'))
      assert.equal(verifies({ ...vector, signature }, by), false, vector.id)
    }
  })

  test(`${name}: refuses a seed that has not 32 bytes, by its length alone`, () => {
    assert.throws(() => by.publicKey(new Uint8Array(31)), RangeError)
    assert.throws(() => by.sign(utf8('m'), new Uint8Array(33)), RangeError)
  })

  test(`${name}: a seed that was overwritten does not sign with its former key`, () => {
    const seed = new Uint8Array(32).fill(1)
    by.sign(utf8('m'), seed)
    const key = by.publicKey(seed)
    seed.fill(2)
    assert.equal(by.verify(by.sign(utf8('m'), seed), utf8('m'), key), false)
    assert.equal(by.verify(by.sign(utf8('m'), seed), utf8('m'), by.publicKey(seed)), true)
  })

  test(`${name}: a public key that was overwritten does not verify with its former value`, () => {
    const key = by.publicKey(new Uint8Array(32).fill(1))
    const signature = by.sign(utf8('m'), new Uint8Array(32).fill(1))
    assert.equal(by.verify(signature, utf8('m'), key), true)
    key.set(by.publicKey(new Uint8Array(32).fill(2)))
    assert.equal(by.verify(signature, utf8('m'), key), false)
  })
}

for (const [name, by] of all) {
  test(`${name}: changes nothing of what it is given, also when that is a Buffer`, () => {
    for (let i = 0; i < 8; i += 1) {
      const seed = Buffer.alloc(32, i)
      const key = Buffer.from(by.publicKey(seed))
      const signature = Buffer.from(by.sign(utf8('m'), seed))
      const before = [seed, key, signature].map(encodeHex)
      assert.equal(by.verify(signature, utf8('m'), key), true)
      assert.equal(by.verify(signature, utf8('m'), key), true, 'a second time')
      assert.deepEqual([seed, key, signature].map(encodeHex), before)
      key.fill(0)
      assert.equal(by.verify(signature, utf8('m'), key), false, 'the key was overwritten')
    }
  })
}

test('all implementations agree on keys, signatures and bit flips of anything', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(bytes, fc.uint8Array({ maxLength: 80 }), fc.nat(), (seed, message, flip) => {
      const key = nobleEd25519.publicKey(seed)
      const signature = nobleEd25519.sign(message, seed)
      for (const [name, by] of all) {
        assert.ok(equalBytes(by.publicKey(seed), key), name)
        assert.ok(equalBytes(by.sign(message, seed), signature), name)
      }
      assert.ok(verdicts(signature, message, key).every((good) => good))
      const whole = concatBytes(signature, key, message)
      const bit = flip % (whole.length * 8)
      whole[bit >> 3] = (whole[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const flipped = verdicts(whole.subarray(0, 64), whole.subarray(96), whole.subarray(64, 96))
      assert.ok(flipped.every((good) => !good))
    }),
    { numRuns: 60 },
  )
})

test('all implementations agree on signatures with points of small and of mixed order', () => {
  const { Point } = ed25519
  const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
  assert.ok(torsion.multiplyUnsafe(8n).is0(), 'the point has order 8')
  const [a, r] = [123_456_789n, 987_654_321n]
  const honest = { key: Point.BASE.multiply(a), a, nonce: Point.BASE.multiply(r), r }
  const crafted = {
    'key + torsion': { ...honest, key: honest.key.add(torsion) },
    'nonce + torsion': { ...honest, nonce: honest.nonce.add(torsion) },
    'key of small order': { ...honest, key: torsion, a: 0n },
    'key is the identity': { ...honest, key: Point.ZERO, a: 0n },
    'nonce is the identity': { ...honest, nonce: Point.ZERO, r: 0n },
    'nonce of small order': { ...honest, nonce: torsion, r: 0n },
  }
  let accepted = 0
  let acceptedByLibrary = 0
  for (const [name, signer] of Object.entries(crafted)) {
    for (let i = 0; i < 8; i += 1) {
      const message = utf8(`message ${i}`)
      const [key, nonce] = [signer.key.toBytes(), signer.nonce.toBytes()]
      const digest = sha512(concatBytes(nonce, key, message))
      const k = Point.Fn.create(BigInt(`0x${encodeHex(digest.slice().reverse())}`))
      const s = Point.Fn.toBytes(Point.Fn.create(signer.r + k * signer.a))
      const found = verdicts(concatBytes(nonce, s), message, key)
      assert.equal(new Set(found).size, 1, `${name}: ${found.join(' ')}`)
      if (found[0] === true) accepted += 1
      const signature = concatBytes(nonce, s)
      if (ed25519.verify(signature, message, key, { zip215: false })) acceptedByLibrary += 1
    }
  }
  assert.ok(accepted > 0, 'at least one torsioned key meets a challenge divisible by 8')
  assert.ok(acceptedByLibrary > accepted, 'the library alone accepts more than the others')
})

test('encodings that are not reduced, and both signs of x = 0, are refused by all', () => {
  const good = nobleEd25519.sign(utf8('m'), new Uint8Array(32))
  const p = 2n ** 255n - 19n
  for (const y of [0n, 1n, p - 1n, p, p + 1n, 2n ** 255n - 1n]) {
    for (const sign of [0n, 1n]) {
      const hex = (y | (sign << 255n)).toString(16).padStart(64, '0')
      const point = decodeHex(hex).reverse()
      assert.ok(
        verdicts(good, utf8('m'), point).every((verdict) => !verdict),
        hex,
      )
      const moved = concatBytes(point, good.subarray(32))
      const key = nobleEd25519.publicKey(new Uint8Array(32))
      assert.ok(
        verdicts(moved, utf8('m'), key).every((verdict) => !verdict),
        hex,
      )
    }
  }
})

test('the best implementation is libsodium where it loads', () => {
  assert.equal(bestEd25519() === nodeEd25519, sodium === undefined)
})
