import type { EdwardsGroup, JoinGroup } from '../../crypto/index.ts'
import {
  bytesOf,
  curveSquare,
  edwardsToU,
  FIELD_ORDER,
  fieldBytesHasher,
  fieldPower,
  numberOf,
  packedAt,
  packedCount,
  POINT_BYTES,
  uToEdwards,
} from '../../crypto/index.ts'
import { loadSodium } from '../load-sodium.ts'

/** The functions of sodium-native that are used here; each fills its first buffer. */
interface Sodium {
  crypto_scalarmult(product: Uint8Array, scalar: Uint8Array, point: Uint8Array): void
  crypto_scalarmult_base(product: Uint8Array, scalar: Uint8Array): void
  crypto_core_ed25519_from_uniform(point: Uint8Array, uniform: Uint8Array): void
  crypto_core_ed25519_add(sum: Uint8Array, one: Uint8Array, other: Uint8Array): void
  crypto_core_ed25519_sub(difference: Uint8Array, one: Uint8Array, other: Uint8Array): void
  crypto_scalarmult_ed25519_noclamp(
    product: Uint8Array,
    scalar: Uint8Array,
    point: Uint8Array,
  ): void
  crypto_scalarmult_ed25519_base_noclamp(product: Uint8Array, scalar: Uint8Array): void
}

const names: readonly (keyof Sodium)[] = [
  'crypto_scalarmult',
  'crypto_scalarmult_base',
  'crypto_core_ed25519_from_uniform',
  'crypto_core_ed25519_add',
  'crypto_core_ed25519_sub',
  'crypto_scalarmult_ed25519_noclamp',
  'crypto_scalarmult_ed25519_base_noclamp',
]

/**
 * The group of the join by libsodium, which multiplies in constant time. `undefined` on a machine for which sodium-native has no
 * binary.
 */
export function sodiumJoinGroup(): JoinGroup | undefined {
  const sodium = loadSodium(isSodium)
  if (sodium === undefined) return undefined
  return {
    hash(identifiers, dst) {
      const toField = fieldBytesHasher(dst)
      const points = new Uint8Array(identifiers.length * POINT_BYTES)
      identifiers.forEach((identifier, at) => {
        sodium.crypto_core_ed25519_from_uniform(packedAt(points, at), toField(identifier))
      })
      return edwardsToU(points)
    },
    mask: (scalar, points) =>
      each(points, (output, point) => exchange(sodium, output, { scalar, point })),
    base: (scalars) =>
      each(scalars, (output, scalar) => sodium.crypto_scalarmult_base(output, scalar)),
    share: (scalars, point) =>
      each(scalars, (output, scalar) => exchange(sodium, output, { scalar, point })),
    firstOffCurve(points) {
      const lifted = uToEdwards(points)
      for (let at = 0; at < packedCount(points); at += 1) {
        if (!isOnCurve(sodium, packedAt(points, at), packedAt(lifted, at))) return at
      }
      return -1
    },
    edwards: sodiumEdwardsGroup(sodium),
  }
}

function each(
  packed: Uint8Array,
  compute: (output: Uint8Array, one: Uint8Array) => void,
): Uint8Array {
  const outputs = new Uint8Array(packed.length)
  for (let at = 0; at < packedCount(packed); at += 1)
    compute(packedAt(outputs, at), packedAt(packed, at))
  return outputs
}

/** libsodium refuses an all-zero output, which is left to the caller here. */
function exchange(
  sodium: Sodium,
  output: Uint8Array,
  { scalar, point }: { readonly scalar: Uint8Array; readonly point: Uint8Array },
): void {
  try {
    sodium.crypto_scalarmult(output, scalar, point)
  } catch (cause) {
    if (scalar.length !== POINT_BYTES || point.length !== POINT_BYTES) throw cause
    output.fill(0)
  }
}

const basePoint = bytesOf((4n * fieldPower(5n, FIELD_ORDER - 2n)) % FIELD_ORDER)
const sum = new Uint8Array(POINT_BYTES)

/**
 * Whether a u is one of the curve: whether libsodium, which adds points of edwards25519 in any group, takes the point that u
 * comes from as a point. −1 comes from none, and its verdict is that of Euler's criterion.
 */
function isOnCurve(sodium: Sodium, u: Uint8Array, lifted: Uint8Array): boolean {
  // y is 0 for −1, whatever the encoding, and for u = 1, which is of the curve.
  if (lifted.every((byte) => byte === 0)) return isOneOrOnCurve(numberOf(u) % FIELD_ORDER)
  try {
    sodium.crypto_core_ed25519_add(sum, lifted, basePoint)
    return true
  } catch {
    return false
  }
}

function isOneOrOnCurve(u: bigint): boolean {
  return u === 1n || fieldPower(curveSquare(u) % FIELD_ORDER, (FIELD_ORDER - 1n) / 2n) === 1n
}

function sodiumEdwardsGroup(sodium: Sodium): EdwardsGroup {
  const made = (compute: (output: Uint8Array) => void): Uint8Array => {
    const output = new Uint8Array(POINT_BYTES)
    try {
      compute(output)
    } catch (cause) {
      throw new RangeError('these bytes are no such point of edwards25519', { cause })
    }
    return output
  }
  return {
    add: (one, other) => made((sum) => sodium.crypto_core_ed25519_add(sum, one, other)),
    subtract: (one, other) =>
      made((difference) => sodium.crypto_core_ed25519_sub(difference, one, other)),
    multiply: (scalar, point) =>
      made((product) => sodium.crypto_scalarmult_ed25519_noclamp(product, bytesOf(scalar), point)),
    multiplyBase: (scalar) =>
      made((product) => sodium.crypto_scalarmult_ed25519_base_noclamp(product, bytesOf(scalar))),
  }
}

function isSodium(loaded: unknown): loaded is Sodium {
  return typeof loaded === 'object' && loaded !== null && names.every((name) => name in loaded)
}
