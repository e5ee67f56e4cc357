import * as z from 'zod'
import { canonicalBytes, decodeUtf8, type JsonObject } from '../bytes/index.ts'
import { isTokenCaller, loadConfig, NodeError, readTokenFile } from '../node/index.ts'
import { PlatformError } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { type CliIo, EXIT, type ExitCode } from './cli-io.ts'
import { exitOfNode, explainNode } from './node-failure.ts'

/** Calls of a running gateway's inner interface, with the token of a caller that may act. */
export interface GatewayCalls {
  get(path: string): Promise<unknown>
  post(path: string, body: JsonObject): Promise<unknown>
}

/** The gateway's refusal, as its problem document says it. */
export class OversightRefused extends Error {
  override readonly name = 'OversightRefused'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A mistake in how the command was called; a whole sentence. */
export class OversightUsageError extends Error {
  override readonly name = 'OversightUsageError'
}

const problem = z.object({ code: z.string(), title: z.string() })
const limits = { timeoutMs: 60_000, maxResponseBytes: 16 * 1_048_576 }

/** Reads the configuration and the token, and calls the gateway that runs on it. */
export async function connectToGateway(
  configFile: string,
  http: HttpClient,
): Promise<GatewayCalls> {
  const { config, at } = await loadConfig(configFile)
  const caller = config.callers.filter(isTokenCaller).find(({ roles }) => roles.includes('act'))
  if (caller === undefined)
    throw new OversightUsageError(
      `${configFile} has no caller with the role "act"; add one to "callers" with a token file, and start the gateway again.`,
    )
  const token = await readTokenFile(at(caller.token_file))
  const authorization = `Bearer ${token}`
  const call = async (
    path: string,
    sent:
      | { readonly method: 'GET'; readonly headers: Record<string, string> }
      | {
          readonly method: 'POST'
          readonly headers: Record<string, string>
          readonly body: Uint8Array
        },
  ): Promise<unknown> => {
    const url = `http://${config.listen.admin}${path}`
    const response = await http.send({ url, ...sent, ...limits })
    const json: unknown = JSON.parse(decodeUtf8(response.body))
    if (response.status === 200) return json
    const { code, title } = problem.parse(json)
    throw new OversightRefused(code, title)
  }
  return {
    get: (path) => call(path, { method: 'GET', headers: { authorization } }),
    post: (path, body) =>
      call(path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: canonicalBytes(body),
      }),
  }
}

/** Says why a command failed, and gives its exit code. */
export function explainOversight(cause: unknown, command: string, io: CliIo): ExitCode {
  const say = (text: string): void => io.stderr(`cloison ${command}: ${text}\n`)
  if (cause instanceof OversightRefused) {
    say(`${cause.code}: ${cause.message}`)
    return cause.code === 'LOG_UNAVAILABLE' ? EXIT.unavailable : EXIT.refused
  }
  if (cause instanceof PlatformError) {
    say('the gateway cannot be reached; is it running?')
    return EXIT.unavailable
  }
  if (cause instanceof OversightUsageError) {
    say(cause.message)
    return EXIT.usage
  }
  say(explainNode(cause))
  return cause instanceof NodeError ? exitOfNode(cause) : EXIT.fault
}
