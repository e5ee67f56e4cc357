import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { decodeUtf8 } from '../../bytes/index.ts'
import { describedRegisters, loadConfig } from '../../node/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import {
  type BudgetAct,
  budgetActBytes,
  previewAnswerSchema,
  readMillionths,
  signBudgetAct,
  millionthsText,
} from '../../population/index.ts'
import { withAdminBytes } from '../admin-client.ts'
import { readOfficer } from '../agreement/officer.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { countersignCommand, handInCommand } from './budget-file-commands.ts'
import { budgetText } from './budget-text.ts'
import { runStats, withStatsGateway } from './stats-gateway.ts'

const examples = `
Examples:
  $ cloison stats budget -c statistics/cloison.yaml --agreement tax-tables
  $ cloison stats budget open residents --epsilon 1 --key keys/dpo.key -c tax/cloison.yaml
`

const openExamples = `
Examples:
  $ cloison stats budget open residents --epsilon 1 --key keys/dpo.key -c tax/cloison.yaml
  $ cloison stats budget open residents --epsilon 1 --per-analyst 0.5 --delta 1e-9 --key keys/dpo.key -c tax/cloison.yaml
  $ cloison stats budget open residents --epsilon 2 --from 2027-11-30 --key keys/dpo.key -c tax/cloison.yaml --output year.json

A year is open for 365 days, and can be renewed once it is over. More than 1 a year, and every renewal, needs an inspector's countersignature.
Exit codes: 0 open, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

/** Not required where commander looks, since it would ask them of `open` too. */
interface Flags {
  readonly config?: string
  readonly agreement?: string
  readonly analyst?: string
  readonly json?: true
}

interface OpenFlags {
  readonly config: string
  readonly key: string
  readonly epsilon: string
  readonly perAnalyst?: string
  readonly delta?: string
  readonly from?: string
  readonly output?: string
}

async function show(flags: Flags, io: CliIo): Promise<ExitCode> {
  const { agreement, config } = flags
  if (config === undefined || agreement === undefined)
    throw new UsageError(
      "name the own gateway's YAML file with -c, and an agreement with --agreement.",
    )
  const { budget } = await withStatsGateway(config, flags.analyst, async ({ analyst, call }) =>
    previewAnswerSchema.parse(await call('/v1/statistics/previews', { agreement, analyst })),
  )
  io.stdout(flags.json === true ? `${JSON.stringify(budget)}\n` : budgetText(budget))
  return EXIT.ok
}

function millionths(text: string, option: string): number {
  const micro = readMillionths(text) ?? 0
  if (micro === 0) throw new UsageError(`${option} is a decimal above 0, such as 0.5.`)
  return micro
}

function deltaExponent(text: string | undefined): number | null {
  if (text === undefined) return null
  const [, digits = ''] = /^1e-([6-9]|1[0-5])$/.exec(text) ?? []
  if (digits === '') throw new UsageError('--delta is a power of ten, 1e-6 to 1e-15.')
  return Number(digits)
}

function begin(text: string | undefined, nowMs: number): number {
  if (text === undefined) return nowMs
  const ms = Date.parse(`${text}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(ms)) return ms
  throw new UsageError('--from is a date, as 2027-01-31.')
}

/** A year that is open stays so: one of nobody, by a slip of the pen, must not be opened. */
async function requirePopulation(population: string, configFile: string): Promise<void> {
  const registers = await describedRegisters(await loadConfig(configFile))
  const names = [...new Set(registers.map((one) => one.population.name))]
  if (names.includes(population)) return
  throw new UsageError(
    names.length === 0
      ? `${configFile} has no register, so it has no population either.`
      : `no register of ${configFile} is about ${JSON.stringify(population)}; they are about: ${names.join(', ')}.`,
  )
}

async function open(population: string, flags: OpenFlags, io: CliIo): Promise<ExitCode> {
  await requirePopulation(population, flags.config)
  const { organisation, seed } = await readOfficer({ key: flags.key, config: flags.config })
  const act: BudgetAct = {
    v: 1,
    organisation,
    population,
    composition: 'basic',
    microEpsilon: millionths(flags.epsilon, '--epsilon'),
    deltaExponent: deltaExponent(flags.delta),
    perAnalystMicroEpsilon:
      flags.perAnalyst === undefined ? null : millionths(flags.perAnalyst, '--per-analyst'),
    fromMs: begin(flags.from, io.now()),
    signatures: [],
  }
  const bytes = budgetActBytes(
    signBudgetAct(act, { organisation, role: 'dpo', seed }, bestEd25519()),
  )
  if (flags.output !== undefined) {
    await writeFile(flags.output, decodeUtf8(bytes), { flag: 'wx' })
    io.stdout(
      `Signed, in ${flags.output}. An inspector countersigns it (cloison stats budget countersign), then it is handed in (cloison stats budget hand-in).\n`,
    )
    return EXIT.ok
  }
  const entry = await withAdminBytes(flags.config, '/v1/budgets', bytes)
  io.stdout(
    `A year of "${population}" is open, for an epsilon of ${millionthsText(act.microEpsilon)}: entry ${entry}.\n`,
  )
  return EXIT.ok
}

function openCommand(io: CliIo): Command {
  return new Command('open')
    .description('Opens a year of a population: how much of its privacy may be spent.')
    .addHelpText('before', openExamples)
    .argument('<population>', "the population, as the register's description names it")
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .requiredOption('--key <file>', "the data protection officer's key")
    .requiredOption('--epsilon <decimal>', 'what the year may spend')
    .option('--per-analyst <decimal>', 'what one analyst may spend under an agreement')
    .option('--delta <power>', 'what all deltas together may be, as 1e-9; none without it')
    .option('--from <date>', 'when the year begins; now unless told')
    .option('--output <file>', 'write the signed act, and hand in nothing')
    .action((population: string, flags: OpenFlags) =>
      runStats('budget open', io, () => open(population, flags, io)),
    )
}

/** `cloison stats budget`: what is left of a population's privacy, and why. */
export function budgetCommand(io: CliIo): Command {
  return new Command('budget')
    .description("Says what is left of a population's privacy budget, and what was spent on what.")
    .addHelpText('before', examples)
    .enablePositionalOptions()
    .option('-c, --config <file>', "the own gateway's YAML file; needed")
    .option('--agreement <id>', 'id of the agreement; needed')
    .option('--analyst <id>', "whose share; the caller's name unless told")
    .option('--json', 'print as JSON')
    .action((flags: Flags) => runStats('budget', io, () => show(flags, io)))
    .addCommand(openCommand(io))
    .addCommand(countersignCommand(io))
    .addCommand(handInCommand(io))
}
