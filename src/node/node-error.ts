/** Why a gateway does not start, or stopped. */
export type NodeErrorCode =
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_INVALID'
  | 'KEY_FILE_INVALID'
  | 'AGREEMENT_FILE_INVALID'
  | 'DEMO_PEER_REFUSED'
  | 'LOG_REGRESSED'
  | 'WRITER_FAILED'

/** A failure of a gateway as a whole. The message is one sentence and says what to do. */
export class NodeError extends Error {
  override readonly name = 'NodeError'
  readonly code: NodeErrorCode

  constructor(code: NodeErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
