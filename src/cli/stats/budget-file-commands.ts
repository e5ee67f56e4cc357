import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { decodeUtf8 } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import {
  type BudgetAct,
  budgetActBytes,
  parseBudgetAct,
  signBudgetAct,
  millionthsText,
} from '../../population/index.ts'
import { withAdminBytes } from '../admin-client.ts'
import { readOfficer } from '../agreement/officer.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { runStats } from './stats-gateway.ts'

const countersignExamples = `
Examples:
  $ cloison stats budget countersign year.json --key keys/inspector.key -c inspector/cloison.yaml

The file is written anew with the inspector's signature beside the officer's; it goes back to the officer, who hands it in.
Exit codes: 0 countersigned, 1 fault, 2 usage.
`

const handInExamples = `
Examples:
  $ cloison stats budget hand-in year.json -c tax/cloison.yaml

Exit codes: 0 open, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

interface CountersignFlags {
  readonly config: string
  readonly key: string
}

async function readAct(file: string): Promise<BudgetAct> {
  const bytes = await readFile(file).catch(() => undefined)
  if (bytes === undefined) throw new UsageError(`${file} cannot be read.`)
  const act = parseBudgetAct(new Uint8Array(bytes))
  if (act !== undefined) return act
  throw new UsageError(
    `${file} is no signed budget. Make one with "cloison stats budget open … --output ${file}".`,
  )
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

async function countersign(file: string, flags: CountersignFlags, io: CliIo): Promise<ExitCode> {
  const act = await readAct(file)
  const officer = { key: flags.key, config: flags.config, inspector: true }
  const { organisation, seed } = await readOfficer(officer)
  if (organisation === act.organisation)
    throw new UsageError(
      `${file} is of ${act.organisation} itself; an inspector of another organisation countersigns.`,
    )
  const signed = signBudgetAct(act, { organisation, role: 'inspector', seed }, bestEd25519())
  await writeFile(file, decodeUtf8(budgetActBytes(signed)))
  io.stdout(
    `Countersigned: an epsilon of ${millionthsText(act.microEpsilon)} for "${act.population}" of ${act.organisation}, from ${day(act.fromMs)} on. It is handed in there: cloison stats budget hand-in ${file}\n`,
  )
  return EXIT.ok
}

async function handIn(
  file: string,
  { config }: { readonly config: string },
  io: CliIo,
): Promise<ExitCode> {
  const act = await readAct(file)
  const entry = await withAdminBytes(config, '/v1/budgets', budgetActBytes(act))
  io.stdout(
    `A year of "${act.population}" is open from ${day(act.fromMs)} on, for an epsilon of ${millionthsText(act.microEpsilon)}: entry ${entry}.\n`,
  )
  return EXIT.ok
}

/** `cloison stats budget countersign`: an inspector's signature under another organisation's year. */
export function countersignCommand(io: CliIo): Command {
  return new Command('countersign')
    .description("Adds an inspector's signature to a year that an officer has signed.")
    .addHelpText('before', countersignExamples)
    .argument('<file>', 'what "cloison stats budget open --output" has written')
    .requiredOption('-c, --config <file>', "the inspector's YAML file")
    .requiredOption('--key <file>', "the inspector's key, which its directory record lists")
    .action((file: string, flags: CountersignFlags) =>
      runStats('budget countersign', io, () => countersign(file, flags, io)),
    )
}

/** `cloison stats budget hand-in`: a signed year to the own gateway. */
export function handInCommand(io: CliIo): Command {
  return new Command('hand-in')
    .description('Hands a signed year to the running gateway.')
    .addHelpText('before', handInExamples)
    .argument('<file>', 'the signed year')
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .action((file: string, flags: { readonly config: string }) =>
      runStats('budget hand-in', io, () => handIn(file, flags, io)),
    )
}
