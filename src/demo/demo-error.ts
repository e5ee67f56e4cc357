/** Why the demo could not go on. */
export type DemoErrorCode =
  'PROCESS_LOST' | 'REQUEST_FAILED' | 'CHECK_FAILED' | 'FOLDER_NOT_EMPTY' | 'NOT_KEPT'

/** A failure of the demo itself; an expected refusal is a value. */
export class DemoError extends Error {
  override readonly name = 'DemoError'
  readonly code: DemoErrorCode

  constructor(code: DemoErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
