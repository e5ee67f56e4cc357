import * as z from 'zod'
import { canonicalBytes, decodeUtf8, type Json } from '../bytes/index.ts'
import { isTokenCaller, loadConfig, NodeError, readTokenFile } from '../node/index.ts'
import { PlatformError, undiciHttpClient } from '../platform/index.ts'
import { type CliIo, EXIT, type ExitCode } from './cli-io.ts'
import { UsageError } from './read-subject.ts'

/** The gateway's refusal, as its problem document says it. */
export class ActRefused extends Error {
  override readonly name = 'ActRefused'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Sends one request to the own gateway's inner address; without a body it only reads. */
export type AdminCall = (path: string, body?: Json) => Promise<unknown>

const limits = { timeoutMs: 30_000, maxResponseBytes: 4_194_304 }
const problemSchema = z.object({ code: z.string(), title: z.string() })

/** In which role a call is made, and how long and large its answer may be. */
export interface AdminTerms {
  readonly role?: 'act' | 'disclose'
  readonly timeoutMs?: number
  readonly maxResponseBytes?: number
}

/**
 * Does `work` with the inner address of the gateway that `configFile` describes, in the role "act" unless
 * told.
 *
 * @throws {@link UsageError} without a caller in that role, {@link ActRefused} with the gateway's code
 */
export async function withAdmin<Result>(
  configFile: string,
  work: (call: AdminCall) => Promise<Result>,
  { role = 'act', ...terms }: AdminTerms = {},
): Promise<Result> {
  const { config, at } = await loadConfig(configFile)
  const caller = config.callers.filter(isTokenCaller).find(({ roles }) => roles.includes(role))
  const allowed = { ...limits, ...terms }
  if (caller === undefined)
    throw new UsageError(
      `${configFile} has no caller with the role "${role}"; add one to "callers" with a token file, and start the gateway again.`,
    )
  const headers = {
    authorization: `Bearer ${await readTokenFile(at(caller.token_file))}`,
    'content-type': 'application/json',
  }
  await using http = undiciHttpClient()
  return await work(async (path, body) => {
    const url = `http://${config.listen.admin}${path}`
    const response =
      body === undefined
        ? await http.send({ method: 'GET', url, headers, ...allowed })
        : await http.send({ method: 'POST', url, headers, body: canonicalBytes(body), ...allowed })
    const json: unknown = JSON.parse(decodeUtf8(response.body))
    if (response.status === 200) return json
    const { code, title } = problemSchema.parse(json)
    throw new ActRefused(code, title)
  })
}

/**
 * Hands a signed document in at the own gateway's inner address; the number of the entry that it became.
 *
 * @throws {@link UsageError}, {@link ActRefused}
 */
export async function withAdminBytes(
  configFile: string,
  path: string,
  document: Uint8Array,
): Promise<number> {
  const json: unknown = JSON.parse(decodeUtf8(document))
  return entryOf(await withAdmin(configFile, (call) => call(path, jsonSchema.parse(json))))
}

const jsonSchema: z.ZodType<Json> = z.json()

/** Runs one command of an officer and says in a sentence what was not right. */
export async function runAct(
  name: string,
  io: CliIo,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const say = (text: string): void => io.stderr(`cloison ${name}: ${text}\n`)
  try {
    return await act()
  } catch (cause) {
    if (cause instanceof ActRefused) {
      say(`${cause.code}: ${cause.message}`)
      if (cause.code === 'IDENTITY_CAP_REACHED') return EXIT.exhausted
      return cause.code === 'LOG_UNAVAILABLE' ? EXIT.unavailable : EXIT.refused
    }
    if (cause instanceof PlatformError) {
      say('the gateway cannot be reached; is it running?')
      return EXIT.unavailable
    }
    say(cause instanceof Error ? cause.message : 'unknown failure')
    return cause instanceof UsageError || cause instanceof NodeError ? EXIT.usage : EXIT.fault
  }
}

const done = z.object({ index: z.int() })

/** The number of the entry that an act became. */
export function entryOf(answer: unknown): number {
  return done.parse(answer).index
}
