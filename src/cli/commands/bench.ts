import { Command, Option } from 'commander'
import {
  type BenchReport,
  benchTable,
  type LogBenchOptions,
  type LogBenchPart,
  runLogBench,
  runPersonBench,
  type Tell,
} from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'
import { benchEpochCommand } from './bench-epoch.ts'
import { benchJoinCommand } from './bench-join.ts'
import { benchNoiseCommand } from './bench-noise.ts'
import { benchPagesCommand } from './bench-pages.ts'
import { benchPopulationCommand } from './bench-population.ts'
import { benchWitnessCommand } from './bench-witness.ts'

const examples = `
Examples:
  $ cloison bench                          everything, one after the other; takes some ten minutes
  $ cloison bench ask                      person questions beside the rival, five rounds
  $ cloison bench log                      the log alone, beside plain inserts
  $ cloison bench pages ./kept             pages of a filled demo
`

const askExamples = `
Measures answers of one provider, of the plain rival, and end to end with TLS through both gateways, in
rounds that take turns.

Examples:
  $ cloison bench ask                      five rounds of six seconds each
  $ cloison bench ask --seconds 8 --rounds 9 --json > figures.json
  $ cloison bench ask --profile profiles   with CPU profiles of the gateways
`

interface BenchFlags {
  readonly seconds: number
  readonly connections: number
  readonly rounds: number
  readonly profile?: string
  readonly json?: true
}

const logExamples = `
Measures the log through the gateway's own writer, publisher and verifier on this disk, beside plain
inserts of the same size. Takes some minutes.

Examples:
  $ cloison bench log                      three rounds, and a log of a million entries
  $ cloison bench log --only decisions --rounds 5
  $ cloison bench log --long --json        a log of ten million entries; needs 12 GB of disk
`

interface LogFlags {
  readonly rounds: number
  readonly entries: number
  readonly long?: true
  readonly only?: LogBenchPart
  readonly json?: true
}

const longEntries = 10_000_000

/** Runs a benchmark with its progress on standard error, and prints its report. */
async function report(
  json: boolean,
  io: CliIo,
  run: (tell: Tell) => Promise<BenchReport>,
): Promise<void> {
  const startedAtMs = io.now()
  const tell = (what: string): void =>
    io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
  try {
    const made = await run(tell)
    io.stdout(json ? `${JSON.stringify(made)}\n` : benchTable(made))
  } catch (cause) {
    io.stderr(`cloison bench: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
    io.exit(EXIT.fault)
  }
}

function personBench(flags: BenchFlags, io: CliIo): Promise<void> {
  const { seconds, connections, rounds, profile } = flags
  const options = { seconds, connections, rounds, ...(profile === undefined ? {} : { profile }) }
  return report(flags.json === true, io, (tell) => runPersonBench(options, tell))
}

function logBench({ rounds, entries, long, only, json }: LogFlags, io: CliIo): Promise<void> {
  const options: LogBenchOptions = {
    rounds,
    entries: long === true ? longEntries : entries,
    ...(only === undefined ? {} : { only }),
  }
  return report(json === true, io, (tell) => runLogBench(options, tell))
}

function logCommand(io: CliIo): Command {
  const parts: readonly LogBenchPart[] = ['appends', 'decisions', 'caller', 'long']
  return new Command('log')
    .description('Measures the log: appends, decisions, proofs, verification and restart.')
    .addHelpText('before', logExamples)
    .option('--rounds <n>', 'counted rounds of each figure', wholeNumber(20), 3)
    .option('--entries <n>', 'size of the long log', wholeNumber(longEntries), 1_000_000)
    .option('--long', 'a long log of ten million entries')
    .addOption(new Option('--only <part>', 'one part alone').choices(parts))
    .option('--json', 'print the report as JSON')
    .action((flags: LogFlags) => logBench(flags, io))
}

function askCommand(io: CliIo): Command {
  return new Command('ask')
    .description('Measures durable signed answers beside a plain rival, and end to end with TLS.')
    .addHelpText('before', askExamples)
    .option('--seconds <n>', 'seconds of load in a round', wholeNumber(60), 6)
    .option('--connections <n>', 'connections of the load', wholeNumber(256), 32)
    .option('--rounds <n>', 'counted rounds of each side', wholeNumber(20), 5)
    .option('--profile <dir>', 'write CPU profiles of the gateways into DIR')
    .option('--json', 'print the report as JSON')
    .action((flags: BenchFlags) => personBench(flags, io))
}

/** `cloison bench`: figures of this machine, with a rival measured beside in the same run. */
export function benchCommand(io: CliIo): Command {
  const command = new Command('bench')
    .description(
      'Measures this machine: person questions, the log, a witness, an epoch, noise, tables, joins.',
    )
    .addHelpText('before', examples)
    .option('--json', 'print one report as JSON on each line')
    .enablePositionalOptions()
  const parts = [
    askCommand(io),
    logCommand(io),
    benchWitnessCommand(io),
    benchEpochCommand(io),
    benchNoiseCommand(io),
    benchPopulationCommand(io),
    benchJoinCommand(io),
  ]
  for (const one of parts) command.addCommand(one.copyInheritedSettings(command))
  // Needs a demo that somebody filled, so it is no part of everything.
  command.addCommand(benchPagesCommand(io).copyInheritedSettings(command))
  return command.action(async (flags: { readonly json?: true }) => {
    const args = flags.json === true ? ['--json'] : []
    for (const part of parts) await part.parseAsync(args, { from: 'user' })
  })
}
