import { decodeHex, encodeHex, utf8 } from '../../bytes/index.ts'
import { type EdwardsGroup, type JoinGroup, packedCount, POINT_BYTES } from '../../crypto/index.ts'
import type { NativeCurve } from '../native-parts.ts'

/**
 * The group of the join in lanes, by what `native/build.sh` builds. `undefined` when it was not built, cannot run on this
 * machine, or gives a wrong answer to a question whose answer is known.
 */
export function nativeJoinGroup(
  edwards: EdwardsGroup,
  curve: NativeCurve | undefined,
): JoinGroup | undefined {
  if (curve === undefined || !isRight(curve)) return undefined
  const made = (count: number, fill: (outputs: Uint8Array) => void): Uint8Array => {
    const outputs = new Uint8Array(count * POINT_BYTES)
    fill(outputs)
    return outputs
  }
  return {
    hash(identifiers, dst) {
      const { bytes, ends } = inOneStretch(identifiers)
      try {
        return made(identifiers.length, (points) => curve.hash(points, bytes, ends, dst))
      } finally {
        bytes.fill(0)
      }
    },
    mask: (scalar, points) =>
      made(packedCount(points), (outputs) => curve.multiply(outputs, one(scalar), points)),
    base: (scalars) =>
      made(packedCount(scalars), (outputs) => curve.multiply(outputs, scalars, basePoint)),
    share: (scalars, point) =>
      made(packedCount(scalars), (outputs) => curve.multiply(outputs, scalars, one(point))),
    firstOffCurve: (points) => curve.firstOffCurve(points),
    edwards,
  }
}

const basePoint = Uint8Array.of(9, ...new Uint8Array(POINT_BYTES - 1))

function inOneStretch(messages: readonly Uint8Array[]): { bytes: Uint8Array; ends: Uint32Array } {
  let end = 0
  const ends = Uint32Array.from(messages, ({ length }) => (end += length))
  const bytes = new Uint8Array(end)
  messages.forEach((message, at) => bytes.set(message, at === 0 ? 0 : ends[at - 1]))
  return { bytes, ends }
}

function one(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== POINT_BYTES)
    throw new RangeError(`a point or scalar has 32 bytes, not ${bytes.length}`)
  return bytes
}

/** Of RFC 7748, 5.2, and of RFC 9380, J.4.2: `abc`, in the field, and as a point. */
const known = {
  scalar: 'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
  point: 'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
  product: 'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
  number: 'a58dcabe9a1d3dd6d1d734022350af6185e64b058dcc32f2a7eabf9424b2f546',
  mapped: '26a0f950b4c925464b893bf48d571a447aa4aefc62423366a80f907d0b95227c',
  dst: utf8('QUUX-V01-CS02-with-curve25519_XMD:SHA-512_ELL2_NU_'),
  message: utf8('abc'),
  twist: `02${'00'.repeat(31)}`,
}

/** More questions of each kind than the widest implementation has lanes: every lane, and a vector that is not full. */
const asked = 9

function isRight(curve: NativeCurve): boolean {
  const many = (hex: string): Uint8Array => decodeHex(hex.repeat(asked))
  const outputs = new Uint8Array(asked * POINT_BYTES)
  const isMade = (hex: string): boolean => encodeHex(outputs) === hex.repeat(asked)
  curve.multiply(outputs, decodeHex(known.scalar), many(known.point))
  if (!isMade(known.product)) return false
  curve.map(outputs, many(known.number))
  if (!isMade(known.mapped)) return false
  outputs.fill(0)
  const { bytes, ends } = inOneStretch(Array.from({ length: asked }, () => known.message))
  curve.hash(outputs, bytes, ends, known.dst)
  if (!isMade(known.mapped)) return false
  if (curve.firstOffCurve(many(known.mapped)) !== -1) return false
  return Array.from({ length: asked }, (_, at) => at).every((at) => {
    const points = many(known.mapped)
    points.set(decodeHex(known.twist), at * POINT_BYTES)
    return curve.firstOffCurve(points) === at
  })
}
