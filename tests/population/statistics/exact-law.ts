import type { NoiseLaw } from '../../../src/population/index.ts'

/** The probability of a draw: by the textbook's formula, in floating point, apart from the product's integers. */
export function probabilityOf(law: NoiseLaw): (draw: number) => number {
  if (law.kind === 'discrete-laplace') {
    const ratio = Math.exp(-law.scale.den / law.scale.num)
    return (draw) => ((1 - ratio) / (1 + ratio)) * ratio ** Math.abs(draw)
  }
  const variance = law.variance.num / law.variance.den
  const weight = (draw: number): number => Math.exp(-(draw ** 2) / (2 * variance))
  let whole = 1
  for (let draw = 1; weight(draw) > 1e-18; draw += 1) whole += 2 * weight(draw)
  return (draw) => weight(draw) / whole
}

/** How many standard deviations the chi-square of draws lies from what their law expects; neighbours share a class. */
export function chiSquareDeviation(draws: readonly number[], law: NoiseLaw): number {
  const probability = probabilityOf(law)
  const seen = new Map<number, number>()
  for (const draw of draws) seen.set(draw, (seen.get(draw) ?? 0) + 1)
  const classes: { expected: number; found: number }[] = []
  let open = { expected: 0, found: 0 }
  const reach = draws.reduce((most, draw) => Math.max(most, Math.abs(draw)), 0)
  for (let draw = -reach; draw <= reach; draw += 1) {
    open = {
      expected: open.expected + probability(draw) * draws.length,
      found: open.found + (seen.get(draw) ?? 0),
    }
    if (open.expected < 25) continue
    classes.push(open)
    open = { expected: 0, found: 0 }
  }
  const last = classes.at(-1)
  if (last !== undefined) {
    last.expected += open.expected
    last.found += open.found
  }
  const chiSquare = classes.reduce(
    (sum, { expected, found }) => sum + (found - expected) ** 2 / expected,
    0,
  )
  const freedom = classes.length - 1
  return (chiSquare - freedom) / Math.sqrt(2 * freedom)
}
