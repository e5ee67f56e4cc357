import { Command } from 'commander'
import { joinSeconds, millionthsText } from '../../../population/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../../cli-io.ts'
import { budgetText } from '../budget-text.ts'
import { refusalText } from '../outcome-text.ts'
import { catalogueText } from '../preview-command.ts'
import { runStats, withStatsGateway } from '../stats-gateway.ts'
import { joinPreviewSchema, type JoinPreviewAnswer } from './join-answers.ts'
import { readJoinFile } from './join-file.ts'
import { collusionText } from './join-text.ts'

const examples = `
Examples:
  $ cloison stats join preview -c statistics/cloison.yaml --question need.json
  $ cloison stats join preview -c statistics/cloison.yaml --question - < need.json

Asks nothing and spends nothing. Exit codes: 0 it can be asked, 1 fault, 2 usage, 4 it would be refused, 5 a gateway is unavailable, 6 a privacy budget has too little left.
`

interface Flags {
  readonly config: string
  readonly question: string
  readonly analyst?: string
  readonly json?: true
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${Math.ceil(bytes / 1_000_000)} MB`
}

function plannedText({ preview, held, refusal }: JoinPreviewAnswer): string {
  if (preview === null) return ''
  const { cells, numbers, cost, points, bytes, multiplications } = preview
  const level = ((numbers[0]?.levelPpm ?? 0) / 10_000).toFixed(2)
  const each = numbers.map(({ name, halfWidth }) => `${name} ± ${halfWidth}`).join(', ')
  const price =
    held !== null && refusal === null
      ? `It was asked before over these snapshots, as ${held}: it costs nothing.`
      : `It costs each holder an epsilon of ${millionthsText(cost.microEpsilon)} and a delta of ${cost.deltaUnits} · 10^-15, whatever comes out.`
  const seconds = joinSeconds(multiplications)
  return [
    `The table has ${cells} ${cells === 1 ? 'cell' : 'cells'}; in each: ${each} (in ${level} % of releases, for the noise alone).`,
    price,
    `About ${points.left} and ${points.right} points, ${sizeText(bytes)} moved, ${multiplications} multiplications: at least ${seconds} s of one core with libsodium.`,
    '',
  ].join('\n')
}

function partiesText({ parties, holders }: JoinPreviewAnswer): string {
  const [left = '', right = ''] = holders.map(({ organisation }) => organisation)
  const tally = parties.mustAgree.at(-1) ?? ''
  const { inspector } = parties
  return [
    `Must agree before a row is read: ${parties.mustAgree.join(', ')}. May audit: ${inspector}.`,
    collusionText({ holders: [left, right], tally, inspector }),
    '',
  ].join('\n')
}

function reportText(report: JoinPreviewAnswer): string {
  const holders = report.holders.map(({ answer }) =>
    [report.preview === null ? catalogueText(answer) : '', budgetText(answer.budget)].join(''),
  )
  return [plannedText(report), ...holders, partiesText(report)].join('')
}

async function preview(flags: Flags, io: CliIo): Promise<ExitCode> {
  const question = await readJoinFile(flags.question)
  const report = await withStatsGateway(flags.config, flags.analyst, async ({ analyst, call }) =>
    joinPreviewSchema.parse(await call('/v1/statistics/joins/previews', { analyst, question })),
  )
  io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : reportText(report))
  const { refusal } = report
  if (refusal === null) return EXIT.ok
  io.stderr(`It would be refused: ${refusalText(refusal)}.\n`)
  return refusal.code === 'BUDGET_SPENT' ? EXIT.exhausted : EXIT.refused
}

/** `cloison stats join preview`: what a table over two registers would give and cost, before anything is spent. */
export function joinPreviewCommand(io: CliIo): Command {
  return new Command('preview')
    .description('Says what a table over two registers would have and cost, and who must agree.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .requiredOption('--question <file>', 'a question in JSON; - for standard input')
    .option('--analyst <id>', "who asks; the caller's name unless told")
    .option('--json', 'print the answer as JSON')
    .action((flags: Flags) => runStats('join preview', io, () => preview(flags, io)))
}
