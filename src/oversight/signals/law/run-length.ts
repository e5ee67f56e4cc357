/**
 * A day's count: negative binomial with this mean, variance mean + spread × mean². With a spread of 0 it
 * is a Poisson law.
 */
export interface CountLaw {
  readonly mean: number
  readonly spread: number
}

/** P(X = 0), P(X = 1) … until what is left is below 10⁻¹². */
export function countProbabilities({ mean, spread }: CountLaw): readonly number[] {
  const size = 1 / spread
  const odds = (mean * spread) / (1 + mean * spread)
  const ratio = (k: number): number =>
    spread === 0 ? mean / (k + 1) : ((k + size) / (k + 1)) * odds
  const first = spread === 0 ? Math.exp(-mean) : (1 + mean * spread) ** -size
  const found = [first]
  let term = first
  for (let k = 0; term > 1e-13 || k < mean; k += 1) {
    term *= ratio(k)
    found.push(term)
  }
  return found
}

/** A sum S ← max(0, S + count − `allowance`) that gives an alarm when it reaches `limit`. */
export interface Cusum {
  readonly allowance: number
  readonly limit: number
  /** Mean days until an alarm where nothing has changed. */
  readonly runLength: number
}

/** Solves A·x = 1 for a square matrix by elimination with pivots; the first component of x. */
function solveFirst(matrix: Float64Array[], size: number): number {
  const right = new Float64Array(size).fill(1)
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(at(matrix, row, column)) > Math.abs(at(matrix, pivot, column))) pivot = row
    swap(matrix, right, column, pivot)
    for (let row = column + 1; row < size; row += 1) reduce(matrix, right, row, column)
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = right[row] ?? 0
    for (let column = row + 1; column < size; column += 1)
      sum -= at(matrix, row, column) * (right[column] ?? 0)
    right[row] = sum / at(matrix, row, row)
  }
  return right[0] ?? Number.NaN
}

function at(matrix: Float64Array[], row: number, column: number): number {
  return matrix[row]?.[column] ?? 0
}

function swap(matrix: Float64Array[], right: Float64Array, one: number, other: number): void {
  const [a, b] = [matrix[one], matrix[other]]
  if (one === other || a === undefined || b === undefined) return
  matrix[one] = b
  matrix[other] = a
  const kept = right[one] ?? 0
  right[one] = right[other] ?? 0
  right[other] = kept
}

function reduce(matrix: Float64Array[], right: Float64Array, row: number, by: number): void {
  const [changed, pivot] = [matrix[row], matrix[by]]
  if (changed === undefined || pivot === undefined) return
  const factor = (changed[by] ?? 0) / (pivot[by] ?? 1)
  if (factor === 0) return
  for (let column = by; column < pivot.length; column += 1)
    changed[column] = (changed[column] ?? 0) - factor * (pivot[column] ?? 0)
  right[row] = (right[row] ?? 0) - factor * (right[by] ?? 0)
}

/**
 * The mean run length of a sum that begins at 0, exactly: the sum is a Markov chain on multiples of
 * `step`, and (I − Q)·L = 1 over the states below the limit (Brook and Evans, Biometrika 59, 1972).
 *
 * @param cusum allowance and limit, both multiples of `step`, which divides 1
 */
export function meanRunLength(
  probabilities: readonly number[],
  { allowance, limit }: Pick<Cusum, 'allowance' | 'limit'>,
  step: number,
): number {
  const states = Math.round(limit / step)
  const perCount = Math.round(1 / step)
  const down = Math.round(allowance / step)
  const matrix = Array.from({ length: states }, (_, state) => {
    const row = new Float64Array(states)
    row[state] = 1
    probabilities.forEach((probability, count) => {
      const next = Math.max(0, state + count * perCount - down)
      if (next < states) row[next] = (row[next] ?? 0) - probability
    })
    return row
  })
  return solveFirst(matrix, states)
}

const mostStates = 160

/** How finely the sum counts: so that allowances tell means apart, and states stay few. */
function stepFor(mean: number): number {
  if (mean < 4) return 0.25
  return mean < 12 ? 0.5 : 1
}

/**
 * The sum that finds a rise of the mean by `rise` soonest and has at least this mean run length without one.
 * The allowance is that of the likelihood ratio of the two laws. `undefined` where no limit
 * of a few hundred gives it.
 */
export function designCusum(law: CountLaw, rise: number, runLength: number): Cusum | undefined {
  const step = stepFor(law.mean)
  const allowance = Math.round(allowanceOf(law, rise) / step) * step
  const probabilities = countProbabilities(law)
  const lengthAt = (states: number): number =>
    meanRunLength(probabilities, { allowance, limit: states * step }, step)
  let [low, high] = [1, mostStates]
  if (lengthAt(high) < runLength) return undefined
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (lengthAt(middle) >= runLength) high = middle
    else low = middle + 1
  }
  return { allowance, limit: low * step, runLength: lengthAt(low) }
}

/** Where the likelihood ratio of one count is 1. */
function allowanceOf({ mean, spread }: CountLaw, rise: number): number {
  const risen = mean + rise
  if (spread === 0) return rise / Math.log(risen / mean)
  const above = Math.log((1 + spread * risen) / (1 + spread * mean)) / spread
  return above / Math.log((risen * (1 + spread * mean)) / (mean * (1 + spread * risen)))
}
