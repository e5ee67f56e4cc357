import { ed25519, ed25519_hasher, x25519 } from '@noble/curves/ed25519.js'

import { equalBytes } from '../../bytes/index.ts'
import { edwardsToU } from './birational.ts'
import { curveSquare, FIELD_ORDER, fieldPower, numberOf } from './field.ts'
import type { EdwardsGroup, JoinGroup } from './join-group.ts'
import { packedAt, packedCount, POINT_BYTES } from './join-group.ts'

const { Point } = ed25519
type CurvePoint = ReturnType<typeof Point.fromBytes>

/** The group of the join by the curve library: runs everywhere, at about 1 ms a point. Not constant-time in the strict sense. */
export const nobleJoinGroup: JoinGroup = {
  hash(identifiers, dst) {
    const points = new Uint8Array(identifiers.length * POINT_BYTES)
    identifiers.forEach((identifier, at) => {
      const point = ed25519_hasher.encodeToCurve(identifier, { DST: dst })
      points.set(point.toBytes(), at * POINT_BYTES)
    })
    return edwardsToU(points)
  },
  mask: (scalar, points) => each(points, (point) => exchange(scalar, point)),
  base: (scalars) => each(scalars, (scalar) => x25519.scalarMultBase(scalar)),
  share: (scalars, point) => each(scalars, (scalar) => exchange(scalar, point)),
  firstOffCurve(points) {
    for (let at = 0; at < packedCount(points); at += 1) {
      if (!isOnCurve(packedAt(points, at))) return at
    }
    return -1
  },
  edwards: nobleEdwards(),
}

function each(packed: Uint8Array, compute: (one: Uint8Array) => Uint8Array): Uint8Array {
  const outputs = new Uint8Array(packed.length)
  for (let at = 0; at < packedCount(packed); at += 1)
    outputs.set(compute(packedAt(packed, at)), at * POINT_BYTES)
  return outputs
}

/** The library throws for an all-zero output, which is left to the caller here. */
function exchange(scalar: Uint8Array, point: Uint8Array): Uint8Array {
  try {
    return x25519.scalarMult(scalar, point)
  } catch (cause) {
    if (scalar.length !== POINT_BYTES || point.length !== POINT_BYTES) throw cause
    return new Uint8Array(POINT_BYTES)
  }
}

/** By the criterion of Euler; 0 is a square. */
function isOnCurve(point: Uint8Array): boolean {
  const square = curveSquare(numberOf(point)) % FIELD_ORDER
  return square === 0n || fieldPower(square, (FIELD_ORDER - 1n) / 2n) === 1n
}

function nobleEdwards(): EdwardsGroup {
  return {
    add: (one, other) => readPoint(one).add(readPoint(other)).toBytes(),
    subtract: (one, other) => readPoint(one).subtract(readPoint(other)).toBytes(),
    multiply(scalar, bytes) {
      const point = readPoint(bytes)
      if (point.isSmallOrder() || !point.isTorsionFree())
        throw new RangeError('the point is outside the group of prime order')
      return point.multiply(scalar).toBytes()
    },
    multiplyBase: (scalar) => Point.BASE.multiply(scalar).toBytes(),
  }
}

function readPoint(bytes: Uint8Array): CurvePoint {
  try {
    const point = Point.fromBytes(bytes)
    if (equalBytes(point.toBytes(), bytes)) return point
  } catch (cause) {
    throw new RangeError('these bytes are no point of edwards25519', { cause })
  }
  throw new RangeError('these bytes are not the one encoding of a point')
}
