/** Why a witness does not start. */
export type WitnessErrorCode =
  'CONFIG_UNREADABLE' | 'CONFIG_INVALID' | 'KEY_FILE_INVALID' | 'STORE_GONE'

/** A failure to start a witness. The message is a plain sentence and holds no key material. */
export class WitnessError extends Error {
  override readonly name = 'WitnessError'
  readonly code: WitnessErrorCode

  constructor(code: WitnessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
