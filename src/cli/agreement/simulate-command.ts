import { Command } from 'commander'
import { type Simulation, simulateAgreement } from '../../agreement/index.ts'
import { loadConfig, pastQuestions } from '../../node/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { readAgreementFile } from './agreement-file.ts'
import { runCommand } from './run-command.ts'

interface Options {
  readonly config: string
  readonly of?: string
  readonly json?: true
}

const examples = `
Examples:
  $ cloison agreement simulate rent.yaml -c tax/cloison.yaml
  $ cloison agreement simulate rent-2.yaml -c tax/cloison.yaml --of housing-tax --json

Replays the questions of the own log, under this agreement's id and the one that it cites, as if the draft
had been in force. Purpose, legal basis, elements, consent, and caps on officials and people are decided
anew; cases, enrolment and registers stay as they were, and the cap on a case is not replayed. Prints counts,
and nothing about anybody. The gateway may run meanwhile.
Exit codes: 0 replayed, 2 usage.
`

interface Report extends Simulation {
  readonly agreement: string
  readonly of: readonly string[]
  readonly erased: number
}

function text({ agreement, of, erased, ...found }: Report): string {
  const lines = [
    `${found.questions} past questions under ${of.join(' and ')}, replayed under ${agreement}:`,
    `  permitted  ${found.permitted}`,
    ...Object.entries(found.denied).map(([code, count]) => `  denied     ${count}  ${code}`),
    `${found.lost} that were permitted would be denied; ${found.gained} that were denied would be permitted.`,
    ...(erased === 0 ? [] : [`${erased} records of the log are erased and were not replayed.`]),
  ]
  return `${lines.join('\n')}\n`
}

async function simulate(file: string, options: Options, io: CliIo): Promise<ExitCode> {
  const { agreement } = await readAgreementFile(file)
  if (agreement.kind !== 'person')
    throw new UsageError(
      `${file} is an agreement of the kind "${agreement.kind}"; only those of the kind "person" are replayed.`,
    )
  const loaded = await loadConfig(options.config)
  const parties: readonly string[] = [agreement.provider, agreement.consumer]
  if (!parties.includes(loaded.config.org.id))
    throw new UsageError(
      `${loaded.config.org.id} is no party of ${agreement.id}, which is between ${parties.join(' and ')}; name the configuration of one of them.`,
    )
  const own = [agreement.id, ...(agreement.supersedes === null ? [] : [agreement.supersedes.id])]
  const of = options.of === undefined ? [...new Set(own)] : [options.of]
  const { questions, erased } = await pastQuestions(loaded, of)
  if (questions.length === 0)
    io.stderr(
      `The log has no question under ${of.join(' or ')}. Name another agreement's with --of; "cloison agreement list" shows them.\n`,
    )
  const found = simulateAgreement(agreement, questions)
  const report = { agreement: `${agreement.id} v${agreement.version}`, of, erased, ...found }
  io.stdout(options.json === true ? `${JSON.stringify(report)}\n` : text(report))
  return EXIT.ok
}

/** `cloison agreement simulate`: what a draft would have made of the questions of the past, in counts. */
export function simulateCommand(io: CliIo): Command {
  return new Command('simulate')
    .description('Replays past questions under a draft, and counts what would come of them.')
    .addHelpText('before', examples)
    .argument('<file>', 'a YAML draft, or a signed document')
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .option('--of <id>', 'the agreement whose questions are replayed')
    .option('--json', 'as JSON')
    .action((file: string, options: Options) =>
      runCommand('simulate', io, () => simulate(file, options, io)),
    )
}
