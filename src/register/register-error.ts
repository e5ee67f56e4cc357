/**
 * Why a register did not answer.
 *
 * `UNAVAILABLE`: it cannot be reached, or its process ended; asking again may help. `DESCRIPTION_INVALID`:
 * the description is malformed, or not true of the records. `RECORDS_INVALID`: the records are not what the
 * description says, as duplicate subjects or values of another type. `ELEMENT_UNKNOWN`: the description has
 * no such element. `SCHEME_MISMATCH`: the subject is named in another identifier scheme.
 * `SHAPE_REFUSED`: the plan is outside the closed grammar, or asks too much of it. `ROLE_REFUSED`: the
 * database role can do more than a gateway may. `KEY_INVALID`: the file of a case source's key holds none.
 * `JOINS_NOT_GRANTED`: the register's owner has not allowed its rows to be masked for joins.
 */
export type RegisterErrorCode =
  | 'UNAVAILABLE'
  | 'DESCRIPTION_INVALID'
  | 'RECORDS_INVALID'
  | 'ELEMENT_UNKNOWN'
  | 'SCHEME_MISMATCH'
  | 'SHAPE_REFUSED'
  | 'ROLE_REFUSED'
  | 'KEY_INVALID'
  | 'JOINS_NOT_GRANTED'

/** A register's failure. The message names elements and columns, never a subject and never a value. */
export class RegisterError extends Error {
  override readonly name = 'RegisterError'
  readonly code: RegisterErrorCode

  constructor(code: RegisterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
