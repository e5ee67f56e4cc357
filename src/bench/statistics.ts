/** The middle of the values, or the mean of the two in the middle. @throws RangeError for none */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const high = sorted[Math.floor(sorted.length / 2)]
  const low = sorted[Math.ceil(sorted.length / 2) - 1]
  if (low === undefined || high === undefined) throw new RangeError('no values')
  return (low + high) / 2
}

/**
 * The smallest of the values that at least the share `q` of them does not exceed (nearest rank).
 *
 * @throws RangeError for no values, or a share outside 0 … 1
 */
export function quantile(values: readonly number[] | Float64Array, q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError('q must be from 0 to 1')
  const sorted = Float64Array.from(values).sort()
  const found = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]
  if (found === undefined) throw new RangeError('no values')
  return found
}
