import { Command } from 'commander'
import { benchTable, runWitnessBench } from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'

const examples = `
Examples:
  $ cloison bench witness                  50 logs at once, five rounds
  $ cloison bench witness --logs 1         one log: a checkpoint at a time
`

interface WitnessFlags {
  readonly logs: number
  readonly checkpoints: number
  readonly rounds: number
  readonly json?: true
}

/** `cloison bench witness`: durable cosignatures a second of one witness. */
export function benchWitnessCommand(io: CliIo): Command {
  return new Command('witness')
    .description('Measures durable cosignatures of one witness, of many logs at once.')
    .addHelpText('before', examples)
    .option('--logs <n>', 'logs that submit at once', wholeNumber(200), 50)
    .option('--checkpoints <n>', 'checkpoints of each log in a round', wholeNumber(1000), 60)
    .option('--rounds <n>', 'counted rounds', wholeNumber(20), 5)
    .option('--json', 'print the report as JSON')
    .action(async (flags: WitnessFlags) => {
      const startedAtMs = io.now()
      const tell = (what: string): void =>
        io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
      try {
        const report = await runWitnessBench(flags, tell)
        io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : benchTable(report))
      } catch (cause) {
        io.stderr(`cloison bench: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
        io.exit(EXIT.fault)
      }
    })
}
