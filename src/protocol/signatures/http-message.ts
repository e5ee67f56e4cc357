/** One line of a message's header section, as it was received or will be sent. */
export type FieldLine = readonly [name: string, value: string]

/** A request as a signature sees it (RFC 9421, section 2). */
export interface RequestModel {
  readonly method: string
  readonly scheme: 'https' | 'http'
  /** Host, and port where it is not the scheme's own. From configuration, not from a Host field. */
  readonly authority: string
  /** The absolute path without the query. */
  readonly path: string
  /** Empty, or the query with its question mark. */
  readonly query: string
  readonly fields: readonly FieldLine[]
}

/** A response as a signature sees it, with the request that it answers. */
export interface ResponseModel {
  readonly status: number
  readonly fields: readonly FieldLine[]
  readonly request?: RequestModel
}

/** A message whose parts a signature may cover. */
export type MessageModel = RequestModel | ResponseModel

/** Tells the two kinds of message apart. */
export function isResponse(message: MessageModel): message is ResponseModel {
  return 'status' in message
}
