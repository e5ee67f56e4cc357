import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { utf8 } from '../../../bytes/index.ts'
import { POINT_BYTES } from '../../../crypto/index.ts'
import { systemRandomness } from '../../system-randomness.ts'
import { joinTiers } from '../best-join-group.ts'
import { threadedJoinGroup } from './threaded-join-group.ts'

const dst = utf8('CLOISON-PSI-v1-test')
const [tier] = joinTiers()

function identifiers(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, at) => utf8(`person ${at}`))
}

test('with any number of threads a batch of any size gives the bytes of the group alone', async () => {
  for (const threads of [1, 2, 3]) {
    await using group = threadedJoinGroup(tier, threads)
    const law = fc.property(fc.integer({ min: 0, max: 600 }), (count) => {
      const people = identifiers(count)
      const points = tier.group.hash(people, dst)
      assert.deepEqual(group.hash(people, dst), points)
      const scalar = systemRandomness.bytes(POINT_BYTES)
      assert.deepEqual(group.mask(scalar, points), tier.group.mask(scalar, points))
      const scalars = systemRandomness.bytes(count * POINT_BYTES)
      assert.deepEqual(group.base(scalars), tier.group.base(scalars))
      const key = tier.group.base(scalar)
      assert.deepEqual(group.share(scalars, key), tier.group.share(scalars, key))
      assert.equal(group.firstOffCurve(points), -1)
    })
    fc.assert(law, { numRuns: 8, examples: [[0], [191], [192], [193], [600]] })
  }
})

test('the first point off the curve is found in whichever part it is, and the first of several', async () => {
  await using group = threadedJoinGroup(tier, 3)
  const points = tier.group.hash(identifiers(400), dst)
  const offCurve = Uint8Array.of(2, ...new Uint8Array(POINT_BYTES - 1))
  for (const places of [[0], [133], [134], [267], [268], [399], [390, 200], [300, 5]]) {
    const bad = points.slice()
    for (const place of places) bad.set(offCurve, place * POINT_BYTES)
    assert.equal(group.firstOffCurve(bad), Math.min(...places), String(places))
    assert.equal(tier.group.firstOffCurve(bad), Math.min(...places))
  }
})

test('the caller keeps its scalar and its points, and a wrong length is refused as before', async () => {
  await using group = threadedJoinGroup(tier, 2)
  const points = tier.group.hash(identifiers(200), dst)
  const [scalar, kept] = [systemRandomness.bytes(POINT_BYTES), points.slice()]
  const before = scalar.slice()
  group.mask(scalar, points)
  assert.deepEqual([scalar, points], [before, kept])
  assert.throws(() => group.mask(scalar, new Uint8Array(33)), RangeError)
  assert.throws(() => threadedJoinGroup(tier, 0), RangeError)
})

test('a part that fails in another thread fails the batch, and the next batch is computed', async () => {
  await using group = threadedJoinGroup(tier, 2)
  const people = identifiers(200)
  // The tag is too long: whoever hashes refuses it, here and in the other thread.
  assert.throws(() => group.hash(people, new Uint8Array(256)))
  assert.deepEqual(group.hash(people, dst), tier.group.hash(people, dst))
})

test('what disposed of its threads computes alone', async () => {
  const group = threadedJoinGroup(tier, 2)
  const people = identifiers(200)
  assert.deepEqual(group.hash(people, dst), tier.group.hash(people, dst))
  await group[Symbol.asyncDispose]()
  assert.deepEqual(group.hash(people, dst), tier.group.hash(people, dst))
})
