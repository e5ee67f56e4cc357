import { Command, InvalidArgumentError } from 'commander'
import * as z from 'zod'
import { canonicalBytes, decodeUtf8, type Json } from '../../bytes/index.ts'
import { parseMonth } from '../../log/index.ts'
import { isTokenCaller, loadConfig, NodeError, readTokenFile } from '../../node/index.ts'
import { erasureReasons } from '../../person/index.ts'
import { PlatformError, undiciHttpClient } from '../../platform/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'

const examples = `
Examples:
  $ cloison log erase -c tax/cloison.yaml --before 2021-01 --reason retention-ended --dry-run
  $ cloison log erase -c tax/cloison.yaml --before 2021-01 --reason retention-ended
  $ cloison log erase -c tax/cloison.yaml --entry 4711 --entry 4712 --reason unlawful-processing

The gateway must be running. Nothing is erased before its time, whatever the reason; there is no way
back. With --before, the keys of the months that are then empty are destroyed.
Exit codes: 0 erased, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

interface Flags {
  readonly config: string
  readonly entry?: readonly number[]
  readonly before?: string
  readonly reason: (typeof erasureReasons)[number]
  readonly log?: string
  readonly dryRun?: true
  readonly json?: true
}

/** A mistake in how the command was called; a whole sentence. */
class EraseUsageError extends Error {
  override readonly name = 'EraseUsageError'
}

/** The gateway's refusal, as its problem document says it. */
class EraseRefused extends Error {
  override readonly name = 'EraseRefused'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const place = z.object({ log: z.string(), index: z.int() }).nullable()
const sliceSchema = z.object({
  log: z.string(),
  entry: z.int().nullable(),
  erased: z.int(),
  next: place,
})
const keysSchema = z.object({ entry: z.int().nullable(), months: z.array(z.string()) })
const problemSchema = z.object({
  code: z.string(),
  title: z.string(),
  log: z.string().optional(),
  entry: z.int().nullish(),
  notBeforeMs: z.number().nullish(),
})

/** What was erased, over all slices. */
interface Erased {
  readonly erased: number
  /** Indices of the entries `record.erased`. */
  readonly entries: readonly number[]
  readonly monthsDestroyed: readonly string[]
}

type Post = (path: string, body: Json) => Promise<unknown>

function parseIndex(text: string, before: readonly number[] = []): readonly number[] {
  const index = Number(text)
  if (/^\d{1,15}$/.test(text)) return [...before, index]
  throw new InvalidArgumentError('It must be the number of an entry, as in --entry 4711.')
}

function parseReason(text: string): Flags['reason'] {
  const reason = erasureReasons.find((known) => known === text)
  if (reason !== undefined) return reason
  throw new InvalidArgumentError(`It must be one of ${erasureReasons.join(', ')}.`)
}

function parseBefore(text: string): string {
  const month = parseMonth(text)
  if (month !== undefined) return month
  throw new InvalidArgumentError('It must be a month, as in --before 2021-01.')
}

/** Nothing is said of a person in a problem, so it can be told as it is, with entry and date. */
function refusalOf(json: unknown): EraseRefused {
  const { code, title, entry, log, notBeforeMs } = problemSchema.parse(json)
  const which = typeof entry === 'number' ? `Entry ${entry} of ${log ?? 'the log'}: ` : ''
  const when =
    typeof notBeforeMs === 'number' ? ` Not before ${new Date(notBeforeMs).toISOString()}.` : ''
  return new EraseRefused(code, `${which}${title}${when}`)
}

const limits = { timeoutMs: 120_000, maxResponseBytes: 1_048_576 }

async function connect(configFile: string, http: HttpClient): Promise<Post> {
  const { config, at } = await loadConfig(configFile)
  const caller = config.callers.filter(isTokenCaller).find(({ roles }) => roles.includes('act'))
  if (caller === undefined)
    throw new EraseUsageError(
      `${configFile} has no caller with the role "act"; add one to "callers" with a token file, and start the gateway again.`,
    )
  const token = await readTokenFile(at(caller.token_file))
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return async (path, body) => {
    const url = `http://${config.listen.admin}${path}`
    const sent = { method: 'POST' as const, url, headers, body: canonicalBytes(body), ...limits }
    const response = await http.send(sent)
    const json: unknown = JSON.parse(decodeUtf8(response.body))
    if (response.status === 200) return json
    throw refusalOf(json)
  }
}

/** Slice after slice until nothing is left; each is one act, and one entry where it erased something. */
async function eraseSlices(
  post: Post,
  flags: Flags & { readonly dry: boolean },
  io: CliIo,
): Promise<Omit<Erased, 'monthsDestroyed'>> {
  let erased = 0
  const entries: number[] = []
  let from: z.infer<typeof place> = null
  let told = io.now()
  for (;;) {
    const { entry, before, log, reason, dry } = flags
    const select: Json =
      entry === undefined
        ? { before: before ?? '', from }
        : { log: log ?? null, entries: [...entry] }
    const slice = sliceSchema.parse(
      await post('/v1/erasures', { v: 1, select, reason, dryRun: dry }),
    )
    erased += slice.erased
    if (slice.entry !== null) entries.push(slice.entry)
    if (slice.next === null) return { erased, entries }
    from = slice.next
    if (io.now() - told > 1_000) {
      told = io.now()
      const doing = dry ? 'may be erased' : 'erased'
      io.stderr(`${erased} records ${doing}, at entry ${from.index} of ${from.log}\n`)
    }
  }
}

async function erase(flags: Flags, io: CliIo): Promise<Erased> {
  if ((flags.entry === undefined) === (flags.before === undefined))
    throw new EraseUsageError('name what to erase: either --entry, once or more, or --before.')
  if (flags.before !== undefined && flags.log !== undefined)
    throw new EraseUsageError('--log goes with --entry; --before is about every log.')
  await using http = undiciHttpClient()
  const post = await connect(flags.config, http)
  // All of it is decided first, so that nothing is erased where some of it may not be.
  const planned = await eraseSlices(post, { ...flags, dry: true }, io)
  if (flags.dryRun === true) return { ...planned, monthsDestroyed: [] }
  const done = await eraseSlices(post, { ...flags, dry: false }, io)
  if (flags.before === undefined) return { ...done, monthsDestroyed: [] }
  const keys = keysSchema.parse(await post('/v1/key-destructions', { v: 1, before: flags.before }))
  return { ...done, monthsDestroyed: keys.months }
}

function describe({ erased, entries, monthsDestroyed }: Erased, isDry: boolean): string {
  if (isDry) return `${erased} records may be erased; nothing was.\n`
  const said = entries.length === 0 ? '' : `, by entry ${entries.join(', ')}`
  const keys =
    monthsDestroyed.length === 0 ? '' : `Keys destroyed: ${monthsDestroyed.join(', ')}.\n`
  return `${erased} records erased${said}.\n${keys}`
}

function explain(cause: unknown, io: CliIo): ExitCode {
  const say = (text: string): void => io.stderr(`cloison log erase: ${text}\n`)
  if (cause instanceof EraseRefused) {
    say(`${cause.code}: ${cause.message}`)
    return cause.code === 'LOG_UNAVAILABLE' ? EXIT.unavailable : EXIT.refused
  }
  if (cause instanceof PlatformError) {
    say('the gateway cannot be reached; is it running?')
    return EXIT.unavailable
  }
  say(cause instanceof Error ? cause.message : 'unknown failure')
  const isUsage = cause instanceof EraseUsageError || cause instanceof NodeError
  return isUsage ? EXIT.usage : EXIT.fault
}

/** `cloison log erase`: erases records whose time is over, through the running gateway. */
export function logEraseCommand(io: CliIo): Command {
  return new Command('erase')
    .summary('Erases records whose retention has ended.')
    .description(
      'Erases records of the own log once accounting period, retention, withheld notice and reconciliation let it. The entries stay, and every proof of them.',
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option('--entry <number>', 'one entry; may be given several times', parseIndex)
    .option('--before <month>', 'every record of the months before, as in 2021-01', parseBefore)
    .requiredOption('--reason <code>', `why: ${erasureReasons.join(', ')}`, parseReason)
    .option('--log <origin>', 'the log of the entries (default: the present one)')
    .option('--dry-run', 'say whether it may be done, and do nothing')
    .option('--json', 'print what was done as JSON')
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .showHelpAfterError('(add --help for examples)')
    .exitOverride()
    .action(async (flags: Flags) => {
      try {
        const erased = await erase(flags, io)
        io.stdout(
          flags.json === true
            ? `${JSON.stringify(erased)}\n`
            : describe(erased, flags.dryRun === true),
        )
      } catch (cause) {
        io.exit(explain(cause, io))
      }
    })
}
