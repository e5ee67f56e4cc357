import { Command } from 'commander'
import { benchTable, runNoiseBench } from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'

const examples = `
Examples:
  $ cloison bench noise                    a million draws of each law, five rounds
  $ cloison bench noise --draws 10000000 --rounds 1 --json
`

interface NoiseFlags {
  readonly draws: number
  readonly rounds: number
  readonly json?: true
}

/** `cloison bench noise`: how many exact draws of each law a core makes. */
export function benchNoiseCommand(io: CliIo): Command {
  return new Command('noise')
    .description('Measures the exact samplers of noise.')
    .addHelpText('before', examples)
    .option('--draws <n>', 'draws of each law in a round', wholeNumber(10_000_000), 1_000_000)
    .option('--rounds <n>', 'counted rounds', wholeNumber(20), 5)
    .option('--json', 'print the report as JSON')
    .action((flags: NoiseFlags) => {
      const startedAtMs = io.now()
      const tell = (what: string): void =>
        io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
      const report = runNoiseBench(flags, tell)
      io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : benchTable(report))
      io.exit(EXIT.ok)
    })
}
