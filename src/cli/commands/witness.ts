import { Command } from 'commander'
import * as z from 'zod'
import { decodeUtf8 } from '../../bytes/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import { StorageError } from '../../storage/sqlite/index.ts'
import { loadWitnessConfig, startWitness, WitnessError } from '../../witness/index.ts'
import { EXIT } from '../cli-io.ts'
import type { CliIo } from '../cli-io.ts'
import { untilSignal } from '../until-signal.ts'

const EXAMPLES = `Examples:
  $ cloison witness serve -c witness.yaml
  $ cloison witness status http://127.0.0.1:8420

`
const SERVE_EXAMPLES = `Examples:
  $ cloison witness serve -c witness.yaml

  # witness.yaml
  version: 1
  name: witness.example/w1
  listen: 127.0.0.1:8420
  key_file: witness.key        # one line: 32 bytes of Ed25519 secret in base64
  ml_dsa_key_file: witness-ml-dsa.key    # optional: 32 other bytes, for ML-DSA-44 beside it
  store: { path: witness.db }
  logs:
    - tax.example/log/2026h2+dbd741d8+AQkmB…

`
const STATUS_EXAMPLES = `Examples:
  $ cloison witness status http://127.0.0.1:8420
  $ cloison witness status https://witness.example --json

`
const TIMEOUT_MS = 10_000
const MAX_STATUS_BYTES = 1_048_576

/** The command `witness` with `serve` and `status`. */
export function witnessCommand(io: CliIo): Command {
  const output = {
    writeOut: (text: string) => io.stdout(text),
    writeErr: (text: string) => io.stderr(text),
  }
  const witness = new Command('witness')
    .description('Cosigns the checkpoints of logs that only ever grow.')
    .configureOutput(output)
    .exitOverride()
    .addHelpText('before', EXAMPLES)
  const serve = new Command('serve')
    .description('Runs a witness in the foreground until it is stopped.')
    .addHelpText('before', SERVE_EXAMPLES)
    .requiredOption('-c, --config <file>', "the witness's YAML file")
    .action(async ({ config }: { config: string }) => {
      await runServe(config, io)
    })
  const status = new Command('status')
    .description('Shows which logs a witness cosigns, and up to which size.')
    .addHelpText('before', STATUS_EXAMPLES)
    .argument('<url>', 'address of the witness')
    .option('--json', 'print what the witness said')
    .action(async (url: string, { json }: { json?: true }) => {
      await runStatus(url, json === true, io)
    })
  for (const command of [serve, status]) witness.addCommand(command.copyInheritedSettings(witness))
  return witness
}

async function runServe(path: string, io: CliIo): Promise<void> {
  try {
    const config = await loadWitnessConfig(path)
    await using running = await startWitness(config, ({ origin, cosigned, submitted }) => {
      io.stderr(`${JSON.stringify({ event: 'fork', origin, cosigned, submitted })}\n`)
    })
    const { port } = running
    io.stdout(`${JSON.stringify({ event: 'listening', port, pid: process.pid })}\n`)
    await untilSignal()
  } catch (cause) {
    io.stderr(`cloison witness: ${explain(cause)}\n`)
    const isUsage = cause instanceof WitnessError && cause.code.startsWith('CONFIG')
    io.exit(isUsage ? EXIT.usage : EXIT.fault)
  }
}

async function runStatus(url: string, json: boolean, io: CliIo): Promise<void> {
  await using http = undiciHttpClient()
  const status = await http
    .send({
      method: 'GET',
      url: `${url.replace(/\/$/, '')}/status`,
      headers: {},
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_STATUS_BYTES,
    })
    .then((response) => (response.status === 200 ? readStatus(response.body) : undefined))
    .catch(() => undefined)
  if (status === undefined) {
    io.stderr(`No witness answers at ${url}.\n`)
    io.exit(EXIT.unavailable)
    return
  }
  if (json) {
    io.stdout(`${JSON.stringify(status)}\n`)
    return
  }
  const lines = status.logs.map(({ origin, size }) => {
    return `  ${origin}: ${size === null ? 'nothing yet' : `${size} entries`}\n`
  })
  io.stdout(`${status.name} cosigns\n${lines.join('')}Its key: ${status.vkey}\n`)
  if (status.treeVkey !== undefined) io.stdout(`Its ML-DSA-44 key: ${status.treeVkey}\n`)
}

interface WitnessStatus {
  readonly name: string
  readonly vkey: string
  /** Its ML-DSA-44 key, if it has one. */
  readonly treeVkey?: string | undefined
  readonly logs: readonly { readonly origin: string; readonly size: number | null }[]
}

const statusSchema: z.ZodType<WitnessStatus> = z.object({
  name: z.string(),
  vkey: z.string(),
  treeVkey: z.string().optional(),
  logs: z.array(z.object({ origin: z.string(), size: z.number().nullable() })),
})

function readStatus(body: Uint8Array): WitnessStatus | undefined {
  const result = statusSchema.safeParse(JSON.parse(decodeUtf8(body)))
  return result.success ? result.data : undefined
}

function explain(cause: unknown): string {
  if (cause instanceof WitnessError || cause instanceof StorageError) return cause.message
  return cause instanceof Error ? cause.message : 'unknown failure'
}
