import type { EdwardsMultiply } from '../crypto/index.ts'
import { loadSodium } from './load-sodium.ts'

/** The function of sodium-native that is used here; it fills its first buffer. */
interface Sodium {
  crypto_scalarmult_ed25519_noclamp(
    product: Uint8Array,
    scalar: Uint8Array,
    point: Uint8Array,
  ): void
}

/**
 * Multiplication on edwards25519 by libsodium: constant-time, and about fifteen times as fast as in
 * JavaScript; `undefined` on a machine for which sodium-native has no binary.
 */
export function sodiumEdwards(): EdwardsMultiply | undefined {
  const sodium = loadSodium(isSodium)
  if (sodium === undefined) return undefined
  return (scalar, point) => {
    const product = new Uint8Array(32)
    sodium.crypto_scalarmult_ed25519_noclamp(product, scalar, point)
    return product
  }
}

function isSodium(loaded: unknown): loaded is Sodium {
  return (
    typeof loaded === 'object' && loaded !== null && 'crypto_scalarmult_ed25519_noclamp' in loaded
  )
}
