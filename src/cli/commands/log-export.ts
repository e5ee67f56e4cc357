import { open } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import * as z from 'zod'
import {
  bundlesPath,
  isTokenCaller,
  loadConfig,
  NodeError,
  readTokenFile,
} from '../../node/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'

const examples = `
Examples:
  $ cloison log export -c tax/cloison.yaml --to inspector --out tax.jsonl
  $ cloison log export -c tax/cloison.yaml --to inspector --with housing --first 4711 > tax.jsonl

The gateway must be running. A bundle opens records: names and digests, no value and nobody's identifier. Give
it to the inspector and to nobody else. Handing it out is an entry of the log, before its first byte.
Exit codes: 0 written, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

interface Flags {
  readonly config: string
  readonly to: string
  readonly with?: readonly string[]
  readonly first: number
  readonly log?: string
  readonly out?: string
}

class ExportRefused extends Error {
  override readonly name = 'ExportRefused'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** The gateway does not answer. */
class GatewayAway extends Error {
  override readonly name = 'GatewayAway'
}

function entryNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be the number of an entry, as in 4711.')
}

async function ask(flags: Flags): Promise<AsyncIterable<unknown>> {
  const { config, at } = await loadConfig(flags.config)
  const caller = config.callers.filter(isTokenCaller).find(({ roles }) => roles.includes('act'))
  if (caller === undefined)
    throw new UsageError(
      `${flags.config} has no caller with the role "act"; add one to "callers" with a token file, and start the gateway again.`,
    )
  const token = await readTokenFile(at(caller.token_file))
  const { log = null, first, with: others = null, to } = flags
  const response = await fetch(`http://${config.listen.admin}${bundlesPath}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ v: 1, log, first, with: others, to }),
  }).catch((cause: unknown) => {
    throw new GatewayAway('the gateway cannot be reached; is it running?', { cause })
  })
  if (response.status === 200 && response.body !== null) return response.body
  const problem = z.object({ code: z.string(), title: z.string() }).parse(await response.json())
  throw new ExportRefused(problem.code, problem.title)
}

async function writeFile(path: string, pieces: AsyncIterable<unknown>): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    throw new UsageError(`${path} stands there already, or its folder is not there.`, { cause })
  })
  try {
    for await (const piece of pieces) if (piece instanceof Uint8Array) await file.write(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function exportBundle(flags: Flags, io: CliIo): Promise<void> {
  const pieces = await ask(flags)
  if (flags.out !== undefined) {
    await writeFile(flags.out, pieces)
    io.stderr(`Written to ${flags.out}, which only you may read.\n`)
    return
  }
  const decoder = new TextDecoder()
  for await (const piece of pieces)
    if (piece instanceof Uint8Array) io.stdout(decoder.decode(piece, { stream: true }))
}

function explain(cause: unknown, io: CliIo): ExitCode {
  const say = (text: string): void => io.stderr(`cloison log export: ${text}\n`)
  if (cause instanceof ExportRefused) {
    say(`${cause.code}: ${cause.message}`)
    return cause.code === 'LOG_UNAVAILABLE' ? EXIT.unavailable : EXIT.refused
  }
  say(cause instanceof Error ? cause.message : 'unknown failure')
  if (cause instanceof GatewayAway) return EXIT.unavailable
  return cause instanceof UsageError || cause instanceof NodeError ? EXIT.usage : EXIT.fault
}

/** `cloison log export`: a bundle of the own log, for an inspector who holds it against another's. */
export function logExportCommand(io: CliIo): Command {
  return new Command('export')
    .summary('Writes a bundle of the own log, with which an inspector reconciles it with others.')
    .description(
      'Writes a bundle of the own published log: each exchange opened, each other entry as its leaf.',
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .requiredOption('--to <organisation>', 'who gets it: stands in the entry')
    .option('--with <organisation...>', 'open exchanges with these organisations alone')
    .option('--first <entry>', 'from this entry on', entryNumber, 0)
    .option('--log <origin>', 'a closed log (default: the present one)')
    .option('--out <file>', 'write to a new file (default: standard output)')
    .action(async (flags: Flags) => {
      try {
        await exportBundle(flags, io)
        io.exit(EXIT.ok)
      } catch (cause) {
        io.exit(explain(cause, io))
      }
    })
}
