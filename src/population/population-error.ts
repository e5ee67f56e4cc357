/** What can keep a question about a population from an outcome. */
export const populationErrorCodes = [
  /** This organisation has no agreement of that name to ask under. */
  'AGREEMENT_UNKNOWN',
  /** The agreement names a provider that is no peer. */
  'PEER_UNKNOWN',
  /** The provider gave no valid reply. */
  'PEER_UNAVAILABLE',
  /** The provider refused in its own words, without an entry; see `detail`. */
  'PEER_REFUSED',
  /** The provider could not prove its answer. */
  'ANSWER_REFUSED',
  /** The query is not of the form. */
  'QUERY_MALFORMED',
  /** No question of this organisation has that exchange id. */
  'RESULT_UNKNOWN',
] as const

/** One of {@link populationErrorCodes}. */
export type PopulationErrorCode = (typeof populationErrorCodes)[number]

/** Rejections of what asks about populations. Never holds a value of a person. */
export class PopulationError extends Error {
  override readonly name = 'PopulationError'
  readonly code: PopulationErrorCode
  /** The provider's code, for `PEER_REFUSED`; the place in the query, for `QUERY_MALFORMED`. */
  readonly detail: string | undefined

  constructor(
    code: PopulationErrorCode,
    message: string,
    more: { readonly detail?: string; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.code = code
    this.detail = more.detail
  }
}
