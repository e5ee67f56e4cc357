/** ln n!, by Stirling's series from 20 on (Abramowitz and Stegun 6.1.41), exact products below. */
export function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1
    for (let factor = 2; factor <= n; factor += 1) product *= factor
    return Math.log(product)
  }
  const x = n + 1
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}

/** Sums terms from `from` on until they add nothing; `ratioOf(k)` is term k + 1 over term k. */
function sumFrom(first: number, from: number, ratioOf: (k: number) => number, to: number): number {
  let term = first
  let sum = 0
  for (let k = from; k <= to; k += 1) {
    sum += term
    const ratio = ratioOf(k)
    term *= ratio
    if (ratio < 1 && term <= sum * 1e-12) break
  }
  return Math.min(1, sum)
}

/** P(X ≥ x) of a Poisson law. */
export function poissonTail(x: number, mean: number): number {
  if (x <= 0) return 1
  if (mean <= 0) return 0
  const first = Math.exp(x * Math.log(mean) - mean - logFactorial(x))
  return x < mean
    ? 1 - poissonBelow(x, mean)
    : sumFrom(first, x, (k) => mean / (k + 1), Number.MAX_SAFE_INTEGER)
}

function poissonBelow(x: number, mean: number): number {
  let sum = 0
  for (let k = 0; k < x; k += 1) sum += Math.exp(k * Math.log(mean) - mean - logFactorial(k))
  return Math.min(1, sum)
}

/** P(X ≥ x) of a binomial law of `n` trials. */
export function binomialTail(x: number, n: number, p: number): number {
  if (x <= 0) return 1
  if (x > n || p <= 0) return 0
  if (p >= 1) return 1
  const logTerm = (k: number): number =>
    logFactorial(n) -
    logFactorial(k) -
    logFactorial(n - k) +
    k * Math.log(p) +
    (n - k) * Math.log1p(-p)
  const odds = p / (1 - p)
  if (x > n * p) return sumFrom(Math.exp(logTerm(x)), x, (k) => ((n - k) / (k + 1)) * odds, n)
  let below = 0
  for (let k = 0; k < x; k += 1) below += Math.exp(logTerm(k))
  return Math.max(0, 1 - below)
}

/** P(X ≥ x) of a geometric law on 0, 1, 2 … with this mean. */
export function geometricTail(x: number, mean: number): number {
  return x <= 0 ? 1 : (mean / (1 + mean)) ** x
}

/** The smallest `x` from `from` on with `tail(x)` at most `most`; `undefined` where none up to `to` has. */
export function smallestWithTail(
  tail: (x: number) => number,
  most: number,
  { from, to }: { readonly from: number; readonly to: number },
): number | undefined {
  for (let x = from; x <= to; x += 1) if (tail(x) <= most) return x
  return undefined
}
