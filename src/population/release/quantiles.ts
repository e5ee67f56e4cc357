/** A bucket that a quantile lies in: values from `from` to `to`, both included. */
export interface QuantileBucket {
  readonly ppm: number
  readonly from: number
  readonly to: number
}

/**
 * Quantiles out of noisy buckets: of each share the first bucket at which the running sum, made monotone by its running
 * maximum, reaches that share of the noisy whole. Monotone in the share; `undefined` where the noisy whole is below one.
 * Post-processing: by released numbers alone.
 */
export function quantilesOf(
  buckets: readonly number[],
  ppm: readonly number[],
  grid: { readonly min: number; readonly width: number; readonly max: number },
): readonly QuantileBucket[] | undefined {
  const running: number[] = []
  let sum = 0
  let highest = 0
  for (const count of buckets) {
    sum += count
    highest = Math.max(highest, sum)
    running.push(highest)
  }
  if (highest < 1) return undefined
  return ppm.map((share) => {
    const wanted = BigInt(share) * BigInt(highest)
    const found = running.findIndex((count) => BigInt(count) * 1_000_000n >= wanted && count > 0)
    const from = grid.min + found * grid.width
    return { ppm: share, from, to: Math.min(grid.max, from + grid.width - 1) }
  })
}
