import * as z from 'zod'
import { decodeUtf8 } from '../../bytes/index.ts'
import { isTokenCaller, type LoadedConfig, readTokenFile } from '../../node/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
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

/**
 * Hands a signed agreement or act to the organisation's own running gateway, which verifies it, makes it an
 * entry and hands it on to the other party.
 *
 * @throws {@link RefusedError} with the gateway's code; {@link UsageError}; `PlatformError` where no
 * gateway listens
 */
export async function handIn(
  document: Uint8Array,
  file: string,
  { config, at }: LoadedConfig,
): Promise<HandedIn> {
  const caller = config.callers.filter(isTokenCaller).find(({ roles }) => roles.includes('act'))
  if (caller === undefined)
    throw new UsageError(
      `${file} has no caller with the role "act"; add one to "callers" with a token file, and start the gateway again.`,
    )
  const token = await readTokenFile(at(caller.token_file))
  await using http = undiciHttpClient()
  const response = await http.send({
    method: 'POST',
    url: `http://${config.listen.admin}/v1/agreements`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: document,
    timeoutMs: 30_000,
    maxResponseBytes: 65_536,
  })
  const json: unknown = JSON.parse(decodeUtf8(response.body))
  if (response.status === 200) return answerSchema.parse(json)
  const { code, title } = problemSchema.parse(json)
  throw new RefusedError(code, title)
}

/** What was done, for a person. */
export function handedInText(done: HandedIn): string {
  return done.state === 'known'
    ? 'The log has it already; nothing was written.\n'
    : `Entry ${done.index}: ${done.entry}. The other party is handed it now.\n`
}
