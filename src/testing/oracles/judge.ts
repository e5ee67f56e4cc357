/** The invariants that a simulation watches, by their number in `spec/invariants.md`. */
export const oracleIds = [
  'I1',
  'I2',
  'I3',
  'I4',
  'I5',
  'I7',
  'I8',
  'I9',
  'I11',
  'I12',
  'I14',
  'I16',
  'I17',
  'I18',
] as const

/** One of {@link oracleIds}. */
export type OracleId = (typeof oracleIds)[number]

/** An invariant that did not hold. */
export interface Violation {
  readonly oracle: OracleId
  readonly text: string
}

/** Takes every comparison that an oracle makes: counts it, and keeps what did not hold. */
export class Judge {
  readonly evaluations: Map<OracleId, number> = new Map(oracleIds.map((id) => [id, 0]))
  readonly violations: Violation[] = []
  readonly #waived: ReadonlySet<OracleId>

  /** `waived` are those that cannot hold where somebody is dishonest on purpose. */
  constructor(waived: readonly OracleId[] = []) {
    this.#waived = new Set(waived)
  }

  /** One comparison; `text` says what is wrong when it does not hold. */
  check(oracle: OracleId, holds: boolean, text: () => string): void {
    this.evaluations.set(oracle, (this.evaluations.get(oracle) ?? 0) + 1)
    if (!holds && !this.#waived.has(oracle)) this.violations.push({ oracle, text: text() })
  }
}
