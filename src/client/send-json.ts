import type { Problem } from './api-types.ts'

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

function problemOf(json: unknown, status: number): CloisonProblem {
  const { title, code } =
    typeof json === 'object' && json !== null ? (json as Partial<Problem>) : {}
  return new CloisonProblem({
    title: title ?? 'The gateway answered in no form that is known.',
    code: code ?? 'UNKNOWN',
    status,
  })
}

/** Sends one request and gives back its JSON. @throws {@link CloisonProblem} for everything but 200 */
export async function sendJson<Reply>(
  { url, fetch, token }: ClientOptions,
  path: string,
  request: {
    readonly method: string
    readonly headers?: Record<string, string>
    readonly body?: string
  },
): Promise<Reply> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${await token()}` }
  const headers = { ...request.headers, ...authorization }
  const response = await fetch(`${url}${path}`, { ...request, headers, redirect: 'error' })
  const json = await response.json().catch(() => undefined)
  if (response.status !== 200) throw problemOf(json, response.status)
  return json as Reply
}
