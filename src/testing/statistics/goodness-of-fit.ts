/** How often a law expects one value, or a set of them, among all draws, and how often it was drawn. */
export interface FitCell {
  readonly expected: number
  readonly seen: number
}

/** Below so many expected draws the square of a deviation is not distributed as that of a normal one. */
const leastExpected = 20

/** Cells of at least {@link leastExpected} draws each: rare ones are one cell together, or part of the rarest other. */
function commonCells(cells: readonly FitCell[]): readonly FitCell[] {
  const sum = (some: readonly FitCell[]): FitCell => ({
    expected: some.reduce((total, { expected }) => total + expected, 0),
    seen: some.reduce((total, { seen }) => total + seen, 0),
  })
  const rare = sum(cells.filter(({ expected }) => expected < leastExpected))
  const common = cells
    .filter(({ expected }) => expected >= leastExpected)
    .toSorted((one, other) => other.expected - one.expected)
  if (rare.expected >= leastExpected) return [...common, rare]
  return [...common.slice(0, -1), sum([...common.slice(-1), rare])]
}

/**
 * How many standard deviations the chi-square of the draws lies from what their law expects, by the cube root of Wilson and
 * Hilferty (Proc. Nat. Acad. Sci. 17, 1931): unlike the chi-square itself it has the tails of a normal law also for few cells.
 */
export function deviationOfFit(cells: readonly FitCell[]): number {
  const counted = commonCells(cells)
  const degrees = counted.length - 1
  const chiSquare = counted.reduce(
    (sum, { expected, seen }) => sum + (seen - expected) ** 2 / expected,
    0,
  )
  const variance = 2 / (9 * degrees)
  return (Math.cbrt(chiSquare / degrees) - (1 - variance)) / Math.sqrt(variance)
}
