import * as z from 'zod'
import { decodeUtf8, utf8 } from '../../bytes/index.ts'
import {
  isTokenCaller,
  loadConfig,
  NodeError,
  ownListener,
  readTokenFile,
} from '../../node/index.ts'
import { PlatformError } from '../../platform/index.ts'
import { ActRefused } from '../admin-client.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { RefutedRelease } from './refuted-release.ts'

/** The gateway's refusal, as its problem document says it. */
export class StatsRefused extends Error {
  override readonly name = 'StatsRefused'
  readonly code: string
  /** The provider's own code, or a place in the query. */
  readonly detail: string | undefined

  constructor(code: string, message: string, detail: string | undefined) {
    super(message)
    this.code = code
    this.detail = detail
  }
}

/** The own gateway, and the analyst that the caller stands for unless another one is named. */
export interface StatsGateway {
  readonly analyst: string
  /** @throws {@link StatsRefused} */
  readonly call: (path: string, body: Readonly<Record<string, unknown>>) => Promise<unknown>
}

const limits = { timeoutMs: 45_000, maxResponseBytes: 8_388_608 }
const problemSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string().optional(),
})

/**
 * Does `work` with the public listener of the gateway that `configFile` describes, in the role "analyse".
 *
 * @throws {@link UsageError} without a caller in that role
 */
export async function withStatsGateway<Result>(
  configFile: string,
  analyst: string | undefined,
  work: (gateway: StatsGateway) => Promise<Result>,
): Promise<Result> {
  const loaded = await loadConfig(configFile)
  const { config, at } = loaded
  const caller = config.callers.filter(isTokenCaller).find(({ roles }) => roles.includes('analyse'))
  if (caller === undefined)
    throw new UsageError(
      `${configFile} has no caller with the role "analyse"; add one to "callers" with a token file, and start the gateway again.`,
    )
  const headers = {
    authorization: `Bearer ${await readTokenFile(at(caller.token_file))}`,
    'content-type': 'application/json',
  }
  const { url, http } = await ownListener(loaded)
  await using _http = http
  return await work({
    analyst: analyst ?? caller.name,
    call: async (path, body) => {
      const request = { method: 'POST' as const, url: `${url}${path}`, headers }
      const response = await http.send({ ...request, body: utf8(JSON.stringify(body)), ...limits })
      const json: unknown = JSON.parse(decodeUtf8(response.body))
      if (response.status === 200) return json
      const { code, title, detail } = problemSchema.parse(json)
      throw new StatsRefused(code, title, detail)
    },
  })
}

const unavailable: ReadonlySet<string> = new Set([
  'PEER_UNAVAILABLE',
  'LOG_UNAVAILABLE',
  'REGISTER_UNAVAILABLE',
])

function sayRefusal(
  { code, message, detail }: StatsRefused,
  say: (text: string) => void,
): ExitCode {
  const isProviders = code === 'PEER_REFUSED'
  const hint =
    code === 'AGREEMENT_UNKNOWN' ? ' "cloison agreement list" shows those that there are.' : ''
  say(
    isProviders ? `${detail ?? code}: the provider says: ${message}` : `${code}: ${message}${hint}`,
  )
  if (code === 'QUERY_MALFORMED') return EXIT.usage
  return unavailable.has(isProviders ? (detail ?? '') : code) ? EXIT.unavailable : EXIT.refused
}

/** Runs one command of an analyst and says in a sentence what was not right. */
export async function runStats(
  name: string,
  io: CliIo,
  act: () => Promise<ExitCode>,
): Promise<void> {
  const say = (text: string): void => io.stderr(`cloison stats ${name}: ${text}\n`)
  try {
    io.exit(await act())
  } catch (cause) {
    if (cause instanceof ActRefused) {
      say(`${cause.code}: ${cause.message}`)
      io.exit(cause.code === 'LOG_UNAVAILABLE' ? EXIT.unavailable : EXIT.refused)
    } else if (cause instanceof RefutedRelease) {
      say(cause.message)
      io.exit(EXIT.tampering)
    } else if (cause instanceof StatsRefused) {
      io.exit(sayRefusal(cause, say))
    } else if (cause instanceof PlatformError) {
      say('the gateway cannot be reached; is it running?')
      io.exit(EXIT.unavailable)
    } else {
      say(cause instanceof Error ? cause.message : 'unknown failure')
      io.exit(cause instanceof UsageError || cause instanceof NodeError ? EXIT.usage : EXIT.fault)
    }
  }
}
