import { type JoinGroup, packedAt, packedCount, POINT_BYTES } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import { hasRepeated, sharedPlaces } from './point-order.ts'

/** Whether a point is the one encoding of its u: top bit clear, u below p. */
function isCanonical(point: Uint8Array): boolean {
  const top = point[POINT_BYTES - 1] ?? 0
  if (top !== 0x7f) return top < 0x7f
  // p = 2^255 − 19 is ed ff … ff 7f.
  return (point[0] ?? 0) < 0xed || point.subarray(1, POINT_BYTES - 1).some((byte) => byte !== 0xff)
}

/**
 * Refuses points with a second encoding, which would be the same to X25519 and different to whoever compares.
 *
 * @throws {@link JoinError} `POINT_NOT_CANONICAL`
 */
export function checkCanonical(points: Uint8Array): void {
  for (let at = 0; at < packedCount(points); at += 1) {
    if (!isCanonical(packedAt(points, at)))
      throw new JoinError('POINT_NOT_CANONICAL', 'a point is not in its one encoding')
  }
}

/**
 * What is true of every list of points that is compared.
 *
 * @throws {@link JoinError} `POINT_NOT_CANONICAL`, `POINT_REPEATED`
 */
export function checkList(points: Uint8Array): void {
  checkCanonical(points)
  if (hasRepeated(points)) throw new JoinError('POINT_REPEATED', 'a list has one point twice')
}

/**
 * Masks points that somebody sent, and refuses what would not come out as one point for one point.
 *
 * @throws {@link JoinError} `POINT_OFF_CURVE`, `POINT_REFLECTED`, `POINT_SMALL_ORDER`, `POINT_ALIASED`
 */
export function maskReceived(
  group: JoinGroup,
  points: Uint8Array,
  own: { readonly scalar: Uint8Array; readonly points: Uint8Array },
): Uint8Array {
  if (group.firstOffCurve(points) >= 0)
    throw new JoinError('POINT_OFF_CURVE', 'a point is on the twist of the curve')
  if (sharedPlaces(points, own.points).length > 0)
    throw new JoinError('POINT_REFLECTED', 'a point is one that this side sent')
  const masked = group.mask(own.scalar, points)
  for (let at = 0; at < packedCount(masked); at += 1) {
    if (packedAt(masked, at).every((byte) => byte === 0))
      throw new JoinError('POINT_SMALL_ORDER', 'a point is of small order')
  }
  if (hasRepeated(masked))
    throw new JoinError('POINT_ALIASED', 'two points differ by one of small order')
  return masked
}
