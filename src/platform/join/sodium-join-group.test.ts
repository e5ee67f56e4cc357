import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import * as fc from 'fast-check'

import { concatBytes, decodeHex, encodeHex, utf8 } from '../../bytes/index.ts'
import type { JoinGroup } from '../../crypto/index.ts'
import {
  bytesOf,
  edwardsToU,
  FIELD_ORDER,
  fieldHasher,
  GROUP_ORDER,
  liftU,
  nobleJoinGroup,
  packedAt,
  signOfX,
} from '../../crypto/index.ts'
import { sodiumJoinGroup } from './sodium-join-group.ts'

interface HashVector {
  readonly msg: string
  readonly u: string
  readonly pointAsX25519: string
}
interface PointCheck {
  readonly id: string
  readonly u: string
  readonly topBitClear: boolean
  readonly canonical: boolean
  readonly onCurve: boolean
  readonly smallOrder: boolean
  readonly x25519: string
}
interface FunctionVector {
  readonly scalar: string
  readonly u: string
  readonly output: string
}

function read(name: string): string {
  return readFileSync(new URL(`../../../vectors/${name}`, import.meta.url), 'utf8')
}
const { vectors: hashing }: { vectors: { dst: string; hashToCurve: HashVector[] } } = JSON.parse(
  read('rfc9380-curve25519-nu.json'),
)
const {
  vectors: x25519,
}: {
  vectors: {
    function: FunctionVector[]
    iterated: { rounds: number; k: string }[]
    pointChecks: PointCheck[]
  }
} = JSON.parse(read('rfc7748-x25519.json'))

function groups(): [string, JoinGroup][] {
  const native = sodiumJoinGroup()
  assert.ok(native !== undefined, 'libsodium loads on this machine')
  return [
    ['libsodium', native],
    ['curve library', nobleJoinGroup],
  ]
}
const isLong = process.env['CLOISON_TEST_ALL'] === '1'
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('identifiers become the points of RFC 9380, by both implementations', () => {
  let run = 0
  const dst = utf8(hashing.dst)
  for (const [name, group] of groups()) {
    for (const { msg, u, pointAsX25519 } of hashing.hashToCurve) {
      assert.equal(encodeHex(bytesOf(fieldHasher(dst)(utf8(msg))).toReversed()), u, msg)
      assert.equal(encodeHex(group.hash([utf8(msg)], dst)), pointAsX25519, `${name}: ${msg}`)
      const changed = decodeHex(pointAsX25519).map((byte, at) => (at === 5 ? byte ^ 1 : byte))
      assert.notDeepEqual(group.hash([utf8(msg)], dst), changed)
      run += 1
    }
  }
  const total = 2 * hashing.hashToCurve.length
  console.log(`rfc9380-curve25519-nu.json: ${run}/${total} vectors`)
  assert.equal(run, total)
})

test('masking is X25519 of RFC 7748, and points are told apart as its vectors do', () => {
  let run = 0
  const first = decodeHex(x25519.function[0]?.scalar ?? '')
  for (const [name, group] of groups()) {
    for (const { scalar, u, output } of x25519.function) {
      assert.equal(encodeHex(group.mask(decodeHex(scalar), decodeHex(u))), output, name)
      run += 1
    }
    for (const { id, u, x25519: output, onCurve, smallOrder } of x25519.pointChecks) {
      const point = decodeHex(u)
      assert.equal(encodeHex(group.mask(first, point)), output, `${name}: ${id}`)
      assert.equal(encodeHex(group.share(first, point)), output, `${name}: ${id}`)
      assert.equal(/^0+$/.test(output), smallOrder, id)
      // The top bit is refused before; what is left of it is what the curve is asked about.
      if ((point[31] ?? 0) < 128) {
        assert.equal(group.firstOffCurve(point), onCurve ? -1 : 0, `${name}: ${id}`)
      }
      run += 1
    }
    for (const { rounds, k } of x25519.iterated.filter(({ rounds: many }) => many === 1)) {
      const nine = Uint8Array.of(9, ...new Uint8Array(31))
      assert.equal(encodeHex(group.mask(nine, nine)), k, `${name}: ${rounds}`)
      assert.equal(encodeHex(group.base(nine)), k, `${name}: ${rounds}`)
      run += 1
    }
  }
  const total = 2 * (x25519.function.length + x25519.pointChecks.length + 1)
  console.log(`rfc7748-x25519.json: ${run}/${total} vectors (iterated: the first round)`)
  assert.equal(run, total)
})

test('both implementations give the same bytes, whatever the batch', () => {
  const [[, native], [, portable]] = groups() as [[string, JoinGroup], [string, JoinGroup]]
  const identifiers = fc.array(fc.uint8Array({ minLength: 1, maxLength: 80 }), { maxLength: 4 })
  const law = fc.property(identifiers, bytes32, bytes32, (inputs, scalar, other) => {
    const dst = utf8('CLOISON-PSI-v1-test')
    const points = native.hash(inputs, dst)
    assert.deepEqual(portable.hash(inputs, dst), points)
    assert.equal(native.firstOffCurve(points), -1)
    assert.deepEqual(portable.mask(scalar, points), native.mask(scalar, points))
    const scalars = concatBytes(scalar, other)
    assert.deepEqual(portable.base(scalars), native.base(scalars))
    const key = packedAt(native.base(scalars), 1)
    assert.deepEqual(portable.share(scalars, key), native.share(scalars, key))
    const any = other.with(31, (other[31] ?? 0) & 0x7f)
    assert.equal(portable.firstOffCurve(any), native.firstOffCurve(any))
  })
  fc.assert(law, { numRuns: isLong ? 500 : 12 })
})

test('masking with two scalars commutes, so that equal identifiers meet', () => {
  const [[, group]] = groups() as [[string, JoinGroup]]
  const law = fc.property(bytes32, bytes32, fc.uint8Array({ minLength: 1 }), (k, l, x) => {
    const point = group.hash([x], utf8('CLOISON-PSI-v1-test'))
    assert.deepEqual(group.mask(k, group.mask(l, point)), group.mask(l, group.mask(k, point)))
    assert.deepEqual(group.share(k, group.base(l)), group.share(l, group.base(k)))
  })
  fc.assert(law, { numRuns: 50 })
})

test('Edwards points: the same sums and products, the same refusals', () => {
  const [[, native], [, portable]] = groups() as [[string, JoinGroup], [string, JoinGroup]]
  const scalar = fc.bigInt(1n, GROUP_ORDER - 1n)
  const law = fc.property(scalar, scalar, (a, b) => {
    const one = native.edwards.multiplyBase(a)
    const other = native.edwards.multiplyBase(b)
    assert.deepEqual(portable.edwards.multiplyBase(a), one)
    assert.deepEqual(portable.edwards.add(one, other), native.edwards.add(one, other))
    assert.deepEqual(portable.edwards.subtract(one, other), native.edwards.subtract(one, other))
    assert.deepEqual(portable.edwards.multiply(a, other), native.edwards.multiply(a, other))
    const u = edwardsToU(one)
    assert.deepEqual(liftU(u, signOfX(one)), one)
  })
  fc.assert(law, { numRuns: 8 })
  const mixed = x25519.pointChecks.find(({ id }) => id === 'base-point-plus-order-8')
  const refused = [
    liftU(decodeHex(mixed?.u ?? ''), 0),
    liftU(Uint8Array.of(2, ...new Uint8Array(31)), 0),
    liftU(Uint8Array.of(1, ...new Uint8Array(31)), 0),
    bytesOf(FIELD_ORDER + 1n),
  ]
  for (const [name, { edwards }] of groups()) {
    for (const point of refused)
      assert.throws(() => edwards.multiply(5n, point), RangeError, `${name}: ${encodeHex(point)}`)
    assert.throws(
      () =>
        edwards.add(
          liftU(Uint8Array.of(2, ...new Uint8Array(31)), 0),
          refused[0] ?? new Uint8Array(0),
        ),
      RangeError,
    )
  }
})

test('points are packed, and no inversion is lost at the borders of a batch', () => {
  const [[, group]] = groups() as [[string, JoinGroup]]
  const inputs = Array.from({ length: 260 }, (_, at) => utf8(`person ${at}`))
  const dst = utf8('CLOISON-PSI-v1-test')
  const all = group.hash(inputs, dst)
  for (const at of [0, 255, 256, 259]) {
    const alone = group.hash(inputs.slice(at, at + 1), dst)
    assert.deepEqual(packedAt(all, at), alone)
  }
  assert.throws(() => group.mask(new Uint8Array(32), new Uint8Array(33)), RangeError)
  assert.throws(() => fieldHasher(new Uint8Array(256)), RangeError)
})
