import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

import { decodeHex, encodeHex } from '../../bytes/index.ts'
import type { EdwardsGroup, JoinGroup } from '../../crypto/index.ts'
import { bytesOf, fieldHasher, packedCount, POINT_BYTES } from '../../crypto/index.ts'

/** What `native/module.c` exports on a processor that has AVX2; the first two fill their first array. */
export interface NativeCurve {
  /** X25519 of as many scalars and points as there are outputs; one scalar or one point stands for all. */
  multiply(outputs: Uint8Array, scalars: Uint8Array, points: Uint8Array): void
  /** Elligator 2 of each number, times the cofactor. */
  map(outputs: Uint8Array, numbers: Uint8Array): void
  firstOffCurve(points: Uint8Array): number
}

const names: readonly (keyof NativeCurve)[] = ['multiply', 'map', 'firstOffCurve']
const built = new URL('../../../native/build/join-group.node', import.meta.url)

/**
 * The group of the join four points at a time, by what `native/build.sh` builds. `undefined` when it was not built, cannot run
 * on this machine, or gives a wrong answer to a question whose answer is known.
 */
export function nativeJoinGroup(
  edwards: EdwardsGroup,
  curve: NativeCurve | undefined = loadNativeCurve(),
): JoinGroup | undefined {
  if (curve === undefined || !isRight(curve)) return undefined
  const made = (count: number, fill: (outputs: Uint8Array) => void): Uint8Array => {
    const outputs = new Uint8Array(count * POINT_BYTES)
    fill(outputs)
    return outputs
  }
  return {
    hash(identifiers, dst) {
      const toField = fieldHasher(dst)
      const numbers = new Uint8Array(identifiers.length * POINT_BYTES)
      identifiers.forEach((identifier, at) => {
        numbers.set(bytesOf(toField(identifier)), at * POINT_BYTES)
      })
      return made(identifiers.length, (points) => curve.map(points, numbers))
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

function one(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== POINT_BYTES)
    throw new RangeError(`a point or scalar has 32 bytes, not ${bytes.length}`)
  return bytes
}

/** What was built, when it is there and this processor can run it. */
export function loadNativeCurve(): NativeCurve | undefined {
  try {
    const loaded: unknown = createRequire(import.meta.url)(fileURLToPath(built))
    return isNativeCurve(loaded) ? loaded : undefined
  } catch {
    return undefined
  }
}

function isNativeCurve(loaded: unknown): loaded is NativeCurve {
  return typeof loaded === 'object' && loaded !== null && names.every((name) => name in loaded)
}

/** Of RFC 7748, 5.2, and of RFC 9380, J.4.2: `abc` in the field, and as a point. */
const known = {
  scalar: 'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
  point: 'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
  product: 'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
  number: 'a58dcabe9a1d3dd6d1d734022350af6185e64b058dcc32f2a7eabf9424b2f546',
  mapped: '26a0f950b4c925464b893bf48d571a447aa4aefc62423366a80f907d0b95227c',
  twist: `02${'00'.repeat(31)}`,
}

/** Five questions of each kind: every lane, and one that is not full. */
function isRight(curve: NativeCurve): boolean {
  const five = (hex: string): Uint8Array => decodeHex(hex.repeat(5))
  const outputs = new Uint8Array(5 * POINT_BYTES)
  curve.multiply(outputs, decodeHex(known.scalar), five(known.point))
  if (encodeHex(outputs) !== known.product.repeat(5)) return false
  curve.map(outputs, five(known.number))
  if (encodeHex(outputs) !== known.mapped.repeat(5)) return false
  if (curve.firstOffCurve(five(known.mapped)) !== -1) return false
  return [0, 1, 2, 3, 4].every((at) => {
    const points = five(known.mapped)
    points.set(decodeHex(known.twist), at * POINT_BYTES)
    return curve.firstOffCurve(points) === at
  })
}
