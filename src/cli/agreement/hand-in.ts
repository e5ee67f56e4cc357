import * as z from 'zod'
import { decodeUtf8 } from '../../bytes/index.ts'
import { isTokenCaller, type LoadedConfig, peerListener, readTokenFile } from '../../node/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import type { HttpResponse } from '../../ports/index.ts'
import { UsageError } from '../read-subject.ts'
import { RefusedError } from './run-command.ts'

/** What the own gateway made of a signed document. */
export type HandedIn =
  | { readonly state: 'accepted'; readonly entry: string; readonly index: number }
  | { readonly state: 'known' }

const answerSchema = z.union([
  z.object({ state: z.literal('accepted'), entry: z.string(), index: z.int() }),
  z.object({ state: z.literal('known') }),
])
const problemSchema = z.object({ code: z.string(), title: z.string() })

/** Where a signed document is handed in. */
export interface HandInPlace {
  /** The configuration, as it was named. */
  readonly file: string
  readonly loaded: LoadedConfig
  /** A peer, where it is not for the own gateway. */
  readonly to?: string | undefined
}

const json = { 'content-type': 'application/json' }
const limits = { timeoutMs: 30_000, maxResponseBytes: 65_536 }

async function sendToOwn(
  document: Uint8Array,
  { file, loaded: { config, at } }: HandInPlace,
): Promise<HttpResponse> {
  const caller = config.callers.filter(isTokenCaller).find(({ roles }) => roles.includes('act'))
  if (caller === undefined)
    throw new UsageError(
      `${file} has no caller with the role "act"; add one to "callers" with a token file, and start the gateway again.`,
    )
  const token = await readTokenFile(at(caller.token_file))
  await using http = undiciHttpClient()
  return await http.send({
    method: 'POST',
    url: `http://${config.listen.admin}/v1/agreements`,
    headers: { authorization: `Bearer ${token}`, ...json },
    body: document,
    ...limits,
  })
}

async function sendTo(
  peer: string,
  document: Uint8Array,
  { loaded }: HandInPlace,
): Promise<HttpResponse> {
  const { url, http } = await peerListener(loaded, peer)
  await using client = http
  return await client.send({
    method: 'POST',
    url: `${url}/v1/agreements`,
    headers: json,
    body: document,
    ...limits,
  })
}

/**
 * Hands a signed agreement or act to the organisation's own running gateway, or to that of a peer, which
 * verifies it, makes it an entry and hands it on to the other party.
 *
 * @throws {@link RefusedError} with the gateway's code; {@link UsageError}; `NodeError` where there is no such
 * peer; `PlatformError` where no gateway listens
 */
export async function handIn(document: Uint8Array, place: HandInPlace): Promise<HandedIn> {
  const { to } = place
  const response =
    to === undefined ? await sendToOwn(document, place) : await sendTo(to, document, place)
  const said: unknown = JSON.parse(decodeUtf8(response.body))
  if (response.status === 200) return answerSchema.parse(said)
  const { code, title } = problemSchema.parse(said)
  throw new RefusedError(code, title)
}

/** What was done, for a person. */
export function handedInText(done: HandedIn, to?: string): string {
  const log = to === undefined ? 'The log' : `The log of ${to}`
  return done.state === 'known'
    ? `${log} has it already; nothing was written.\n`
    : `Entry ${done.index}${to === undefined ? '' : ` of ${to}`}: ${done.entry}. The other party is handed it now.\n`
}
