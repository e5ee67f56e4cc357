/** Above it, two samples of times are taken to be of two populations (dudect). */
export const telling = 4.5

function momentsOf(sample: readonly number[]): { readonly mean: number; readonly square: number } {
  const mean = sample.reduce((sum, one) => sum + one, 0) / sample.length
  const squares = sample.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  return { mean, square: squares / (sample.length - 1) / sample.length }
}

/** Welch's t of two samples. */
export function welchT(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [momentsOf(one), momentsOf(other)]
  return (a.mean - b.mean) / Math.sqrt(a.square + b.square)
}

const percentiles = [1, 0.9, 0.75, 0.5]
const fewest = 10

/**
 * The largest absolute t of two samples, whole and without the slowest of both together: what a busy
 * machine adds to the slow ones must not hide a difference between the quick ones.
 */
export function largestT(one: readonly number[], other: readonly number[]): number {
  const all = [...one, ...other].toSorted((a, b) => a - b)
  const found = percentiles.map((part) => {
    const limit = all[Math.ceil(all.length * part) - 1] ?? Infinity
    const [quick, also] = [one, other].map((sample) => sample.filter((ms) => ms <= limit))
    if (quick === undefined || also === undefined) return 0
    return Math.min(quick.length, also.length) < fewest ? 0 : Math.abs(welchT(quick, also))
  })
  return Math.max(...found)
}
