/**
 * Why a holder opens nothing.
 *
 * - `IDENTITY_FILE_INVALID`: the file is none of this form.
 * - `IDENTITY_OPENING_FOREIGN`: the opening is about another entry or another sealed identity.
 * - `IDENTITY_NOT_LOGGED`: the published log does not have the opening.
 * - `IDENTITY_KEY_FOREIGN`: the key is of neither holder.
 * - `IDENTITY_SHARE_FOREIGN`: the share belongs to another entry, or to the same holder.
 * - `IDENTITY_NOT_OPENED`: what is sealed does not open: a bit is wrong, or it was moved from another entry.
 */
export type IdentityErrorCode =
  | 'IDENTITY_FILE_INVALID'
  | 'IDENTITY_OPENING_FOREIGN'
  | 'IDENTITY_NOT_LOGGED'
  | 'IDENTITY_KEY_FOREIGN'
  | 'IDENTITY_SHARE_FOREIGN'
  | 'IDENTITY_NOT_OPENED'

/** A request or a share that opens nothing; says what to do, and nothing of what is sealed. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError'
  readonly code: IdentityErrorCode

  constructor(code: IdentityErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
