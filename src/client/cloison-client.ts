import type { AskOutcome, AskRequest, ConsentStanding, ConsentWish, Problem } from './api-types.ts'

/** A refusal by the gateway. Read `code`; see docs/reference/error-codes.md. */
export class CloisonProblem extends Error {
  override readonly name = 'CloisonProblem'
  readonly code: string
  readonly status: number

  constructor({ title, code, status }: Pick<Problem, 'title' | 'code' | 'status'>) {
    super(title)
    this.code = code
    this.status = status
  }
}

/** What the client sends requests with; the global `fetch`, or one that shows a certificate. */
export type FetchLike = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string
    readonly redirect: 'error'
  },
) => Promise<{ readonly status: number; json(): Promise<unknown> }>

/** How the client reaches the gateway. */
export interface ClientOptions {
  /** The gateway's address, without a path. */
  readonly url: string
  readonly fetch: FetchLike
  /** The access token of the official who asks now; left out where a certificate says who calls. */
  readonly token?: () => string | Promise<string>
}

/** Asks through the organisation's own gateway. There is no method for more than one person. */
export interface CloisonClient {
  /**
   * Asks one question. The same idempotency key, 8 to 128 printable characters, never asks twice: use
   * it again after a lost connection.
   *
   * @throws {@link CloisonProblem}; `PEER_UNAVAILABLE` when the question stays asked
   */
  ask(request: AskRequest, idempotencyKey: string): Promise<AskOutcome>
  /**
   * Has the person asked for consent to one question, or, with the `exchangeId` of before, tells how far it is.
   *
   * @throws {@link CloisonProblem}
   */
  consent(wish: ConsentWish): Promise<ConsentStanding>
  /** The outcome of an earlier question, for 15 minutes. @throws {@link CloisonProblem} */
  outcome(exchangeId: string): Promise<AskOutcome>
}

function problemOf(json: unknown, status: number): CloisonProblem {
  const { title, code } =
    typeof json === 'object' && json !== null ? (json as Partial<Problem>) : {}
  return new CloisonProblem({
    title: title ?? 'The gateway answered in no form that is known.',
    code: code ?? 'UNKNOWN',
    status,
  })
}

/** A client of one gateway's asking interface (`docs/reference/openapi.json`). */
export function cloisonClient({ url, fetch, token }: ClientOptions): CloisonClient {
  const send = async <Reply>(
    path: string,
    request: {
      readonly method: string
      readonly headers?: Record<string, string>
      readonly body?: string
    },
  ): Promise<Reply> => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${await token()}` }
    const headers = { ...request.headers, ...authorization }
    const response = await fetch(`${url}${path}`, { ...request, headers, redirect: 'error' })
    const json = await response.json().catch(() => undefined)
    if (response.status !== 200) throw problemOf(json, response.status)
    return json as Reply
  }
  return {
    ask: (request, idempotencyKey) =>
      send('/v1/ask', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(request),
      }),
    consent: (wish) =>
      send('/v1/consents', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wish),
      }),
    outcome: (exchangeId) => send(`/v1/asks/${encodeURIComponent(exchangeId)}`, { method: 'GET' }),
  }
}
