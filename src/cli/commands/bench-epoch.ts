import { Command } from 'commander'
import { benchTable, runEpochBench } from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'

const examples = `
Examples:
  $ cloison bench epoch                    the map of 100,000 subjects, three rounds
  $ cloison bench epoch --chains 1000000 --rounds 1
`

interface EpochFlags {
  readonly chains: number
  readonly rounds: number
  readonly json?: true
}

/** `cloison bench epoch`: what the map of an epoch and the handle of a subject cost. */
export function benchEpochCommand(io: CliIo): Command {
  return new Command('epoch')
    .description("Measures the map of an epoch over all subjects' chains, and a subject's handle.")
    .addHelpText('before', examples)
    .option('--chains <n>', 'subjects with a chain', wholeNumber(1_000_000), 100_000)
    .option('--rounds <n>', 'counted rounds', wholeNumber(20), 3)
    .option('--json', 'print the report as JSON')
    .action(async (flags: EpochFlags) => {
      const startedAtMs = io.now()
      const tell = (what: string): void =>
        io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
      try {
        const report = await runEpochBench(flags, tell)
        io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : benchTable(report))
      } catch (cause) {
        io.stderr(`cloison bench: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
        io.exit(EXIT.fault)
      }
    })
}
