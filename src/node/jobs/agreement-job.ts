import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock, HttpClient } from '../../ports/index.ts'
import type { AgreementBook } from '../agreements/agreement-book.ts'
import type { BookedDocument } from '../agreements/booked-document.ts'
import type { Peer } from '../peer.ts'

/** What keeping agreements current needs. */
export interface AgreementJobDeps {
  readonly organisation: string
  readonly agreements: Pick<AgreementBook, 'accept' | 'documents' | 'refresh'>
  readonly peers: () => readonly Peer[]
  /** Whether the log is fit for new entries now. */
  readonly mayWrite: () => boolean
  /** Where signed documents may be laid down. */
  readonly folder: string
  readonly http: HttpClient
  readonly clock: Clock
  /** Told why a document was not taken up, here or there; once for each reason. */
  readonly report: (cause: Error) => void
}

/** Takes up what is laid down, and hands peers what concerns them, a round at a time. */
export interface AgreementJob {
  round(): Promise<void>
}

/** How long after a peer that was away, and after one that refused, a document is handed over again. */
const awayMs = 5_000
const refusedMs = 60_000

class Courier {
  readonly #deps: AgreementJobDeps
  readonly #seen = new Map<string, string>()
  readonly #told = new Set<string>()
  readonly #delivered = new Set<string>()
  readonly #notBefore = new Map<string, number>()

  constructor(deps: AgreementJobDeps) {
    this.#deps = deps
  }

  async round(): Promise<void> {
    for (const dropped of this.#deps.agreements.refresh())
      this.#tell(`The agreement ${dropped}; nothing is answered under it.`)
    if (this.#deps.mayWrite()) await this.#readFolder()
    await Promise.all(this.#deps.peers().map((peer) => this.#handOver(peer)))
  }

  #tell(text: string): void {
    if (this.#told.has(text)) return
    this.#told.add(text)
    this.#deps.report(new Error(text))
  }

  /** Files are written beside and renamed, so one that is there is whole. */
  async #readFolder(): Promise<void> {
    const { folder, agreements } = this.#deps
    const names = await readdir(folder).catch(() => [])
    for (const name of names.filter((one) => one.endsWith('.json')).toSorted()) {
      const file = join(folder, name)
      const state = await stat(file).catch(() => undefined)
      const mark = `${state?.mtimeMs ?? 0} ${state?.size ?? 0}`
      if (state === undefined || this.#seen.get(name) === mark) continue
      this.#seen.set(name, mark)
      const verdict = await agreements.accept(new Uint8Array(await readFile(file)), 'whole')
      if (verdict.state === 'refused')
        this.#tell(`${file} is not taken up (${verdict.code}): ${verdict.reason}.`)
    }
  }

  /** In the order of the log: an act means nothing to whoever does not have its agreement. */
  async #handOver(peer: Peer): Promise<void> {
    const { organisation, clock, agreements } = this.#deps
    const nowMs = clock.now()
    const stuck = new Set<string>()
    for (const document of agreements.documents()) {
      const { parties, notAfterMs, agreement } = document
      const isTheirs = parties.includes(peer.id) && parties.includes(organisation)
      const mark = `${peer.id} ${document.key}`
      if (!isTheirs || nowMs >= notAfterMs || this.#delivered.has(mark)) continue
      if (stuck.has(agreement) || nowMs < (this.#notBefore.get(mark) ?? 0)) {
        stuck.add(agreement)
        continue
      }
      const waitMs = await this.#send(peer, document)
      if (waitMs === 0) this.#delivered.add(mark)
      else {
        this.#notBefore.set(mark, nowMs + waitMs)
        stuck.add(agreement)
      }
    }
  }

  /** Zero once the peer has it. */
  async #send({ id, url }: Peer, { bytes }: BookedDocument): Promise<number> {
    try {
      const reply = await this.#deps.http.send({
        method: 'POST',
        url: `${url}/v1/agreements`,
        headers: { 'content-type': 'application/json' },
        body: bytes,
        timeoutMs: 5_000,
        maxResponseBytes: 16_384,
      })
      if (reply.status === 200) return 0
      if (reply.status === 503 || reply.status === 429) return awayMs
      const text = new TextDecoder().decode(reply.body.subarray(0, 2_000))
      this.#tell(`"${id}" does not take up a document (${reply.status}): ${codeIn(text)}.`)
      return refusedMs
    } catch {
      // A peer that is away is handed it again.
      return awayMs
    }
  }
}

function codeIn(problem: string): string {
  return /"code":"([A-Z_]{1,40})"/.exec(problem)?.[1] ?? 'it gives no code'
}

/** Follows the folder of agreements and the officers' keys, and hands peers agreements and acts. */
export function agreementJob(deps: AgreementJobDeps): AgreementJob {
  return new Courier(deps)
}
