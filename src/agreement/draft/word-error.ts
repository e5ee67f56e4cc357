/** A value of a draft that is not in the draft's words; caught where the draft is read. */
export class WordError extends Error {
  override readonly name = 'WordError'
  /** Keys and positions below the key that was read. */
  readonly below: readonly (string | number)[]

  /** Whether nothing is written where a value is needed. */
  readonly missing: boolean

  constructor(message: string, below: readonly (string | number)[] = [], missing = false) {
    super(message)
    this.below = below
    this.missing = missing
  }
}
