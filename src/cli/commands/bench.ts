import { Command, InvalidArgumentError } from 'commander'
import { benchTable, runPersonBench } from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'

const examples = `
Examples:
  $ cloison bench                          person questions beside the rival, five rounds
  $ cloison bench --seconds 8 --rounds 5 --json > figures.json
`

interface BenchFlags {
  readonly seconds: number
  readonly connections: number
  readonly rounds: number
  readonly profile?: string
  readonly json?: true
}

function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d{1,4}$/.test(text) && value >= 1 && value <= most) return value
    throw new InvalidArgumentError(`a whole number from 1 to ${most} is needed.`)
  }
}

async function bench(flags: BenchFlags, io: CliIo): Promise<void> {
  const startedAtMs = io.now()
  const tell = (what: string): void =>
    io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
  const { seconds, connections, rounds, profile } = flags
  const options = { seconds, connections, rounds, ...(profile === undefined ? {} : { profile }) }
  const report = await runPersonBench(options, tell)
  io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : benchTable(report))
}

/** `cloison bench`: figures of this machine, with a rival measured beside in the same run. */
export function benchCommand(io: CliIo): Command {
  return new Command('bench')
    .description('Measures durable signed answers of one gateway beside a plain rival.')
    .addHelpText('before', examples)
    .option('--seconds <n>', 'seconds of load in a round', wholeNumber(60), 6)
    .option('--connections <n>', 'connections of the load', wholeNumber(256), 16)
    .option('--rounds <n>', 'counted rounds of each side', wholeNumber(20), 5)
    .option('--profile <dir>', 'write CPU profiles of the gateway into DIR')
    .option('--json', 'print the report as JSON')
    .action(async (flags: BenchFlags) => {
      try {
        await bench(flags, io)
      } catch (cause) {
        io.stderr(`cloison bench: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
        io.exit(EXIT.fault)
      }
    })
}
