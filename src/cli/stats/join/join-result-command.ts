import { writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import * as z from 'zod'
import { joinFileBytes, joinReleaseForm, tableCsv } from '../../../population/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../../cli-io.ts'
import { UsageError } from '../../read-subject.ts'
import { runStats, withStatsGateway } from '../stats-gateway.ts'
import { type ResultForm, resultForms } from '../write-result.ts'
import { joinViewSchema, type JoinViewAnswer } from './join-answers.ts'
import { progressText, releaseIn, viewExit, viewText } from './join-outcome.ts'

const examples = `
Examples:
  $ cloison stats join result -c statistics/cloison.yaml                                     what was asked, newest first
  $ cloison stats join result 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c cloison.yaml               one of them: its legs, or its table
  $ cloison stats join result 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c cloison.yaml --as csv --output need.csv

Exit codes: 0 released or running, 1 fault, 2 usage, 3 a signature or the log speaks against the table, 4 stopped or unknown, 5 the gateway cannot be reached.
`

interface Flags {
  readonly config: string
  readonly analyst?: string
  readonly json?: true
  readonly as?: ResultForm
  readonly output?: string
}

type Released = Extract<JoinViewAnswer, { state: 'released' }>

async function writeJoin(view: Released, form: ResultForm, path: string): Promise<void> {
  const file = { release: releaseIn(view).release, receipt: { ...view.place } }
  const bytes = form === 'csv' ? tableCsv(joinReleaseForm(file.release)) : joinFileBytes(file)
  await writeFile(path, form === 'parquet' ? '' : bytes, { flag: 'wx' }).catch((cause: unknown) => {
    throw new UsageError(`${path} stands there already, or its folder is not there.`, { cause })
  })
  if (form !== 'parquet') return
  // Loads the engine, which nothing else of a command needs.
  const { writeJoinParquet } = await import('../../../storage/parquet/index.ts')
  await writeJoinParquet(file, path)
}

function lineOf(view: JoinViewAnswer): string {
  const when = new Date(view.begunMs).toISOString().slice(0, 16).replace('T', ' ')
  const said =
    view.state === 'running'
      ? progressText(view)
      : view.state === 'stopped'
        ? `stopped, ${view.code}`
        : 'released'
  return `${view.qid}  ${when}  ${said}\n`
}

async function list(flags: Flags, io: CliIo): Promise<ExitCode> {
  const views = await withStatsGateway(flags.config, flags.analyst, async ({ analyst, call }) =>
    z.array(joinViewSchema).parse(await call('/v1/statistics/joins/results', { analyst })),
  )
  if (flags.json === true) io.stdout(`${JSON.stringify(views)}\n`)
  else if (views.length === 0) io.stdout('Nothing was asked yet: cloison stats join run.\n')
  else for (const view of views) io.stdout(lineOf(view))
  return EXIT.ok
}

async function show(qid: string, flags: Flags, io: CliIo): Promise<ExitCode> {
  if (flags.as !== undefined && flags.output === undefined)
    throw new UsageError('--as needs --output, the file that the release goes into.')
  if (!/^[0-9a-f]{32}$/.test(qid))
    throw new UsageError(
      `${JSON.stringify(qid)} is no number of a join, which has 32 digits and letters a to f; without one, "stats join result" lists them.`,
    )
  const view = await withStatsGateway(flags.config, flags.analyst, async ({ analyst, call }) =>
    joinViewSchema.parse(await call('/v1/statistics/joins/result', { qid, analyst })),
  )
  if (flags.output !== undefined && view.state === 'released') {
    await writeJoin(view, flags.as ?? 'json', flags.output)
    io.stdout(`${flags.output}\n`)
    return viewExit(view, io)
  }
  const code = viewExit(view, io)
  io.stdout(flags.json === true ? `${JSON.stringify(view)}\n` : viewText(view))
  return code
}

/** `cloison stats join result`: what was asked over two registers, how far it is, and what came of it. */
export function joinResultCommand(io: CliIo): Command {
  return new Command('result')
    .description('Shows what was asked over two registers, how far it is, and what came of it.')
    .addHelpText('before', examples)
    .argument('[number]', 'number of the run; without it, all of the analyst')
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .option('--analyst <id>', "whose questions; the caller's name unless told")
    .option('--json', 'print as JSON')
    .addOption(
      new Option('--as <form>', 'form of the file; JSON has the certificate').choices(resultForms),
    )
    .option('--output <file>', 'write the release with its intervals to a file')
    .action((qid: string | undefined, flags: Flags) =>
      runStats('join result', io, () =>
        qid === undefined ? list(flags, io) : show(qid, flags, io),
      ),
    )
}
