/** A response as it came, uninterpreted. */
export interface ReceivedResponse {
  readonly status: number
  /** Header names are lower-case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly receivedAtMs: number
}

/** A request, ready to be written to a connection, head and body. */
export interface PreparedRequest {
  readonly bytes: Uint8Array
  /**
   * Set on the requests whose answer is checked after the timed section: says what is wrong with the
   * answer, in a code, or `undefined` when every proof in it holds.
   */
  readonly check: ((response: ReceivedResponse) => string | undefined) | undefined
}

/** Makes the requests of a round, just before it. */
export interface RequestMaker {
  make(count: number): Promise<readonly PreparedRequest[]>
}
