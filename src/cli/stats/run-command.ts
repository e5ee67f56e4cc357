import { Command } from 'commander'
import { type PopulationAnswer, populationAnswerSchema } from '../../population/index.ts'
import { systemTimers } from '../../platform/index.ts'
import { type CliIo, type ExitCode } from '../cli-io.ts'
import { outcomeExit, outcomeText } from './outcome-text.ts'
import { readQueryFile } from './query-file.ts'
import { runStats, type StatsGateway, withStatsGateway } from './stats-gateway.ts'

const examples = `
Examples:
  $ cloison stats run -c statistics/cloison.yaml --agreement tax-tables --query hours.json
  $ echo '{"by": ["sex"], "measure": {"mean": "age"}, "epsilon": 0.2}' | cloison stats run -c cloison.yaml --agreement tax-tables --query -
  $ cloison stats run -c cloison.yaml --agreement tax-tables --query hours.json --json

Look at "cloison stats preview" first: what is reserved is spent, whatever comes out.
Exit codes: 0 released, 1 fault, 2 usage, 4 refused, 5 gateway or provider unavailable, 6 the privacy budget has too little left.
`

interface Flags {
  readonly config: string
  readonly agreement: string
  readonly query: string
  readonly analyst?: string
  readonly json?: true
}

const longestPauseMs = 1_000
const mostRounds = 3_600

function tellWait(answer: Extract<PopulationAnswer, { state: 'pending' }>, io: CliIo): void {
  const seconds = Math.max(0, Math.ceil((answer.releaseAtMs - answer.nowMs) / 1_000))
  io.stderr(
    seconds === 0
      ? 'reserved; the register takes longer than planned\n'
      : `reserved; the release leaves in about ${seconds} s\n`,
  )
}

/** Asks, and asks the same again until the release has left: that costs nothing. */
async function askUntilReleased(
  { call, analyst }: StatsGateway,
  { agreement, query }: { readonly agreement: string; readonly query: unknown },
  io: CliIo,
): Promise<Exclude<PopulationAnswer, { state: 'pending' }>> {
  const body = { agreement, query, analyst }
  let answer = populationAnswerSchema.parse(await call('/v1/statistics', body))
  for (let round = 0; answer.state === 'pending'; round += 1) {
    if (round === mostRounds)
      throw new Error('the register has not answered within an hour; ask again later, for nothing')
    if (round % 10 === 0) tellWait(answer, io)
    const { exchangeId, releaseAtMs, nowMs } = answer
    await systemTimers.sleep(Math.min(longestPauseMs, Math.max(100, releaseAtMs - nowMs)))
    answer = populationAnswerSchema.parse(await call('/v1/statistics', { ...body, exchangeId }))
  }
  return answer
}

async function run(flags: Flags, io: CliIo): Promise<ExitCode> {
  const query = await readQueryFile(flags.query)
  const answer = await withStatsGateway(flags.config, flags.analyst, (gateway) =>
    askUntilReleased(gateway, { agreement: flags.agreement, query }, io),
  )
  if (flags.json === true) io.stdout(`${JSON.stringify(answer)}\n`)
  else io.stdout(outcomeText(answer))
  return outcomeExit(answer, io)
}

/** `cloison stats run`: one table about a population, with noise, under an agreement. */
export function runCommand(io: CliIo): Command {
  return new Command('run')
    .description('Asks for a table about a population: noisy numbers with their intervals.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .requiredOption('--agreement <id>', 'id of the agreement')
    .requiredOption('--query <file>', 'a query in JSON; - for standard input')
    .option('--analyst <id>', "who asks; the caller's name unless told")
    .option('--json', "print the provider's answer as JSON, with release, signature and receipt")
    .action((flags: Flags) => runStats('run', io, () => run(flags, io)))
}
