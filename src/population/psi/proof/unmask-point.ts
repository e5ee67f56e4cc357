import {
  type EdwardsGroup,
  edwardsToU,
  GROUP_ORDER,
  liftU,
  reduced,
} from '../../../crypto/index.ts'
import { clampedScalar } from './clamped-scalar.ts'

/** 1/n modulo the order of the group, by Fermat; n is no multiple of it. */
function inverseOf(n: bigint): bigint {
  let [product, square] = [1n, reduced(n, GROUP_ORDER)]
  for (let left = GROUP_ORDER - 2n; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) product = (product * square) % GROUP_ORDER
    square = (square * square) % GROUP_ORDER
  }
  return product
}

/**
 * The point of the prime-order group that a scalar has masked: a holder's own gateway proves an exponent by it, since
 * h(token) itself stays where the register is read. u-coordinates.
 *
 * @throws RangeError for a point that is outside that group
 */
export function unmaskPoint(
  edwards: EdwardsGroup,
  scalar: Uint8Array,
  point: Uint8Array,
): Uint8Array {
  const inverse = inverseOf(reduced(clampedScalar(scalar), GROUP_ORDER))
  return edwardsToU(edwards.multiply(inverse, liftU(point, 0)))
}
