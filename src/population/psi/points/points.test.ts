import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { concatBytes, encodeHex } from '../../../bytes/index.ts'
import { appendLeaves, emptyTree, leafHash, rootHash } from '../../../log/index.ts'
import { packedAt } from '../../../crypto/index.ts'
import { testGroup } from '../../../testing/join/index.ts'
import { seededRandom } from '../../../testing/simulator/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { checkCanonical, maskReceived } from './check-points.ts'
import { drawOrder, drawPlaces } from './draw-places.ts'
import { isInTree, listTree, pointTree, treePaths, treeRoot } from './list-tree.ts'
import { hasRepeated, orderedPoints, pointOrder, visitShared } from './point-order.ts'

const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 40 })

test('the root of a list is that of the log’s tree, and each entry stands at its place alone', () => {
  const law = fc.property(entries, fc.nat(39), (list, at) => {
    const tree = listTree(list)
    const { tree: appended } = appendLeaves(emptyTree(), list.map(leafHash))
    const root = treeRoot(tree)
    assert.deepEqual(root, rootHash(appended))
    const all = treePaths(tree, Array.from(list.keys()))
    list.forEach((entry, index) => {
      const claim = { entry, index, size: list.length, path: all[index] ?? [] }
      assert.ok(isInTree(root, claim))
    })
    const entry = list[at]
    if (entry === undefined) return
    const [path = []] = treePaths(tree, [at])
    assert.deepEqual(path, all[at])
    const claim = { entry, index: at, size: list.length, path }
    assert.ok(!isInTree(root, { ...claim, entry: concatBytes(entry, Uint8Array.of(1)) }))
    assert.ok(!isInTree(root, { ...claim, path: [...claim.path, root] }))
    assert.ok(!isInTree(root, { ...claim, index: list.length }))
    if (claim.path.length > 0) assert.ok(!isInTree(root, { ...claim, path: claim.path.slice(1) }))
    const other = (at + 1) % list.length
    if (encodeHex(list[other] ?? entry) !== encodeHex(entry))
      assert.ok(!isInTree(root, { ...claim, index: other }))
  })
  fc.assert(law, { numRuns: 200 })
})

test('shared points are found as comparing all of them finds them', () => {
  const few = fc.uniqueArray(fc.nat(60), { maxLength: 40 })
  const packed = (numbers: readonly number[]): Uint8Array =>
    concatBytes(...numbers.map((n) => new Uint8Array(32).fill(n % 7, 0, 31).fill(n, 31)))
  const law = fc.property(few, few, (one, other) => {
    const found: string[] = []
    visitShared(orderedPoints(packed(one)), orderedPoints(packed(other)), (a, b) =>
      found.push(`${a} ${b}`),
    )
    const naive = one.flatMap((n, a) => other.flatMap((m, b) => (n === m ? [`${a} ${b}`] : [])))
    assert.deepEqual(found.toSorted(), naive.toSorted())
    assert.ok(!hasRepeated(orderedPoints(packed(one))))
    const [first] = one
    if (first !== undefined) assert.ok(hasRepeated(orderedPoints(packed([...one, first]))))
  })
  fc.assert(law)
})

test('points are ordered as byte strings, also those that somebody chose to begin alike', () => {
  const random = seededRandom('order')
  const alike = new Uint8Array(32 * 3_000)
  for (let at = 0; at < 3_000; at += 1) alike.set(random.bytes(2), 32 * at + 30)
  for (const points of [random.bytes(32 * 5_000), alike, random.bytes(32), new Uint8Array(0)]) {
    const order = Array.from(pointOrder(points))
    const texts = order.map((at) => encodeHex(points.subarray(32 * at, 32 * at + 32)))
    assert.deepEqual(texts, texts.toSorted())
    assert.deepEqual(
      order.toSorted((a, b) => a - b),
      Array.from(order.keys()),
    )
  }
})

test('packed points have the root and the paths of the log’s tree, also of many', () => {
  for (const size of [1, 2, 3, 1023, 1024, 1025, 2047, 3100]) {
    const points = Uint8Array.from({ length: 32 * size }, (_, at) => (at * 131) >> 3)
    const entries = Array.from({ length: size }, (_, at) => packedAt(points, at))
    const root = rootHash(appendLeaves(emptyTree(), entries.map(leafHash)).tree)
    assert.deepEqual(treeRoot(pointTree(points)), root)
    assert.deepEqual(treeRoot(listTree(entries)), root)
    const places = [0, 1, 500, 1023, 1024, size - 1].filter((place) => place < size)
    const asked = [...new Set(places)].toSorted((a, b) => a - b)
    const paths = treePaths(pointTree(points), asked)
    asked.forEach((index, at) => {
      const claim = { entry: packedAt(points, index), index, size, path: paths[at] ?? [] }
      assert.ok(isInTree(root, claim))
    })
  }
})

test('places of a tree are asked for in ascending order, and none that it does not have', () => {
  const tree = listTree([Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)])
  assert.deepEqual(treePaths(tree, []), [])
  for (const places of [[3], [-1], [1, 1], [2, 0], [0.5]])
    assert.throws(() => treePaths(tree, places), RangeError)
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

test('masking says how far it is, to the last point, and gives what one batch would', () => {
  const scalar = new Uint8Array(32).fill(7)
  const points = testGroup.base(seededRandom('masked').bytes(32 * 250))
  const heard: (readonly [number, number])[] = []
  const progress = (done: number, total: number): number => heard.push([done, total])
  const context = { group: testGroup, scalar }
  const masked = maskReceived(points, { ...context, progress, batch: 100 })
  assert.deepEqual(masked, testGroup.mask(scalar, points))
  assert.deepEqual(masked, maskReceived(points, context))
  assert.deepEqual(heard, [
    [100, 250],
    [200, 250],
    [250, 250],
  ])
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
