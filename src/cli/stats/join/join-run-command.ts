import { Command } from 'commander'
import { systemTimers } from '../../../platform/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../../cli-io.ts'
import { refusalText } from '../outcome-text.ts'
import { runStats, type StatsGateway, withStatsGateway } from '../stats-gateway.ts'
import { joinAskedSchema, joinViewSchema, type JoinViewAnswer } from './join-answers.ts'
import { readJoinFile } from './join-file.ts'
import { progressText, viewExit, viewText } from './join-outcome.ts'

const examples = `
Examples:
  $ cloison stats join run -c statistics/cloison.yaml --question need.json
  $ cloison stats join run -c statistics/cloison.yaml --question need.json --no-wait
  $ cloison stats join run -c statistics/cloison.yaml --question need.json --json

Look at "cloison stats join preview" first: what is begun is charged to both holders, whatever comes out.
Exit codes: 0 released (or begun, with --no-wait), 1 fault, 2 usage, 3 a signature or the log speaks against the table, 4 refused or stopped, 5 a gateway is unavailable, 6 a privacy budget has too little left.
`

interface Flags {
  readonly config: string
  readonly question: string
  readonly analyst?: string
  readonly json?: true
  readonly wait: boolean
}

const pauseMs = 1_000

/** Waits for a run's end, and says each leg as it comes. */
async function waitFor(
  qid: string,
  { call, analyst }: StatsGateway,
  io: CliIo,
): Promise<JoinViewAnswer> {
  let said = ''
  for (;;) {
    const view = joinViewSchema.parse(await call('/v1/statistics/joins/result', { qid, analyst }))
    if (view.state !== 'running') return view
    const text = progressText(view)
    if (text !== said) io.stderr(`${text}\n`)
    said = text
    await systemTimers.sleep(pauseMs)
  }
}

async function ask(gateway: StatsGateway, flags: Flags, io: CliIo): Promise<ExitCode> {
  const question = await readJoinFile(flags.question)
  const { analyst, call } = gateway
  const asked = joinAskedSchema.parse(await call('/v1/statistics/joins', { analyst, question }))
  if (asked.state === 'refused') {
    io.stderr(`refused by ${asked.by}: ${refusalText(asked)}\n`)
    return asked.code === 'BUDGET_SPENT' ? EXIT.exhausted : EXIT.refused
  }
  if (asked.state === 'held') io.stderr('asked before over these snapshots: it costs nothing\n')
  if (!flags.wait) {
    io.stdout(`${asked.qid}\n`)
    return EXIT.ok
  }
  const view = await waitFor(asked.qid, gateway, io)
  const code = viewExit(view, io)
  io.stdout(flags.json === true ? `${JSON.stringify(view)}\n` : viewText(view))
  return code
}

/** `cloison stats join run`: one table over two registers, with noise, under two agreements. */
export function joinRunCommand(io: CliIo): Command {
  return new Command('run')
    .description('Asks for a table over two registers: noisy numbers with their intervals.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .requiredOption('--question <file>', 'a question in JSON; - for standard input')
    .option('--analyst <id>', "who asks; the caller's name unless told")
    .option('--no-wait', 'print the number of the run once it is begun')
    .option('--json', 'print the outcome as JSON, with the certificate')
    .action((flags: Flags) =>
      runStats('join run', io, () =>
        withStatsGateway(flags.config, flags.analyst, (gateway) => ask(gateway, flags, io)),
      ),
    )
}
