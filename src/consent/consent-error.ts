/** Why an issuer of consent does not start. */
export type ConsentErrorCode = 'CONFIG_UNREADABLE' | 'CONFIG_INVALID' | 'RECORDS_INVALID'

/** A failure to start an issuer of consent. The message is a plain sentence and holds no key material. */
export class ConsentError extends Error {
  override readonly name = 'ConsentError'
  readonly code: ConsentErrorCode

  constructor(code: ConsentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
