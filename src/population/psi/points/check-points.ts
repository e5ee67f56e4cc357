import { releaseBytes } from '../../../bytes/index.ts'
import { type JoinGroup, packedCount, POINT_BYTES } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import { hasRepeated, type OrderedPoints, orderedPoints, sharedCount } from './point-order.ts'

/** Hears how many of a step's multiplications are done. */
export type JoinProgress = (done: number, total: number) => void

/** Whether a packed point is the one encoding of its u: top bit clear, u below p. */
function isCanonical(points: Uint8Array, at: number): boolean {
  const from = at * POINT_BYTES
  const top = points[from + POINT_BYTES - 1] ?? 0
  if (top !== 0x7f) return top < 0x7f
  // p = 2^255 − 19 is ed ff … ff 7f.
  if ((points[from] ?? 0) < 0xed) return true
  return points.subarray(from + 1, from + POINT_BYTES - 1).some((byte) => byte !== 0xff)
}

/**
 * Refuses points with a second encoding, which would be the same to X25519 and different to whoever compares.
 *
 * @throws {@link JoinError} `POINT_NOT_CANONICAL`
 */
export function checkCanonical(points: Uint8Array): void {
  for (let at = 0; at < packedCount(points); at += 1) {
    if (!isCanonical(points, at))
      throw new JoinError('POINT_NOT_CANONICAL', 'a point is not in its one encoding')
  }
}

/**
 * What is true of every list of points that is compared; gives it ordered.
 *
 * @throws {@link JoinError} `POINT_NOT_CANONICAL`, `POINT_REPEATED`
 */
export function checkList(points: Uint8Array): OrderedPoints {
  checkCanonical(points)
  const ordered = orderedPoints(points)
  if (hasRepeated(ordered)) throw new JoinError('POINT_REPEATED', 'a list has one point twice')
  return ordered
}

/** Enough for an implementation that shares them among threads or machines. */
const usualBatch = 65_536

/** What points that somebody sent are held against. */
export interface ReceivedContext {
  readonly group: JoinGroup
  /** The own list, and the own key. */
  readonly own: readonly Uint8Array[]
}

/**
 * Refuses points that masking would not make one point of each.
 *
 * @throws {@link JoinError} `POINT_OFF_CURVE`, `POINT_REFLECTED`
 */
export function checkReceived(received: OrderedPoints, { group, own }: ReceivedContext): void {
  if (group.firstOffCurve(received.points) >= 0)
    throw new JoinError('POINT_OFF_CURVE', 'a point is on the twist of the curve')
  if (own.some((list) => sharedCount(received, list) > 0))
    throw new JoinError('POINT_REFLECTED', 'a point is one that this side sent')
}

/** What points that somebody sent are masked with. */
export interface MaskingContext {
  readonly group: JoinGroup
  readonly scalar: Uint8Array
  readonly progress?: JoinProgress | undefined
  /** Points that are masked between two reports of progress. */
  readonly batch?: number
}

/**
 * Masks points that somebody sent and {@link checkReceived} let through, and refuses what does not come out as one point for
 * one point.
 *
 * @throws {@link JoinError} `POINT_SMALL_ORDER`, `POINT_ALIASED`
 */
export function maskReceived(
  points: Uint8Array,
  { group, scalar, progress, batch = usualBatch }: MaskingContext,
): Uint8Array {
  const masked = new Uint8Array(points.length)
  const total = packedCount(points)
  for (let from = 0; from < total; from += batch) {
    const to = Math.min(total, from + batch)
    const some = points.subarray(POINT_BYTES * from, POINT_BYTES * to)
    const made = group.mask(scalar, some)
    masked.set(made, POINT_BYTES * from)
    releaseBytes(made)
    progress?.(to, total)
  }
  if (hasZero(masked)) throw new JoinError('POINT_SMALL_ORDER', 'a point is of small order')
  if (hasRepeated(orderedPoints(masked)))
    throw new JoinError('POINT_ALIASED', 'two points differ by one of small order')
  return masked
}

function hasZero(points: Uint8Array): boolean {
  for (let from = 0; from < points.length; from += POINT_BYTES) {
    if (points[from] !== 0) continue
    if (points.subarray(from, from + POINT_BYTES).every((byte) => byte === 0)) return true
  }
  return false
}
