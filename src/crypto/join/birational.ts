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

/**
 * y = (u − 1) / (u + 1) of packed u, as encodings of edwards25519 whose x has sign 0, with one inversion for 256 of them. A
 * u other than −1 is on curve25519 exactly when its encoding is a point: the map between the curves (RFC 7748, 4.1) is by
 * √−486664, which is in the field. −1, which has no y, becomes 0.
 */
export function uToEdwards(us: Uint8Array): Uint8Array {
  const points = new Uint8Array(us.length)
  for (let from = 0; from < packedCount(us); from += sharing) {
    const part = us.subarray(from * POINT_BYTES, (from + sharing) * POINT_BYTES)
    const values = Array.from({ length: packedCount(part) }, (_, at) =>
      numberOf(packedAt(part, at)),
    )
    const inverses = invertAll(values.map((u) => reduced(u + 1n)))
    values.forEach((u, at) => {
      const y = reduced((u - 1n) * (inverses[at] ?? 0n))
      points.set(bytesOf(y), (from + at) * POINT_BYTES)
    })
  }
  return points
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
