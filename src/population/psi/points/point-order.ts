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

/** The places of a packed list, ordered by their points. Nothing that a sender chooses makes it slow. */
export function pointOrder(points: Uint8Array): Uint32Array {
  const order = new Uint32Array(packedCount(points)).map((_, at) => at)
  return order.sort((a, b) => comparePoints(points, a, { points, at: b }))
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
