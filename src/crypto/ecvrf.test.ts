import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import * as fc from 'fast-check'

import { decodeHex, encodeHex, utf8 } from '../bytes/index.ts'
import { verifyVrf, VRF_PROOF_BYTES, vrfKey } from './ecvrf.ts'

interface Vector {
  readonly id: string
  readonly pk: string
  readonly alpha: string
  readonly pi: string
}

type ValidVector = Vector & { readonly sk: string; readonly beta: string }

const file = new URL('../../vectors/rfc9381-ecvrf-ell2.json', import.meta.url)
const { vectors }: { vectors: { valid: ValidVector[]; invalid: Vector[] } } = JSON.parse(
  readFileSync(file, 'utf8'),
)

function verified({ pk, alpha, pi }: Vector): string | undefined {
  const output = verifyVrf(decodeHex(pk), decodeHex(alpha), decodeHex(pi))
  return output && encodeHex(output)
}

test('proves and verifies the vectors of RFC 9381 and refuses the spoilt ones', () => {
  for (const vector of vectors.valid) {
    const key = vrfKey(decodeHex(vector.sk))
    const alpha = decodeHex(vector.alpha)
    assert.equal(encodeHex(key.publicKey), vector.pk, vector.id)
    assert.equal(encodeHex(key.prove(alpha)), vector.pi, vector.id)
    assert.equal(encodeHex(key.output(alpha)), vector.beta, vector.id)
    assert.equal(verified(vector), vector.beta, vector.id)
  }
  for (const vector of vectors.invalid) assert.equal(verified(vector), undefined, vector.id)
  const total = vectors.valid.length + vectors.invalid.length
  console.log(`rfc9381-ecvrf-ell2.json: ${total}/${total} vectors`)
})

test('changing any byte of a vector is found', () => {
  for (const vector of vectors.valid) {
    for (const member of ['pk', 'pi', 'beta'] as const) {
      const bytes = decodeHex(vector[member])
      for (let place = 0; place < bytes.length; place += 1) {
        const changed = bytes.map((byte, at) => (at === place ? byte ^ 0x20 : byte))
        const spoilt = { ...vector, [member]: encodeHex(changed) }
        assert.notEqual(verified(spoilt), spoilt.beta, `${member} byte ${place}`)
      }
    }
  }
})

test('what is proven is the output, and one key has one output for an input', () => {
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const alpha = fc.uint8Array({ maxLength: 64 })
  const law = fc.property(seed, alpha, alpha, (secret, one, other) => {
    const key = vrfKey(secret)
    const proof = key.prove(one)
    assert.equal(proof.length, VRF_PROOF_BYTES)
    const output = verifyVrf(key.publicKey, one, proof)
    assert.deepEqual(output, key.output(one))
    if (encodeHex(one) === encodeHex(other)) return
    assert.notDeepEqual(key.output(other), output)
    assert.equal(verifyVrf(key.publicKey, other, proof), undefined)
  })
  fc.assert(law, { numRuns: 15 })
})

test('a seed of another length is refused, and another seed has unrelated outputs', () => {
  assert.throws(() => vrfKey(new Uint8Array(31)), RangeError)
  const one = vrfKey(new Uint8Array(32).fill(1)).output(utf8('a'))
  const other = vrfKey(new Uint8Array(32).fill(2)).output(utf8('a'))
  assert.equal(one.filter((byte, place) => byte === other[place]).length < 8, true)
})
