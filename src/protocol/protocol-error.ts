/**
 * Why a message was refused. `MALFORMED`: not the canonical form of anything that the schema allows.
 * `TOO_LARGE`: cut off unread. `COMPONENT_REFUSED`: a signature base asks for what the message has
 * not, or what is not supported.
 */
export type ProtocolErrorCode = 'MALFORMED' | 'TOO_LARGE' | 'COMPONENT_REFUSED'

/** A message that cannot be used. Says where, as a JSON path, and never what it found there. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code: ProtocolErrorCode
  /** Where in a JSON message: `$`, `$.subject.value`, `$.elements[3]`. `$` when it is not JSON. */
  readonly path: string

  constructor(code: ProtocolErrorCode, message: string, path = '$') {
    super(path === '$' ? message : `${message} at ${path}`)
    this.code = code
    this.path = path
  }
}
