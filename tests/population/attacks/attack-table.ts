/** One attack, as it went against the product and against the twin without its guard. */
export interface AttackRow {
  readonly attack: string
  readonly product: string
  /** What the twin lacks, and how the same attack went there. */
  readonly twin: string
}

/** Prints a row of the run that it describes, as a page's table has it. */
export function printAttack({ attack, product, twin }: AttackRow): void {
  console.log(`| ${attack} | ${product} | ${twin} |`)
}

/** A share of a hundred. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** The share of yes-or-no guesses about one person that an epsilon lets be right: e^ε / (1 + e^ε). */
export function mostRight(epsilon: number): number {
  return Math.exp(epsilon) / (1 + Math.exp(epsilon))
}

/** Three standard deviations of a share of `count` guesses. */
export function threeSigma(share: number, count: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / count)
}
