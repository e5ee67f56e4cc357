import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { concatBytes, encodeHex } from '../../../bytes/index.ts'
import { appendLeaves, emptyTree, leafHash, rootHash } from '../../../log/index.ts'
import { seededRandom } from '../../../testing/simulator/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { checkCanonical } from './check-points.ts'
import { drawOrder, drawPlaces } from './draw-places.ts'
import { isInTree, listTree } from './list-tree.ts'
import { hasRepeated, sharedPlaces } from './point-order.ts'

const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 40 })

test('the root of a list is that of the log’s tree, and each entry stands at its place alone', () => {
  const law = fc.property(entries, fc.nat(39), (list, at) => {
    const tree = listTree(list)
    const { tree: appended } = appendLeaves(emptyTree(), list.map(leafHash))
    assert.deepEqual(tree.root, rootHash(appended))
    const entry = list[at]
    if (entry === undefined) return
    const claim = { entry, index: at, size: list.length, path: tree.path(at) }
    assert.ok(isInTree(tree.root, claim))
    assert.ok(!isInTree(tree.root, { ...claim, entry: concatBytes(entry, Uint8Array.of(1)) }))
    assert.ok(!isInTree(tree.root, { ...claim, path: [...claim.path, tree.root] }))
    assert.ok(!isInTree(tree.root, { ...claim, index: list.length }))
    if (claim.path.length > 0)
      assert.ok(!isInTree(tree.root, { ...claim, path: claim.path.slice(1) }))
    const other = (at + 1) % list.length
    if (encodeHex(list[other] ?? entry) !== encodeHex(entry))
      assert.ok(!isInTree(tree.root, { ...claim, index: other }))
  })
  fc.assert(law, { numRuns: 200 })
})

test('shared points are found as comparing all of them finds them', () => {
  const few = fc.uniqueArray(fc.nat(60), { maxLength: 40 })
  const packed = (numbers: readonly number[]): Uint8Array =>
    concatBytes(...numbers.map((n) => new Uint8Array(32).fill(n % 7, 0, 31).fill(n, 31)))
  const law = fc.property(few, few, (one, other) => {
    const found = sharedPlaces(packed(one), packed(other)).map(([a, b]) => `${a} ${b}`)
    const naive = one.flatMap((n, a) => other.flatMap((m, b) => (n === m ? [`${a} ${b}`] : [])))
    assert.deepEqual(found.toSorted(), naive.toSorted())
    assert.ok(!hasRepeated(packed(one)))
    const [first] = one
    if (first !== undefined) assert.ok(hasRepeated(packed([...one, first])))
  })
  fc.assert(law)
})

test('a point has one encoding: p, all above it and the top bit are refused', () => {
  const below = new Uint8Array(32).fill(0xff).fill(0xec, 0, 1).fill(0x7f, 31)
  checkCanonical(concatBytes(below, new Uint8Array(32)))
  for (const wrong of [
    below.with(0, 0xed),
    below.with(0, 0xff),
    below.with(31, 0x80),
    new Uint8Array(32).with(31, 0x80),
  ])
    assert.throws(
      () => {
        checkCanonical(concatBytes(below, wrong))
      },
      { code: 'POINT_NOT_CANONICAL' },
    )
})

test('places are drawn without repetition, each as often as any other', () => {
  const draws = new UniformDraws(seededRandom('places'))
  const [count, wanted, rounds] = [12, 5, 6_000]
  const seen = Array.from({ length: count }, () => 0)
  const first = Array.from({ length: count }, () => 0)
  for (let round = 0; round < rounds; round += 1) {
    const places = drawPlaces(draws, count, wanted)
    assert.equal(new Set(places).size, wanted)
    for (const place of places) seen[place] = (seen[place] ?? 0) + 1
    const order = drawOrder(draws, count)
    assert.deepEqual(
      Array.from(order).toSorted((a, b) => a - b),
      Array.from({ length: count }, (_, at) => at),
    )
    first[order[0] ?? 0] = (first[order[0] ?? 0] ?? 0) + 1
  }
  for (const [tally, share] of [
    [seen, wanted / count],
    [first, 1 / count],
  ] as const) {
    const sigma = Math.sqrt(rounds * share * (1 - share))
    for (const one of tally) assert.ok(Math.abs(one - rounds * share) < 6 * sigma)
  }
  assert.deepEqual(drawPlaces(draws, 3, 64), [0, 1, 2])
})
