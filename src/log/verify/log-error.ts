/**
 * Why something of a log was refused. `…_MALFORMED`: it does not parse, whoever signed it.
 * `NOTE_UNSIGNED`: no signature of a known key. `SIGNATURE_INVALID`: a known key's line does not
 * verify. `KEY_AMBIGUOUS`: two configured keys share name and key ID. `ALGORITHM_MISSING`: a known
 * key signed with an algorithm that this reader was not given. `SIZE_UNSUPPORTED`: well-formed, but
 * above 2^53 − 1. `EXTENSION_REFUSED`: a checkpoint with extension lines.
 */
export type LogErrorCode =
  | 'KEY_MALFORMED'
  | 'KEY_TYPE_UNSUPPORTED'
  | 'KEY_AMBIGUOUS'
  | 'NOTE_MALFORMED'
  | 'NOTE_UNSIGNED'
  | 'SIGNATURE_INVALID'
  | 'ALGORITHM_MISSING'
  | 'CHECKPOINT_MALFORMED'
  | 'SIZE_UNSUPPORTED'
  | 'EXTENSION_REFUSED'
  | 'PROOF_MALFORMED'
  | 'POLICY_MALFORMED'
  | 'SOURCE_FAILED'

/** Something of a log that is refused, or could not be read. The message repeats no content. */
export class LogError extends Error {
  override readonly name = 'LogError'
  readonly code: LogErrorCode

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
