import { decimalText, floorRatio } from './decimal.ts'

/** A released number and how far its noise reaches to both sides. */
export interface Noisy {
  readonly value: number
  readonly halfWidth: number
}

/** What was computed from released numbers, as decimal texts; `null` where the noise leaves it open. */
export interface Estimate {
  readonly value: string | null
  readonly low: string | null
  readonly high: string | null
}

/** All that a quotient can be while both of its parts lie in their intervals: the ends are at corners. */
function corners(above: Noisy, below: Noisy): readonly bigint[] | undefined {
  if (below.value - below.halfWidth <= 0) return undefined
  return [above.value - above.halfWidth, above.value + above.halfWidth].flatMap((num) =>
    [below.value - below.halfWidth, below.value + below.halfWidth].map((den) =>
      floorRatio(BigInt(num), BigInt(den)),
    ),
  )
}

function extremes(values: readonly bigint[]): readonly [bigint, bigint] {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : Number(a > b)))
  return [sorted[0] ?? 0n, sorted.at(-1) ?? 0n]
}

/**
 * The mean of noisy numbers: middle + sum / count. Where the noise does not tell that there is anybody, there is no interval, and
 * below one person no value. Post-processing: by released numbers alone.
 */
export function meanOf({
  sum,
  count,
  middle,
}: {
  readonly sum: Noisy
  readonly count: Noisy
  readonly middle: number
}): Estimate {
  const shift = BigInt(middle) * 10_000n
  const value =
    count.value < 1 ? null : decimalText(shift + floorRatio(BigInt(sum.value), BigInt(count.value)))
  const reach = corners(sum, count)
  if (reach === undefined) return { value, low: null, high: null }
  const [low, high] = extremes(reach)
  return { value, low: decimalText(shift + low), high: decimalText(shift + high + 1n) }
}

/** The variance of noisy numbers around their own mean: squares / count − (sum / count)². */
export function varianceOf({
  squares,
  sum,
  count,
}: {
  readonly squares: Noisy
  readonly sum: Noisy
  readonly count: Noisy
}): Estimate {
  const square = (tenThousandths: bigint): bigint => (tenThousandths * tenThousandths) / 10_000n
  const [s, c, q] = [BigInt(sum.value), BigInt(count.value), BigInt(squares.value)]
  const value = count.value < 1 ? null : decimalText(floorRatio(q * c - s * s, c * c))
  const [means, seconds] = [corners(sum, count), corners(squares, count)]
  if (means === undefined || seconds === undefined) return { value, low: null, high: null }
  const [lowMean, highMean] = extremes(means)
  const [lowSecond, highSecond] = extremes(seconds)
  const crosses = lowMean <= 0n && highMean >= 0n
  const [leastSquare, mostSquare] = extremes([square(lowMean), square(highMean + 1n)])
  return {
    value,
    low: decimalText(lowSecond - mostSquare - 1n),
    high: decimalText(highSecond + 1n - (crosses ? 0n : leastSquare)),
  }
}
