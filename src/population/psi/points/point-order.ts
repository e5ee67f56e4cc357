import { packedCount, POINT_BYTES } from '../../../crypto/index.ts'

/** Compares two packed points, each in its own list, as byte strings. */
export function comparePoints(
  one: Uint8Array,
  at: number,
  other: { readonly points: Uint8Array; readonly at: number },
): number {
  const [from, otherFrom] = [at * POINT_BYTES, other.at * POINT_BYTES]
  for (let byte = 0; byte < POINT_BYTES; byte += 1) {
    const difference = (one[from + byte] ?? 0) - (other.points[otherFrom + byte] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * The places of a packed list, ordered by their points. By the first four bytes first; where a sender has chosen points that
 * share these, by whole points: never slower than comparing all.
 */
export function pointOrder(points: Uint8Array): Uint32Array {
  const count = packedCount(points)
  const view = new DataView(points.buffer, points.byteOffset, points.byteLength)
  const prefixed = new BigUint64Array(count)
  for (let at = 0; at < count; at += 1)
    prefixed[at] = (BigInt(view.getUint32(at * POINT_BYTES)) << 32n) | BigInt(at)
  prefixed.sort()
  const halves = new Uint32Array(prefixed.buffer)
  const order = new Uint32Array(count)
  for (let at = 0; at < count; at += 1) order[at] = halves[2 * at + lowHalf] ?? 0
  sortRuns(points, order, halves)
  return order
}

/** Where the low half of a 64-bit number stands on this machine. */
const lowHalf = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1

/** Orders the places of each run of one prefix. */
function sortRuns(points: Uint8Array, order: Uint32Array, halves: Uint32Array): void {
  const prefixAt = (at: number): number | undefined => halves[2 * at + 1 - lowHalf]
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && prefixAt(to) === prefixAt(from)) to += 1
    if (to - from > 1)
      order.subarray(from, to).sort((a, b) => comparePoints(points, a, { points, at: b }))
    from = to
  }
}

/** Whether a packed list has a point twice. */
export function hasRepeated(points: Uint8Array): boolean {
  const order = pointOrder(points)
  return order.some(
    (place, at) => at > 0 && comparePoints(points, place, { points, at: order[at - 1] ?? 0 }) === 0,
  )
}

/** The places, in both lists, of all points that two lists without repetition share. */
export function sharedPlaces(one: Uint8Array, other: Uint8Array): (readonly [number, number])[] {
  const [first, second] = [pointOrder(one), pointOrder(other)]
  const shared: (readonly [number, number])[] = []
  let [at, next] = [0, 0]
  while (at < first.length && next < second.length) {
    const [place, place2] = [first[at] ?? 0, second[next] ?? 0]
    const difference = comparePoints(one, place, { points: other, at: place2 })
    if (difference === 0) shared.push([place, place2])
    if (difference <= 0) at += 1
    if (difference >= 0) next += 1
  }
  return shared
}
