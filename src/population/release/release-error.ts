/**
 * Why a document is no release.
 *
 * `RELEASE_MALFORMED`: not canonical JSON of the closed form. `RELEASE_SHAPE`: its cells are not one whole table of its
 * query. `RELEASE_NUMBERS`: its laws, sensitivities or intervals are not those that its query gives.
 * `RELEASE_CERTIFICATE`: its certificate does not fit the query, or does not add up. `RELEASE_ROWS`: rows that
 * stand beside it are not computed from it. `RELEASE_SIGNATURE`: the provider has not signed these bytes.
 */
export type ReleaseErrorCode =
  | 'RELEASE_MALFORMED'
  | 'RELEASE_SHAPE'
  | 'RELEASE_NUMBERS'
  | 'RELEASE_CERTIFICATE'
  | 'RELEASE_ROWS'
  | 'RELEASE_SIGNATURE'

/** A refused release. A release is about nobody, and so is the message. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError'
  readonly code: ReleaseErrorCode

  constructor(code: ReleaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
