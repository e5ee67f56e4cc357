import { Command, Option } from 'commander'
import * as z from 'zod'
import { populationAnswerSchema } from '../../population/index.ts'
import { exchangeIdSchema } from '../../protocol/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { outcomeExit, outcomeText } from './outcome-text.ts'
import { runStats, withStatsGateway } from './stats-gateway.ts'
import { type ResultForm, resultForms, writeResult } from './write-result.ts'

const examples = `
Examples:
  $ cloison stats result -c statistics/cloison.yaml                      what was asked, newest first
  $ cloison stats result nBJxSwQ3bLwLJpZL1qMZzw -c cloison.yaml          one of them
  $ cloison stats result nBJxSwQ3bLwLJpZL1qMZzw -c cloison.yaml --json
  $ cloison stats result nBJxSwQ3bLwLJpZL1qMZzw -c cloison.yaml --as csv --output hours.csv

Exit codes: 0 released, 1 fault, 2 usage, 4 refused or unknown, 5 the gateway cannot be reached, 6 the budget had too little left.
`

interface Flags {
  readonly config: string
  readonly analyst?: string
  readonly json?: true
  readonly as?: ResultForm
  readonly output?: string
}

const kept = z.object({
  exchangeId: z.string(),
  provider: z.string(),
  agreement: z.object({ id: z.string(), version: z.int() }),
  code: z.string().nullable(),
  atMs: z.int(),
  answer: populationAnswerSchema,
})

type Kept = z.infer<typeof kept>

function lineOf({ exchangeId, atMs, agreement, provider, code }: Kept): string {
  const when = new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
  return `${exchangeId}  ${when}  ${agreement.id} v${agreement.version}, ${provider}: ${code ?? 'released'}\n`
}

async function list(flags: Flags, io: CliIo): Promise<ExitCode> {
  const rows = await withStatsGateway(flags.config, flags.analyst, async ({ analyst, call }) =>
    z.array(kept).parse(await call('/v1/statistics/results', { analyst })),
  )
  if (flags.json === true) io.stdout(`${JSON.stringify(rows)}\n`)
  else if (rows.length === 0) io.stdout('Nothing was asked yet: cloison stats run.\n')
  else for (const row of rows) io.stdout(lineOf(row))
  return EXIT.ok
}

async function show(exchangeId: string, flags: Flags, io: CliIo): Promise<ExitCode> {
  if (flags.as !== undefined && flags.output === undefined)
    throw new UsageError('--as needs --output, the file that the release goes into.')
  if (!exchangeIdSchema.safeParse(exchangeId).success)
    throw new UsageError(
      `${JSON.stringify(exchangeId)} is no number of a question, which has 22 characters; without one, "stats result" lists them.`,
    )
  const { answer } = await withStatsGateway(
    flags.config,
    flags.analyst,
    async ({ analyst, call }) =>
      kept.parse(await call('/v1/statistics/result', { exchangeId, analyst })),
  )
  if (answer.state === 'pending') throw new TypeError('what is kept is an outcome')
  if (flags.output !== undefined && answer.state === 'released') {
    await writeResult(answer, flags.as ?? 'json', flags.output)
    io.stdout(`${flags.output}\n`)
    return EXIT.ok
  }
  io.stdout(flags.json === true ? `${JSON.stringify(answer)}\n` : outcomeText(answer))
  return outcomeExit(answer, io)
}

/** `cloison stats result`: what was asked, and what came of it. */
export function resultCommand(io: CliIo): Command {
  return new Command('result')
    .description('Shows what was asked about populations, and what came of it.')
    .addHelpText('before', examples)
    .argument('[exchange]', 'number of the question; without it, all of the analyst')
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .option('--analyst <id>', "whose questions; the caller's name unless told")
    .option('--json', 'print as JSON')
    .addOption(
      new Option('--as <form>', 'form of the file; JSON has certificate and receipt').choices(
        resultForms,
      ),
    )
    .option('--output <file>', 'write the release with its intervals to a file')
    .action((exchange: string | undefined, flags: Flags) =>
      runStats('result', io, () =>
        exchange === undefined ? list(flags, io) : show(exchange, flags, io),
      ),
    )
}
