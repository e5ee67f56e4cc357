import { Command } from 'commander'
import { benchTable, runJoinBench } from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'

const examples = `
Examples:
  $ cloison bench join                              10,000 people in each register, one group a side
  $ cloison bench join --people 100000 --groups 10  a table of 100 cells
  $ cloison bench join --tier sodium --rounds 3     only with libsodium
`

interface JoinFlags {
  readonly people: number
  readonly groups: number
  readonly rounds: number
  readonly threads: number
  readonly tier?: string
  readonly json?: true
}

/** `cloison bench join`: what all parties of a join compute, with each tier of the machine. */
export function benchJoinCommand(io: CliIo): Command {
  return new Command('join')
    .description('Measures a join of two registers, all parties in one process.')
    .addHelpText('before', examples)
    .option('--people <n>', 'people in each register', wholeNumber(10_000_000), 10_000)
    .option('--groups <n>', 'groups of each side', wholeNumber(31), 1)
    .option('--rounds <n>', 'rounds', wholeNumber(20), 3)
    .option('--threads <n>', 'threads that compute points at the same time', wholeNumber(64), 1)
    .option(
      '--tier <name>',
      'one implementation of the group instead of all: avx512, avx2, sodium, or noble, which takes minutes',
    )
    .option('--json', 'print the report as JSON')
    .action(({ tier, ...flags }: JoinFlags) => {
      const startedAtMs = io.now()
      const tell = (what: string): void =>
        io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
      const tiers = tier === undefined ? {} : { tiers: [tier] }
      const report = runJoinBench({ ...flags, ...tiers }, tell)
      io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : benchTable(report))
      io.exit(EXIT.ok)
    })
}
