import { expNegative, fixedOne, type Fixed, multiply, power } from './fixed-point.ts'

/** Millionths of epsilon or rho: what ledgers and plans count in. */
export type Micro = number

const million = 1_000_000n

/**
 * A delta that rho-zCDP surely keeps at this epsilon, by the bound of one order alpha (Canonne, Kamath, Steinke 2020,
 * Proposition 12): exp((α − 1)(α·rho − epsilon)) / (α − 1) · (1 − 1/α)^α. Any α gives a valid one.
 */
function deltaAt(alpha: bigint, microRho: bigint, microEpsilon: bigint): Fixed | undefined {
  const exponent = (alpha - 1n) * (microEpsilon - alpha * microRho)
  if (exponent < 0n) return undefined
  const ratio = power((fixedOne * (alpha - 1n)) / alpha, alpha)
  return multiply(expNegative(exponent, million), ratio) / (alpha - 1n) + 1n
}

function wholeRoot(value: bigint): bigint {
  let root = 0n
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) {
    if ((root + bit) ** 2n <= value) root += bit
  }
  return root
}

/** Whole orders around the best one, which is near sqrt(ln(1/delta) / rho). */
function orders(microRho: bigint, deltaExponent: bigint): readonly bigint[] {
  const best = wholeRoot((deltaExponent * 2_302_585n) / microRho)
  return [-4n, -3n, -2n, -1n, 0n, 1n, 2n, 3n, 4n]
    .map((step) => best + step)
    .filter((alpha) => alpha >= 2n)
}

function keeps(microRho: bigint, microEpsilon: bigint, deltaExponent: bigint): boolean {
  const target = fixedOne / 10n ** deltaExponent
  return orders(microRho, deltaExponent).some((alpha) => {
    const delta = deltaAt(alpha, microRho, microEpsilon)
    return delta !== undefined && delta <= target
  })
}

/**
 * The most rho, in millionths and rounded down, whose zero-concentrated privacy is (epsilon, 10^−deltaExponent)-private.
 * By integers: the conversion errs on the private side. 0 when there is none.
 *
 * @throws RangeError unless 1 ≤ microEpsilon ≤ 10^8 and 1 ≤ deltaExponent ≤ 30
 */
export function rhoWithin(microEpsilon: Micro, deltaExponent: number): Micro {
  const isEpsilon = Number.isInteger(microEpsilon) && microEpsilon >= 1 && microEpsilon <= 1e8
  if (!isEpsilon) throw new RangeError('epsilon is a whole number of millionths from 1 to 10^8')
  if (!Number.isInteger(deltaExponent) || deltaExponent < 1 || deltaExponent > 30)
    throw new RangeError('delta is 10 to the power of −1 to −30')
  const [epsilon, exponent] = [BigInt(microEpsilon), BigInt(deltaExponent)]
  let rho = 0n
  for (let bit = 1n << 27n; bit > 0n; bit >>= 1n) {
    if (keeps(rho + bit, epsilon, exponent)) rho += bit
  }
  return Number(rho)
}
