import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import { Command, Option } from 'commander'
import * as z from 'zod'
import { longestRequestText, refusalLaws, requestTextSchema } from '../../person/index.ts'
import { systemClock } from '../../platform/index.ts'
import { runAct, withAdmin } from '../admin-client.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { openedRequestSchema, requestListSchema } from './request-shape.ts'
import { listText, requestText } from './request-words.ts'

const laws = [...new Set(Object.values(refusalLaws).flat())]

const examples = `
Examples:
  $ cloison subject requests list -c tax/cloison.yaml
  $ cloison subject requests show 7 -c tax/cloison.yaml
  $ cloison subject requests extend 7 -c tax/cloison.yaml --text-file reason.txt
  $ cloison subject requests decide 7 -c tax/cloison.yaml --grant --text-file answer.txt
  $ echo 'The income is as the employer told it.' | cloison subject requests decide 7 -c tax/cloison.yaml --refuse eu-gdpr:A16

The gateway must be running. A request is due in one calendar month, extended once in two more; the person
reads reason and answer. Showing a request names the person, and is an entry of the log.
Laws of a refusal: ${laws.join(', ')}.
Exit codes: 0 done, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

interface Flags {
  readonly config: string
  readonly json?: true
}

interface TextFlags extends Flags {
  readonly textFile: string
}

interface DecideFlags extends TextFlags {
  readonly grant?: true
  readonly refuse?: string
  readonly element?: readonly string[]
  readonly restrict?: true
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(
    `"${text}" is no number of a request; take one from "subject requests list".`,
  )
}

/** What the person will read: never an argument, which every process could see. */
async function readText(file: string): Promise<string> {
  const content = await (file === '-' ? textOf(process.stdin) : readFile(file, 'utf8')).catch(
    () => undefined,
  )
  if (content === undefined) throw new UsageError(`the text file ${file} cannot be read.`)
  const written = requestTextSchema.safeParse(content.replaceAll('\r\n', '\n').trim())
  if (written.success) return written.data
  throw new UsageError(
    `the text must have 1 to ${longestRequestText} characters, in lines and without control characters.`,
  )
}

function list({ config, json }: Flags, io: CliIo): Promise<ExitCode> {
  return runAct('subject requests list', io, async () => {
    const answer = await withAdmin(config, (call) => call('/v1/requests'))
    const { requests } = requestListSchema.parse(answer)
    io.stdout(
      json === true ? `${JSON.stringify({ requests })}\n` : listText(requests, systemClock.now()),
    )
    return EXIT.ok
  })
}

function show(text: string, { config, json }: Flags, io: CliIo): Promise<ExitCode> {
  return runAct('subject requests show', io, async () => {
    const body = { v: 1, number: numberOf(text) }
    const answer = await withAdmin(config, (call) => call('/v1/request-openings', body))
    const request = openedRequestSchema.parse(answer)
    io.stdout(
      json === true ? `${JSON.stringify(answer)}\n` : requestText(request, systemClock.now()),
    )
    return EXIT.ok
  })
}

const extendedSchema = z.object({ entry: z.int(), dueMs: z.int() })

function extend(text: string, { config, json, textFile }: TextFlags, io: CliIo): Promise<ExitCode> {
  return runAct('subject requests extend', io, async () => {
    const body = { v: 1, number: numberOf(text), reason: await readText(textFile) }
    const answer = await withAdmin(config, (call) => call('/v1/request-extensions', body))
    const { entry, dueMs } = extendedSchema.parse(answer)
    const due = new Date(dueMs).toISOString().slice(0, 10)
    io.stdout(
      json === true
        ? `${JSON.stringify({ entry, dueMs })}\n`
        : `Extended by entry ${entry}: due by ${due}.\n`,
    )
    return EXIT.ok
  })
}

function outcomeOf({ grant, refuse }: DecideFlags): { outcome: string; law: string | null } {
  if ((grant === true) === (refuse !== undefined))
    throw new UsageError('say either --grant, or --refuse with the law that the refusal cites.')
  return refuse === undefined
    ? { outcome: 'granted', law: null }
    : { outcome: 'refused', law: refuse }
}

const decidedSchema = z.object({ entry: z.int(), recipients: z.int() })

function decide(text: string, flags: DecideFlags, io: CliIo): Promise<ExitCode> {
  return runAct('subject requests decide', io, async () => {
    const { config, json, textFile, element, restrict } = flags
    const body = {
      v: 1,
      number: numberOf(text),
      ...outcomeOf(flags),
      answer: await readText(textFile),
      ...(element !== undefined && { elements: [...element] }),
      ...(restrict === true && { restricts: true }),
    }
    const answer = await withAdmin(config, (call) => call('/v1/request-decisions', body))
    const { entry, recipients } = decidedSchema.parse(answer)
    const told =
      recipients === 0
        ? ''
        : ` It is told about ${recipients === 1 ? '1 exchange' : `${recipients} exchanges`} to those who had the data; "subject requests show" has their receipts.`
    io.stdout(
      json === true
        ? `${JSON.stringify({ entry, recipients })}\n`
        : `Decided, ${body.outcome}, by entry ${entry}.${told}\n`,
    )
    return EXIT.ok
  })
}

const config = ['-c, --config <file>', "the gateway's YAML file"] as const
const number = ['<number>', 'number of the request, as the list has it'] as const
const asJson = ['--json', 'print the result as JSON'] as const
const textFile = [
  '--text-file <file>',
  'what the person will read; - for standard input',
  '-',
] as const

function readingCommands(io: CliIo): readonly Command[] {
  return [
    new Command('list')
      .description('Lists requests by number, kind, dates and state, those due first at the top.')
      .addHelpText('before', examples)
      .requiredOption(...config)
      .option(...asJson)
      .action(async (flags: Flags) => io.exit(await list(flags, io))),
    new Command('show')
      .description('Opens one request, with whom it is from; an entry.')
      .addHelpText('before', examples)
      .argument(...number)
      .requiredOption(...config)
      .option(...asJson)
      .action(async (of: string, flags: Flags) => io.exit(await show(of, flags, io))),
  ]
}

function decidingCommands(io: CliIo): readonly Command[] {
  return [
    new Command('extend')
      .description('Takes two more months for one request, with a reason; an entry.')
      .addHelpText('before', examples)
      .argument(...number)
      .requiredOption(...config)
      .option(...textFile)
      .option(...asJson)
      .action(async (of: string, flags: TextFlags) => io.exit(await extend(of, flags, io))),
    new Command('decide')
      .description('Decides one request, with an answer; an entry.')
      .addHelpText('before', examples)
      .argument(...number)
      .requiredOption(...config)
      .option('--grant', 'grants it; a correction is then told to everyone who had the data')
      .addOption(new Option('--refuse <law>', 'refuses it by this law').choices(laws))
      .option('--element <name...>', 'what was corrected, where it is not what was asked for')
      .option('--restrict', 'with a granted objection, puts answers about the person on hold')
      .option(...textFile)
      .option(...asJson)
      .action(async (of: string, flags: DecideFlags) => io.exit(await decide(of, flags, io))),
  ]
}

/** `cloison subject requests`: what persons object to, want corrected or ask, for the data protection officer. */
export function requestsCommand(io: CliIo): Command {
  const command = new Command('requests')
    .description('What persons object to, want corrected or ask, and its decisions.')
    .addHelpText('before', examples)
  for (const one of [...readingCommands(io), ...decidingCommands(io)]) command.addCommand(one)
  return command
}
