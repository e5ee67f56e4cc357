import { Command } from 'commander'
import { type PreviewAnswer, previewAnswerSchema, millionthsText } from '../../population/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { budgetText } from './budget-text.ts'
import { refusalText } from './outcome-text.ts'
import { readQueryFile } from './query-file.ts'
import { runStats, withStatsGateway } from './stats-gateway.ts'

const examples = `
Examples:
  $ cloison stats preview -c statistics/cloison.yaml --agreement tax-tables --query hours.json
  $ echo '{"by": ["sex"], "measure": "count", "epsilon": 0.1}' | cloison stats preview -c cloison.yaml --agreement tax-tables --query -
  $ cloison stats preview -c cloison.yaml --agreement tax-tables       what can be asked

Spends nothing. Exit codes: 0 it can be asked, 1 fault, 2 usage, 4 it would be refused, 5 gateway or provider unavailable, 6 the privacy budget has too little left.
`

interface Flags {
  readonly config: string
  readonly agreement: string
  readonly query?: string
  readonly analyst?: string
  readonly json?: true
}

const mostKeys = 8

function domainText(domain: PreviewAnswer['catalogue']['elements'][number]['domain']): string {
  switch (domain.kind) {
    case 'closed': {
      const shown = domain.keys.slice(0, mostKeys).join(', ')
      return domain.keys.length > mostKeys ? `${shown}, … (${domain.keys.length})` : shown
    }
    case 'bounded':
      return `${domain.min} to ${domain.max}`
    case 'open':
      return 'no closed list: neither counted by nor measured'
  }
}

/** What can be asked under an agreement, in a few lines. */
export function catalogueText({ catalogue }: PreviewAnswer): string {
  const { register, provider, population, snapshot, elements } = catalogue
  const lines = elements.map(({ name, unit, domain, protected: isProtected }) => {
    const measured = unit === null ? '' : ` ${unit}`
    return `  ${name}: ${domainText(domain)}${measured}${isProtected ? ' (protected)' : ''}`
  })
  const size = population.size.toLocaleString('en')
  return [
    `${register} of ${provider}: about ${size} people, as of ${snapshot}`,
    ...lines,
    `One question spends an epsilon of ${millionthsText(catalogue.mostMicroEpsilon)} at most.`,
    '',
  ].join('\n')
}

function plannedText({ preview, refusal }: PreviewAnswer): string {
  if (preview === null) return ''
  const { cells, numbers, microEpsilon, held } = preview
  const [first] = numbers
  const level = ((first?.levelPpm ?? 0) / 10_000).toFixed(2)
  const numbersText =
    numbers.length > 3
      ? `${numbers.length} buckets, each ± ${first?.halfWidth ?? 0}`
      : numbers.map(({ name, halfWidth }) => `${name} ± ${halfWidth}`).join(', ')
  const price =
    held && refusal === null
      ? 'It was asked before over this snapshot: it costs nothing.'
      : `It costs an epsilon of ${millionthsText(microEpsilon)}, whatever comes out.`
  return [
    `The table has ${cells} ${cells === 1 ? 'cell' : 'cells'}; in each: ${numbersText} (in ${level} % of releases, for the noise alone).`,
    price,
    '',
  ].join('\n')
}

async function preview(flags: Flags, io: CliIo): Promise<ExitCode> {
  const query = flags.query === undefined ? null : await readQueryFile(flags.query)
  const answer = await withStatsGateway(flags.config, flags.analyst, async ({ analyst, call }) =>
    previewAnswerSchema.parse(
      await call('/v1/statistics/previews', { agreement: flags.agreement, analyst, query }),
    ),
  )
  if (flags.json === true) io.stdout(`${JSON.stringify(answer)}\n`)
  else
    io.stdout(
      `${query === null ? catalogueText(answer) : plannedText(answer)}${budgetText(answer.budget)}`,
    )
  const { refusal } = answer
  if (refusal === null) return EXIT.ok
  io.stderr(`It would be refused: ${refusalText(refusal)}.\n`)
  return refusal.code === 'BUDGET_SPENT' ? EXIT.exhausted : EXIT.refused
}

/** `cloison stats preview`: what a question would give and cost, before anything is spent. */
export function previewCommand(io: CliIo): Command {
  return new Command('preview')
    .description('Says what can be asked, what a table would have and cost, and what is left.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .requiredOption('--agreement <id>', 'id of the agreement')
    .option('--query <file>', 'a query in JSON; - for standard input')
    .option('--analyst <id>', "who asks; the caller's name unless told")
    .option('--json', 'print the answer as JSON')
    .action((flags: Flags) => runStats('preview', io, () => preview(flags, io)))
}
