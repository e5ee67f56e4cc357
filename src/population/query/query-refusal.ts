/** Why a population question is not carried out. Closed; none depends on the records. */
export const refusalCodes = [
  'MALFORMED',
  'AGREEMENT_UNKNOWN',
  'AGREEMENT_NOT_ACTIVE',
  'TIME_LOCKED',
  'AGREEMENT_EXPIRED',
  'AGREEMENT_SUSPENDED',
  'ELEMENT_NOT_AGREED',
  'PROTECTED_ELEMENT',
  'SHAPE_REFUSED',
  'EPSILON_TOO_LARGE',
  'BUDGET_SPENT',
] as const

/** One of {@link refusalCodes}. */
export type RefusalCode = (typeof refusalCodes)[number]

/** A refusal with what to do about it. */
export interface QueryRefusal {
  readonly code: RefusalCode
  /** Which part of the query, as `by[1]`; `''` for the whole. */
  readonly path: string
  /** One sentence in plain words, of public facts alone. */
  readonly message: string
}
