import { Command } from 'commander'
import { benchTable, runPopulationBench } from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'

const examples = `
Examples:
  $ cloison bench population               ten million people, five rounds; needs 4 GB of memory
  $ cloison bench population --rows 1000000 --rounds 9 --json
`

interface PopulationFlags {
  readonly rows: number
  readonly rounds: number
  readonly json?: true
}

/** `cloison bench population`: what a table costs, beside the same one typed into the engine. */
export function benchPopulationCommand(io: CliIo): Command {
  return new Command('population')
    .description("Measures tables of a register through its connector, beside DuckDB's own.")
    .addHelpText('before', examples)
    .option('--rows <n>', 'people of the register', wholeNumber(20_000_000), 10_000_000)
    .option('--rounds <n>', 'counted rounds', wholeNumber(20), 5)
    .option('--json', 'print the report as JSON')
    .action(async (flags: PopulationFlags) => {
      const startedAtMs = io.now()
      const tell = (what: string): void =>
        io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
      try {
        const report = await runPopulationBench(flags, tell)
        io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : benchTable(report))
      } catch (cause) {
        io.stderr(`cloison bench: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
        io.exit(EXIT.fault)
      }
    })
}
