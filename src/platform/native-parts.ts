import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The arithmetic of curve25519 in lanes, out of `native/module.c`; each function but the last fills its first array. */
export interface NativeCurve {
  /** X25519 of as many scalars and points as there are outputs; one scalar or one point stands for all. */
  multiply(outputs: Uint8Array, scalars: Uint8Array, points: Uint8Array): void
  /** Elligator 2 of each number, times the cofactor. */
  map(outputs: Uint8Array, numbers: Uint8Array): void
  /** `curve25519_XMD:SHA-512_ELL2_NU_` (RFC 9380, 8.5) of messages of at most 1024 bytes, one after the other. */
  hash(outputs: Uint8Array, messages: Uint8Array, ends: Uint32Array, dst: Uint8Array): void
  /** The place of the first point that is on the twist and not on the curve, or −1. */
  firstOffCurve(points: Uint8Array): number
}

/** Fills `outputs` with SHA-256 of each of the messages that lie one after the other, with the same prefix before it. */
export type NativeSha256Each = (
  outputs: Uint8Array,
  prefix: Uint8Array,
  messages: Uint8Array,
  ends: Uint32Array,
) => void

/** What `native/build.sh` built and this processor can run; what it cannot is left out. */
export interface NativeParts {
  /** Eight points at a time, with AVX-512 IFMA. */
  readonly avx512?: NativeCurve
  /** Four points at a time. */
  readonly avx2?: NativeCurve
  readonly sha256Each?: NativeSha256Each
}

const built = new URL('../../native/build/join-group.node', import.meta.url)

/** What is there of native code: nothing where it was not built, or was built from other sources. */
export function loadNativeParts(): NativeParts {
  try {
    const loaded: unknown = createRequire(import.meta.url)(fileURLToPath(built))
    return isNativeParts(loaded) ? loaded : {}
  } catch {
    return {}
  }
}

const curveParts: readonly (keyof NativeCurve)[] = ['multiply', 'map', 'hash', 'firstOffCurve']

function isNativeParts(loaded: unknown): loaded is NativeParts {
  if (!isObject(loaded)) return false
  const curves = [loaded['avx512'], loaded['avx2']].filter((curve) => curve !== undefined)
  const areCurves = curves.every(
    (curve) => isObject(curve) && curveParts.every((name) => typeof curve[name] === 'function'),
  )
  return areCurves && ['undefined', 'function'].includes(typeof loaded['sha256Each'])
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
