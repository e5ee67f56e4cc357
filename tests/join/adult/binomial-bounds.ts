const million = 1_000_000n

/** n! / (k! (n − k)!) p^k q^(n − k) for k = 0 … n, each times 10^6n: whole numbers, so that nothing is rounded. */
function weights(n: number, levelPpm: number): bigint[] {
  const [p, q] = [BigInt(levelPpm), million - BigInt(levelPpm)]
  const found: bigint[] = [q ** BigInt(n)]
  for (let k = 1; k <= n; k += 1) {
    const last = found[k - 1] ?? 0n
    found.push((last * BigInt(n - k + 1) * p) / (BigInt(k) * q))
  }
  return found
}

/** How many of `n` intervals hold, at a level. */
export interface Trials {
  readonly n: number
  readonly levelPpm: number
}

/**
 * The smallest and the largest number of `n` that a right level leaves likely: below the first, and above the second, lies at
 * most `1 / oneIn` of the binomial law each, reckoned by whole numbers.
 */
export function binomialBounds(
  { n, levelPpm }: Trials,
  oneIn: number,
): { readonly low: number; readonly high: number } {
  const all = weights(n, levelPpm)
  const total = million ** BigInt(n)
  const edge = (ordered: readonly bigint[]): number => {
    let sum = 0n
    return ordered.findIndex((weight) => {
      sum += weight
      return sum * BigInt(oneIn) > total
    })
  }
  return { low: edge(all), high: n - edge(all.toReversed()) }
}

/** The chance, of a right level, of a number at least as unlikely on its side as this one, doubled; a fraction of 1. */
export function binomialChance({ n, levelPpm }: Trials, held: number): number {
  const all = weights(n, levelPpm)
  const total = million ** BigInt(n)
  const tail = (part: readonly bigint[]): number => {
    const sum = part.reduce((one, weight) => one + weight, 0n)
    return Number((sum * 1_000_000_000_000n) / total) / 1e12
  }
  return Math.min(1, 2 * Math.min(tail(all.slice(0, held + 1)), tail(all.slice(held))))
}
