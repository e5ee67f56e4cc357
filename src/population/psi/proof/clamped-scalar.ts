import { numberOf } from '../../../crypto/index.ts'

/** The number that 32 secret bytes stand for (RFC 7748, 5): a multiple of 8 with bit 254 set. */
export function clampedScalar(scalar: Uint8Array): bigint {
  const low = numberOf(scalar) & (2n ** 254n - 1n)
  return ((low >> 3n) << 3n) | (1n << 254n)
}
