import { Command, Option } from 'commander'
import * as z from 'zod'
import { entryOf, runAct, withAdmin } from '../admin-client.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'

const examples = `
Examples:
  $ cloison emergency list -c social/cloison.yaml
  $ cloison emergency review J7hK… -c social/cloison.yaml --consumer housing --finding justified

The gateway must be running. A question that no second official has confirmed must be reviewed within 24
hours; otherwise its official gets no answer any more, until it is. "unjustified" suspends at once.
Exit codes: 0 done, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

const listSchema = z.object({
  emergencies: z.array(
    z.object({
      consumer: z.string(),
      exchangeId: z.string(),
      agreement: z.string(),
      official: z.string(),
      atMs: z.int(),
      confirmed: z.boolean(),
      finding: z.string().nullable(),
      reviewByMs: z.int().nullable(),
      suspends: z.boolean(),
      log: z.string(),
      entry: z.int(),
    }),
  ),
})

type Emergency = z.infer<typeof listSchema>['emergencies'][number]

function minute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`
}

function stateOf({ finding, confirmed, reviewByMs, suspends }: Emergency): string {
  if (finding !== null) return suspends ? `${finding}, the official is suspended` : finding
  if (confirmed) return 'confirmed by a second official'
  const by = reviewByMs === null ? '' : minute(reviewByMs)
  return suspends ? `not reviewed by ${by}: the official is suspended` : `review due by ${by}`
}

function describe(emergencies: readonly Emergency[]): string {
  if (emergencies.length === 0) return 'No question was asked in an emergency.\n'
  return emergencies
    .map((one) => {
      const { exchangeId, consumer, agreement, official, atMs, log, entry } = one
      return `${exchangeId}  ${minute(atMs)}  ${consumer}, official ${official}, ${agreement}\n  ${stateOf(one)}; entry ${entry} of ${log}\n`
    })
    .join('')
}

interface ListFlags {
  readonly config: string
  readonly json?: true
}

function list({ config, json }: ListFlags, io: CliIo): Promise<ExitCode> {
  return runAct('emergency list', io, async () => {
    const answer = await withAdmin(config, (call) => call('/v1/emergencies'))
    const { emergencies } = listSchema.parse(answer)
    io.stdout(json === true ? `${JSON.stringify({ emergencies })}\n` : describe(emergencies))
    return EXIT.ok
  })
}

interface ReviewFlags {
  readonly config: string
  readonly consumer: string
  readonly finding: string
}

function review(exchangeId: string, flags: ReviewFlags, io: CliIo): Promise<ExitCode> {
  return runAct('emergency review', io, async () => {
    const { config, consumer, finding } = flags
    const body = { v: 1, consumer, exchangeId, finding }
    const entry = entryOf(await withAdmin(config, (call) => call('/v1/emergency-reviews', body)))
    io.stdout(`Reviewed: ${finding}, by entry ${entry}.\n`)
    return EXIT.ok
  })
}

/** The command group `emergency`: what was asked in emergencies, and its reviews. */
export function emergencyCommand(io: CliIo): Command {
  const config = ['-c, --config <file>', "the answering gateway's YAML file"] as const
  return new Command('emergency')
    .description('What was asked in emergencies, and its reviews.')
    .addHelpText('before', examples)
    .addCommand(
      new Command('list')
        .description('Lists questions asked in emergencies, those that wait for a review first.')
        .addHelpText('before', examples)
        .requiredOption(...config)
        .option('--json', 'print the list as JSON')
        .action(async (flags: ListFlags) => io.exit(await list(flags, io))),
    )
    .addCommand(
      new Command('review')
        .description('Says what the review of one question found; an entry.')
        .addHelpText('before', examples)
        .argument('<exchange>', 'id of the exchange, as the list has it')
        .requiredOption(...config)
        .requiredOption('--consumer <organisation>', 'who asked')
        .addOption(
          new Option('--finding <finding>', 'what was found')
            .choices(['justified', 'unjustified'])
            .makeOptionMandatory(),
        )
        .action(async (exchange: string, flags: ReviewFlags) =>
          io.exit(await review(exchange, flags, io)),
        ),
    )
}
