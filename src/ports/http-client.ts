/** A request that leaves this process. Header names are lower-case. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** In place of `body`: what is read and sent piece by piece, of the length that `content-length` says. */
  readonly pieces?: Iterable<Uint8Array>
  /** Milliseconds until the whole exchange is given up. */
  readonly timeoutMs: number
  /** The answer is cut off, and refused, above this many bytes. */
  readonly maxResponseBytes: number
  /**
   * The answer may come gzipped, and is inflated, with the limit on both lengths. Left out: a
   * coded answer is refused.
   */
  readonly gzip?: true
}

/** What came back. Header names are lower-case; no content coding was undone but one asked for. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** The network as the core sees it. Rejects when no complete response arrived, for any reason. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>
}
