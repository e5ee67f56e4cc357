import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decodeHex } from '../../../bytes/index.ts'
import { bytesOf, GROUP_ORDER, nobleJoinGroup, numberOf } from '../../../crypto/index.ts'
import { systemRandomness } from '../../../platform/index.ts'
import { testGroup } from '../../../testing/join/index.ts'
import { isExponentProven, proveExponent } from './exponent-proof.ts'

const planHash = new Uint8Array(32).fill(7)
const context = { edwards: testGroup.edwards, planHash }
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('what is proven is X25519, and the proof holds by both implementations', () => {
  const law = fc.property(bytes32, bytes32, (scalar, other) => {
    const point = testGroup.base(other)
    const proven = proveExponent(context, { scalar, point }, systemRandomness)
    assert.deepEqual(proven.key, testGroup.base(scalar))
    assert.deepEqual(proven.output, testGroup.mask(scalar, point))
    assert.ok(isExponentProven(context, proven, proven))
  })
  fc.assert(law, { numRuns: 40 })
  const proven = proveExponent(
    { edwards: nobleJoinGroup.edwards, planHash },
    { scalar: systemRandomness.bytes(32), point: testGroup.base(systemRandomness.bytes(32)) },
    systemRandomness,
  )
  assert.ok(isExponentProven(context, proven, proven))
  assert.ok(isExponentProven({ edwards: nobleJoinGroup.edwards, planHash }, proven, proven))
})

test('a proof for any other key, point, output, sign or plan does not hold, nor with a bit changed', () => {
  const scalar = systemRandomness.bytes(32)
  const point = testGroup.base(systemRandomness.bytes(32))
  const proven = proveExponent(context, { scalar, point }, systemRandomness)
  const another = testGroup.base(systemRandomness.bytes(32))
  const { sign, proof } = proven
  for (const member of ['key', 'point', 'output'] as const)
    assert.ok(!isExponentProven(context, { ...proven, [member]: another }, { sign, proof }), member)
  assert.ok(!isExponentProven(context, proven, { sign: sign === 0 ? 1 : 0, proof }))
  const otherPlan = { ...context, planHash: planHash.with(0, 0) }
  assert.ok(!isExponentProven(otherPlan, proven, proven))
  for (let at = 0; at < proof.length; at += 1) {
    const changed = proof.with(at, (proof[at] ?? 0) ^ 4)
    assert.ok(!isExponentProven(context, proven, { sign, proof: changed }), `byte ${at}`)
  }
  const z = numberOf(proof.subarray(16))
  const second = Uint8Array.of(...proof.subarray(0, 16), ...bytesOf(z + GROUP_ORDER))
  assert.ok(!isExponentProven(context, proven, { sign, proof: second }))
  for (const length of [0, 47, 49]) {
    const cut = new Uint8Array(length)
    assert.ok(!isExponentProven(context, proven, { sign, proof: cut }))
  }
})

test('a point with a part of small order is proven as masking treats it, and one of the twist never', () => {
  const file = new URL('../../../../vectors/rfc7748-x25519.json', import.meta.url)
  const { vectors }: { vectors: { pointChecks: { id: string; u: string }[] } } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  const pointOf = (id: string): Uint8Array =>
    decodeHex(vectors.pointChecks.find((check) => check.id === id)?.u ?? '')
  const scalar = systemRandomness.bytes(32)
  for (const id of ['base-point-plus-order-8', 'base-point-plus-order-2']) {
    const proven = proveExponent(context, { scalar, point: pointOf(id) }, systemRandomness)
    assert.deepEqual(proven.output, testGroup.mask(scalar, pointOf(id)))
    assert.ok(isExponentProven(context, proven, proven))
    // As the output of a proof such a point is outside the group.
    assert.ok(!isExponentProven(context, { ...proven, output: pointOf(id) }, proven))
    assert.ok(!isExponentProven(context, { ...proven, key: pointOf(id) }, proven))
  }
  for (const id of ['two', 'zero', 'one'])
    assert.throws(() => proveExponent(context, { scalar, point: pointOf(id) }, systemRandomness))
})
