import * as z from 'zod'
import { openCaseSource } from '../../register/index.ts'
import { isLoopbackHost } from '../../protocol/index.ts'
import { pathField } from '../config-fields.ts'
import { addressPattern } from '../config.ts'
import { readYamlFile } from '../config-file.ts'
import { readTokenFile } from '../key-file.ts'
import { NodeError } from '../node-error.ts'
import { type SqlCaseConfig, sqlCaseConfigSchema } from './case-config.ts'
import { createCaseServer } from './case-server.ts'
import { caseSourceSettings, requireCaseSource } from './sql-case-source.ts'

/** The settings of a case source that runs by itself; paths are relative to their file. */
export interface CaseServerConfig {
  readonly version: 1
  /** Of this machine: what leaves it goes through a server with TLS. */
  readonly listen: string
  /** What gateways show; one line of 16 to 256 printable characters. */
  readonly token_file: string
  readonly cases: SqlCaseConfig
}

function isOfThisMachine(listen: string): boolean {
  return addressPattern.test(listen) && isLoopbackHost(new URL(`http://${listen}`).hostname)
}

const schema: z.ZodType<CaseServerConfig> = z.strictObject({
  version: z.literal(1),
  listen: z
    .string()
    .refine(isOfThisMachine, 'must be an address of this machine, as 127.0.0.1:8430'),
  token_file: pathField,
  cases: sqlCaseConfigSchema,
})

function parse(value: unknown, path: string): CaseServerConfig {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.')
  throw new NodeError(
    'CONFIG_INVALID',
    `${path} is not valid. "${where}": ${issue?.message ?? ''}. It has "version", "listen", "token_file" and "cases", as docs/reference/configuration.md says.`,
  )
}

/** A case source that listens; disposing ends it. */
export interface RunningCaseServer extends AsyncDisposable {
  readonly port: number
}

/**
 * Starts a case source by itself, apart from any gateway: it opens the case system and listens.
 *
 * @throws {@link NodeError} `CONFIG_UNREADABLE`, `CONFIG_INVALID`; `RegisterError` as the case system says
 */
export async function startCaseServer(configFile: string): Promise<RunningCaseServer> {
  const { value, at } = await readYamlFile(configFile)
  const { cases, listen, token_file } = parse(value, configFile)
  const token = await readTokenFile(at(token_file))
  await using stack = new AsyncDisposableStack()
  const source = stack.use(openCaseSource(await caseSourceSettings(cases, at)))
  await requireCaseSource(source)
  const app = createCaseServer({ source, token })
  stack.defer(() => app.close())
  const { hostname, port } = new URL(`http://${listen}`)
  await app.listen({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) })
  const address = app.server.address()
  const owned = stack.move()
  return {
    port: typeof address === 'object' && address !== null ? address.port : Number(port),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
