import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'

import { concatBytes, decodeHex, encodeHex, utf8 } from '../../bytes/index.ts'
import {
  bytesOf,
  FIELD_ORDER,
  type JoinGroup,
  nobleJoinGroup,
  numberOf,
  packedAt,
} from '../../crypto/index.ts'
import { bestJoinGroup, joinTiers } from './best-join-group.ts'
import { loadNativeParts, type NativeCurve } from '../native-parts.ts'
import { nativeJoinGroup } from './native-join-group.ts'
import { sodiumJoinGroup } from './sodium-join-group.ts'

const parts = loadNativeParts()
const isLong = process.env['CLOISON_TEST_ALL'] === '1'
const dst = utf8('CLOISON-PSI-v1-test')
const names = ['avx2', 'avx512'] as const

function both(curve: NativeCurve | undefined): { native: JoinGroup; rival: JoinGroup } {
  const rival = sodiumJoinGroup()
  const native = nativeJoinGroup(nobleJoinGroup.edwards, curve)
  assert.ok(rival !== undefined && native !== undefined)
  return { native, rival }
}

function random(count: number): Uint8Array {
  return new Uint8Array(randomBytes(32 * count))
}

/** Of small order, of the twist, not reduced, and at the borders of the field. */
const edges = concatBytes(
  ...[0n, 1n, 2n, 9n]
    .flatMap((small) => [small, FIELD_ORDER - small, FIELD_ORDER + small])
    .map(bytesOf),
  bytesOf(2n ** 255n - 1n),
  decodeHex('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'),
  decodeHex('5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'),
  decodeHex('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'),
  decodeHex('ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'),
)

for (const name of names) {
  const curve = parts[name]
  const skip = curve === undefined ? `native/build.sh built no ${name} for this machine` : false

  test(`${name}: batches of every size have the bytes of libsodium`, { skip }, () => {
    const { native, rival } = both(curve)
    for (const size of [0, 1, 3, 4, 5, 8, 9, 63, 64, 65, 127, 128, 129, isLong ? 50_000 : 700]) {
      const scalars = random(size)
      const points = random(size)
      const [scalar, point] = [random(1), random(1)]
      assert.deepEqual(native.mask(scalar, points), rival.mask(scalar, points))
      assert.deepEqual(native.base(scalars), rival.base(scalars))
      assert.deepEqual(native.share(scalars, point), rival.share(scalars, point))
      const identifiers = Array.from({ length: size }, (_, at) => packedAt(points, at))
      const hashed = native.hash(identifiers, dst)
      assert.deepEqual(hashed, rival.hash(identifiers, dst))
      assert.equal(native.firstOffCurve(hashed), -1)
      for (const one of identifiers)
        assert.equal(native.firstOffCurve(one), rival.firstOffCurve(one), encodeHex(one))
    }
  })

  test(
    `${name}: points of small order, of the twist and not reduced have the bytes of libsodium`,
    { skip },
    () => {
      const { native, rival } = both(curve)
      const scalar = random(1)
      assert.deepEqual(native.mask(scalar, edges), rival.mask(scalar, edges))
      assert.deepEqual(native.base(edges), rival.base(edges))
      for (let at = 0; at < edges.length / 32; at += 1) {
        const one = packedAt(edges, at)
        assert.deepEqual(native.share(edges, one), rival.share(edges, one), encodeHex(one))
        assert.equal(native.firstOffCurve(one), nobleJoinGroup.firstOffCurve(one), encodeHex(one))
      }
    },
  )

  test(`${name}: a point of small order spoils none that shares its inversion`, { skip }, () => {
    const { native, rival } = both(curve)
    const scalar = random(1)
    for (let at = 0; at < 130; at += 7) {
      const points = random(130)
      // 0 and 1 are of small order: masked, they are 32 zero bytes.
      points.set(bytesOf(BigInt(at % 2)), 32 * at)
      points.set(bytesOf(0n), 32 * ((at + 64) % 130))
      assert.deepEqual(native.mask(scalar, points), rival.mask(scalar, points))
    }
  })

  test(`${name}: numbers at the borders of the field map as libsodium maps them`, { skip }, () => {
    const { rival } = both(curve)
    const numbers = concatBytes(edges, random(100))
    const mapped = new Uint8Array(numbers.length)
    curve?.map(mapped, numbers)
    assert.equal(rival.firstOffCurve(mapped), -1)
    // Reduced or not, a number is one element: r and −r have one image, p + r and r too.
    for (let at = 0; at < numbers.length / 32; at += 1) {
      const value = numberOf(packedAt(numbers, at)) % FIELD_ORDER
      const again = new Uint8Array(64)
      curve?.map(again, concatBytes(bytesOf(value), bytesOf((FIELD_ORDER - value) % FIELD_ORDER)))
      assert.deepEqual(packedAt(again, 0), packedAt(mapped, at))
      assert.deepEqual(packedAt(again, 1), packedAt(mapped, at))
    }
  })

  test(`${name}: identifiers and tags of every length hash as libsodium’s do`, { skip }, () => {
    const { native, rival } = both(curve)
    const identifiers = Array.from({ length: 515 }, (_, length) =>
      Uint8Array.from({ length }, (_byte, at) => (7 * at + length) & 0xff),
    )
    assert.deepEqual(native.hash(identifiers, dst), rival.hash(identifiers, dst))
    const few = identifiers.filter((_, length) => length % 41 === 0)
    for (let length = 1; length < 256; length += 1) {
      const tag = new Uint8Array(length).fill(length)
      assert.deepEqual(native.hash(few, tag), rival.hash(few, tag))
    }
  })

  test(`${name}: a thousand rounds of RFC 7748 end where it says`, { skip }, () => {
    const { native } = both(curve)
    let k = Uint8Array.of(9, ...new Uint8Array(31))
    let u = k
    for (let round = 0; round < 1000; round += 1) [k, u] = [native.mask(k, u) as typeof k, k]
    assert.equal(encodeHex(k), '684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51')
  })

  test(`${name}: what gives one wrong answer is never used`, { skip }, () => {
    assert.ok(curve !== undefined)
    const flip = (outputs: Uint8Array): void => {
      const last = outputs.length - 1
      if (last >= 0) outputs[last] = (outputs[last] ?? 0) ^ 1
    }
    const wrong: Partial<NativeCurve>[] = [
      { multiply: (outputs, k, p) => (curve.multiply(outputs, k, p), flip(outputs)) },
      { map: (outputs, numbers) => (curve.map(outputs, numbers), flip(outputs)) },
      { hash: (outputs, from, ends, tag) => (curve.hash(outputs, from, ends, tag), flip(outputs)) },
      { firstOffCurve: () => -1 },
      { firstOffCurve: (points) => Math.min(3, curve.firstOffCurve(points)) },
    ]
    const right = { ...curve }
    assert.ok(nativeJoinGroup(nobleJoinGroup.edwards, right) !== undefined)
    for (const part of wrong)
      assert.equal(nativeJoinGroup(nobleJoinGroup.edwards, { ...right, ...part }), undefined)
  })

  test(`${name}: lengths that do not fit are refused`, { skip }, () => {
    const { native } = both(curve)
    assert.throws(() => native.mask(random(2), random(3)), RangeError)
    assert.throws(() => native.share(random(2), random(2)), RangeError)
    assert.throws(() => native.firstOffCurve(new Uint8Array(33)), RangeError)
    assert.throws(() => native.hash([new Uint8Array(1025)], dst), RangeError)
    assert.throws(() => native.hash([], new Uint8Array(0)), RangeError)
    assert.throws(() => native.hash([], new Uint8Array(256)), RangeError)
    const [none, ends] = [new Uint8Array(0), (...at: number[]) => Uint32Array.from(at)]
    const refused = [
      () => curve?.multiply(new Uint8Array(96), random(2), random(3)),
      () => curve?.multiply(new Uint8Array(32), none, random(1)),
      () => curve?.map(new Uint8Array(32), random(2)),
      () => curve?.hash(new Uint8Array(32), random(1), ends(33), dst),
      () => curve?.hash(new Uint8Array(64), random(1), ends(9, 8), dst),
      () => curve?.hash(new Uint8Array(64), random(1), ends(9), dst),
    ]
    for (const one of refused) assert.throws(one, RangeError)
  })
}

test('the fastest tier is taken, and there is always one', () => {
  const tiers = joinTiers().map(({ name }) => name)
  for (const name of names) assert.equal(tiers.includes(name), parts[name] !== undefined)
  assert.equal(tiers.at(-1), 'noble')
  assert.equal(bestJoinGroup().name, tiers[0])
})
