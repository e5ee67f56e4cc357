import { packedCount, POINT_BYTES } from '../../../crypto/index.ts'

/** Below it an order is made by insertion, above by sorting: whatever points somebody chooses, it takes n · log n at most. */
const fewPoints = 16
/** Points of a bucket, on average. */
const bucketPoints = 4

/** Compares two packed points, each in its own list, as byte strings. */
function comparePoints(one: Uint8Array, at: number, other: Uint8Array, otherAt: number): number {
  const [from, otherFrom] = [at * POINT_BYTES, otherAt * POINT_BYTES]
  for (let byte = 0; byte < POINT_BYTES; byte += 1) {
    const difference = (one[from + byte] ?? 0) - (other[otherFrom + byte] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** A packed list with the places of its points, ordered by them. */
export interface OrderedPoints {
  readonly points: Uint8Array
  readonly order: Uint32Array
}

/** A list that is compared more than once is ordered once. */
export function orderedPoints(points: Uint8Array): OrderedPoints {
  return { points, order: pointOrder(points) }
}

/** The places of a packed list, ordered by their points: in buckets by their leading bits first, then each bucket. */
export function pointOrder(points: Uint8Array): Uint32Array {
  const count = packedCount(points)
  const bits = Math.min(26, Math.max(1, Math.ceil(Math.log2(Math.max(2, count) / bucketPoints))))
  const view = new DataView(points.buffer, points.byteOffset, points.byteLength)
  const bucketOf = (at: number): number => view.getUint32(at * POINT_BYTES) >>> (32 - bits)
  const ends = new Uint32Array(2 ** bits)
  for (let at = 0; at < count; at += 1) {
    const bucket = bucketOf(at)
    ends[bucket] = (ends[bucket] ?? 0) + 1
  }
  for (let bucket = 1; bucket < ends.length; bucket += 1)
    ends[bucket] = (ends[bucket] ?? 0) + (ends[bucket - 1] ?? 0)
  const order = new Uint32Array(count)
  for (let at = count - 1; at >= 0; at -= 1) {
    const place = (ends[bucketOf(at)] ?? 0) - 1
    order[place] = at
    // From here on it is where the bucket begins.
    ends[bucketOf(at)] = place
  }
  ends.forEach((from, bucket) => {
    sortBucket(points, order, { from, to: ends[bucket + 1] ?? count })
  })
  return order
}

function sortBucket(
  points: Uint8Array,
  order: Uint32Array,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  if (to - from > fewPoints) {
    order.subarray(from, to).sort((a, b) => comparePoints(points, a, points, b))
    return
  }
  for (let next = from + 1; next < to; next += 1) {
    const place = order[next] ?? 0
    let at = next
    for (; at > from; at -= 1) {
      const before = order[at - 1] ?? 0
      if (comparePoints(points, before, points, place) <= 0) break
      order[at] = before
    }
    order[at] = place
  }
}

/** Whether a packed list has a point twice. */
export function hasRepeated({ points, order }: OrderedPoints): boolean {
  return order.some(
    (place, at) => at > 0 && comparePoints(points, place, points, order[at - 1] ?? 0) === 0,
  )
}

/** Visits the places, in both lists, of all points that two lists without repetition share. */
export function visitShared(
  one: OrderedPoints,
  other: OrderedPoints,
  visit: (place: number, otherPlace: number) => void,
): void {
  const [first, second] = [one.order, other.order]
  let [at, next] = [0, 0]
  while (at < first.length && next < second.length) {
    const [place, otherPlace] = [first[at] ?? 0, second[next] ?? 0]
    const difference = comparePoints(one.points, place, other.points, otherPlace)
    if (difference === 0) visit(place, otherPlace)
    if (difference <= 0) at += 1
    if (difference >= 0) next += 1
  }
}

/** How many points two lists without repetition share. */
export function sharedCount(
  one: Uint8Array | OrderedPoints,
  other: Uint8Array | OrderedPoints,
): number {
  const ordered = (list: Uint8Array | OrderedPoints): OrderedPoints =>
    list instanceof Uint8Array ? orderedPoints(list) : list
  let count = 0
  visitShared(ordered(one), ordered(other), () => {
    count += 1
  })
  return count
}
