import { FIELD_ORDER, bytesOf, invertAll, numberOf, reduced } from './field.ts'
import { packedAt, packedCount, POINT_BYTES } from './join-group.ts'

/** A field inversion costs as much as some 250 of the products that share one. */
const sharing = 256

/**
 * u = (1 + y) / (1 − y) of packed points of edwards25519 (RFC 7748, 4.1), with one inversion for 256 of them. The neutral
 * point, which has none, becomes 0.
 */
export function edwardsToU(points: Uint8Array): Uint8Array {
  const us = new Uint8Array(points.length)
  for (let from = 0; from < packedCount(points); from += sharing) {
    const part = points.subarray(from * POINT_BYTES, (from + sharing) * POINT_BYTES)
    const ys = Array.from({ length: packedCount(part) }, (_, at) => yOf(packedAt(part, at)))
    const inverses = invertAll(ys.map((y) => reduced(1n - y)))
    ys.forEach((y, at) => {
      const u = ((1n + y) * (inverses[at] ?? 0n)) % FIELD_ORDER
      us.set(bytesOf(u), (from + at) * POINT_BYTES)
    })
  }
  return us
}

function yOf(point: Uint8Array): bigint {
  return numberOf(point) & (2n ** 255n - 1n)
}

/**
 * The encoding of the point of edwards25519 with y = (u − 1) / (u + 1) and the sign of x. Whether there is such a point is
 * for the group to say: u of the twist give none.
 */
export function liftU(u: Uint8Array, sign: 0 | 1): Uint8Array {
  const value = reduced(numberOf(u))
  const [inverse = 0n] = invertAll([reduced(value + 1n)])
  const lifted = bytesOf((reduced(value - 1n) * inverse) % FIELD_ORDER)
  lifted[POINT_BYTES - 1] = (lifted[POINT_BYTES - 1] ?? 0) | (sign << 7)
  return lifted
}

/** The sign of x in an encoding of edwards25519. */
export function signOfX(point: Uint8Array): 0 | 1 {
  return (point[POINT_BYTES - 1] ?? 0) >> 7 === 1 ? 1 : 0
}
