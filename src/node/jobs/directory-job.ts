import type { Clock, HttpClient } from '../../ports/index.ts'
import type { DirectoryBook, PendingRecord } from '../directory/directory-book.ts'
import type { Peer } from '../peer.ts'

/** What following the directory needs. */
export interface DirectoryJobDeps {
  readonly directory: Pick<
    DirectoryBook,
    'accept' | 'ownRecord' | 'peers' | 'refresh' | 'rootKeyOf'
  >
  readonly http: HttpClient
  readonly clock: Clock
  /** The own record as its file has it now; `undefined` where none is configured. */
  readonly readOwn: () => Promise<PendingRecord | undefined>
  readonly pollMs: number
  /** Told why a record was not accepted, or a peer could not be asked; once for each new reason. */
  readonly report: (cause: Error) => void
}

/** Keeps the directory current, a round at a time. */
export interface DirectoryJob {
  round(): Promise<void>
}

/** Above the largest record that is accepted. */
const largestRecord = 65_536

class Follower {
  readonly #deps: DirectoryJobDeps
  readonly #told = new Map<string, string>()
  #askedAtMs = Number.NEGATIVE_INFINITY
  #handedOut: Uint8Array | undefined

  constructor(deps: DirectoryJobDeps) {
    this.#deps = deps
  }

  async round(): Promise<void> {
    const { directory, clock, pollMs, readOwn } = this.#deps
    directory.refresh()
    const own = await readOwn()
    if (own !== undefined) await this.#take(own)
    await this.#handOut()
    if (clock.now() - this.#askedAtMs < pollMs) return
    this.#askedAtMs = clock.now()
    await Promise.all(directory.peers().map((peer) => this.#ask(peer)))
  }

  /** Accepts, and tells a refusal once: the same file is read again each round. */
  async #take(pending: PendingRecord): Promise<void> {
    const verdict = await this.#deps.directory.accept(pending)
    const { organisation } = pending
    if (verdict.state === 'refused' && verdict.code !== 'RECORD_ROLLED_BACK')
      this.#tell(organisation, `${verdict.code}: ${verdict.reason}`)
    else this.#told.delete(organisation)
  }

  #tell(organisation: string, reason: string): void {
    if (this.#told.get(organisation) === reason) return
    this.#told.set(organisation, reason)
    this.#deps.report(new Error(`The directory record of "${organisation}": ${reason}.`))
  }

  /** A new own record goes to every peer at once: a revocation must not wait to be asked for. */
  async #handOut(): Promise<void> {
    const { directory, http } = this.#deps
    const body = directory.ownRecord()
    if (body === undefined || this.#handedOut?.toString() === body.toString()) return
    this.#handedOut = body
    const headers = { 'content-type': 'application/json' }
    const hand = ({ url }: Peer): Promise<unknown> =>
      http
        .send({
          method: 'POST',
          url: `${url}/v1/directory`,
          headers,
          body,
          timeoutMs: 5_000,
          maxResponseBytes: largestRecord,
        })
        // A peer that is away asks for it itself.
        .catch(() => undefined)
    await Promise.all(directory.peers().map(hand))
  }

  async #ask({ id, url }: Peer): Promise<void> {
    const rootKey = this.#deps.directory.rootKeyOf(id)
    if (rootKey === undefined) return
    const bytes = await this.#fetch(url)
    if (bytes !== undefined) await this.#take({ organisation: id, rootKey, bytes })
  }

  async #fetch(url: string): Promise<Uint8Array | undefined> {
    try {
      const reply = await this.#deps.http.send({
        method: 'GET',
        url: `${url}/v1/directory`,
        headers: {},
        timeoutMs: 5_000,
        maxResponseBytes: largestRecord,
      })
      return reply.status === 200 ? reply.body : undefined
    } catch {
      return undefined
    }
  }
}

/** Follows the own record's file and the records that peers serve, and hands out the own one when it changes. */
export function directoryJob(deps: DirectoryJobDeps): DirectoryJob {
  return new Follower(deps)
}
