import { Command } from 'commander'
import { dayText, minuteText, signedText } from '../../agreement/index.ts'
import { agreementOverview, type AgreementRow, loadConfig } from '../../node/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { runCommand } from './run-command.ts'

interface Options {
  readonly config: string
  readonly json?: true
}

const examples = `
Examples:
  $ cloison agreement list -c housing/cloison.yaml
  $ cloison agreement list -c housing/cloison.yaml --json

State, signatures, end of the time lock, people in 30 days and last day of every agreement, by the own log.
`

const heads = [
  'agreement',
  'state',
  'asks',
  'answers',
  'signed by',
  'in effect from',
  'people/30 d',
  'last day',
]

function cells({ agreement, standing }: AgreementRow): readonly string[] {
  const { id, version, consumer, provider, notAfterMs } = agreement
  const people =
    agreement.kind === 'person' ? String(agreement.caps.distinctSubjectsPer30Days) : '-'
  return [
    `${id} v${version}`,
    standing.state,
    consumer,
    provider,
    signedText(agreement),
    standing.effectiveFromMs === null ? '-' : minuteText(standing.effectiveFromMs),
    people,
    dayText(notAfterMs - 1),
  ]
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = heads.map((_head, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return `${rows.map(line).join('\n')}\n`
}

async function list({ config, json }: Options, io: CliIo): Promise<ExitCode> {
  const rows = await agreementOverview(await loadConfig(config), io.now())
  if (json === true) {
    const found = rows.map(({ agreement, digest, standing }) => ({
      digest,
      ...standing,
      agreement,
    }))
    io.stdout(`${JSON.stringify({ agreements: found })}\n`)
    return EXIT.ok
  }
  if (rows.length === 0) {
    io.stderr('There is no agreement yet. Begin one: cloison agreement new\n')
    return EXIT.ok
  }
  io.stdout(table([heads, ...rows.map(cells)]))
  return EXIT.ok
}

/** `cloison agreement list`: every agreement of the organisation, and where it stands. */
export function listCommand(io: CliIo): Command {
  return new Command('list')
    .description('Lists the agreements of an organisation and where each stands.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .option('--json', 'as JSON')
    .action((options: Options) => runCommand('list', io, () => list(options, io)))
}
