/** Why pages could not be started, or what a gateway behind them did not give. */
export type PagesErrorCode = 'CONFIG_UNREADABLE' | 'CONFIG_INVALID' | 'REQUEST_FAILED'

/** A failure of the pages; an expected refusal is a value. Its message has nothing personal in it. */
export class PagesError extends Error {
  override readonly name = 'PagesError'
  readonly code: PagesErrorCode

  constructor(code: PagesErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
