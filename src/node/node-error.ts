/** Why a gateway does not start, or stopped. */
export type NodeErrorCode =
  | 'PAGES_NOT_BUILT'
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_INVALID'
  | 'AGREEMENT_FILE_INVALID'
  | 'DEMO_PEER_REFUSED'
  | 'DIRECTORY_REFUSED'
  | 'UNCONFIRMED'
  | 'WITNESS_UNPROVEN'
  | 'WRITER_FAILED'
  | 'LEDGER_REGRESSED'
  | 'JOIN_THREAD_ENDED'
  | 'JOIN_STEP_FAILED'
  | (typeof writerCodes)[number]

/** Codes of its writer that a gateway's end bears as they are; any other is `WRITER_FAILED`. */
export const writerCodes = [
  'LOG_MISSING',
  'LOG_CLOSED',
  'LOG_REGRESSED',
  'LOG_FORKED',
  'LOG_DAMAGED',
  'ROOT_MISMATCH',
  'NODE_MISSING',
  'TILE_MALFORMED',
  'READ_BACK_DIFFERS',
  'HEAD_CONFLICT',
  'CLOCK_BACKWARDS',
  'STORE_MISSING',
  'STORE_LOCKED',
  'STORE_NOT_DURABLE',
  'STORE_SCHEMA_UNKNOWN',
  'STORE_FAILED',
  'STORE_FULL',
  'KEY_FILE_INVALID',
  'RECORD_KEY_MISSING',
] as const

/** Codes that are evidence of tampering: somebody put back, changed or forked the log. */
export const tamperingCodes: readonly NodeErrorCode[] = [
  'LEDGER_REGRESSED',
  'LOG_REGRESSED',
  'LOG_FORKED',
  'LOG_DAMAGED',
  'ROOT_MISMATCH',
  'NODE_MISSING',
  'TILE_MALFORMED',
  'READ_BACK_DIFFERS',
]

/** A failure of a gateway as a whole. The message is one sentence and says what to do. */
export class NodeError extends Error {
  override readonly name = 'NodeError'
  readonly code: NodeErrorCode

  constructor(code: NodeErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
