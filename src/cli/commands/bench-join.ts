import { Command, InvalidArgumentError } from 'commander'
import {
  type BenchReport,
  benchTable,
  runGatewayJoinBench,
  runJoinBench,
} from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'

const examples = `
Without --gateways: what all parties compute, one after the other in this process. With it: two holders, the
organisation that asks and the inspector as four gateways that speak HTTP on this machine, with SQLite
registers of made-up people, from the question to the table, and then an audit.

Examples:
  $ cloison bench join                              10,000 people in each register, one group a side
  $ cloison bench join --people 100000 --groups 10  a table of 100 cells
  $ cloison bench join --tier sodium --rounds 3     only with libsodium
  $ cloison bench join --gateways                   four gateways, 10,000 people, 10 × 10 cells
  $ cloison bench join --gateways --people 1000000  takes minutes, and 2 GB of disk and memory
`

interface JoinFlags {
  readonly gateways?: true
  readonly people: number
  readonly groups?: number
  readonly cells?: { readonly rows: number; readonly columns: number }
  readonly delta?: number
  readonly rounds?: number
  readonly threads?: number
  readonly tier?: string
  readonly json?: true
}

const mostCells = 1_000
/** Fewer are not two registers with somebody in each cell. */
const leastPeople = 100

/** `10x10`, both from 2 on: an element with one value alone counts nothing. */
function cells(text: string): { readonly rows: number; readonly columns: number } {
  const [, rows = 0, columns = 0] = (/^(\d{1,3})[x×](\d{1,3})$/.exec(text) ?? []).map(Number)
  if (rows >= 2 && columns >= 2 && rows * columns <= mostCells) return { rows, columns }
  throw new InvalidArgumentError(
    `two numbers from 2 on are needed, at most ${mostCells} cells together, such as 10x10.`,
  )
}

function deltaExponent(text: string): number {
  const [, digits = ''] = /^1e-(\d{1,2})$/.exec(text) ?? []
  const exponent = Number(digits)
  if (exponent >= 6 && exponent <= 12) return exponent
  throw new InvalidArgumentError('a power of ten from 1e-6 to 1e-12 is needed.')
}

/** What does not go together, in a sentence; `undefined` where all of it does. */
function mistake({ gateways, groups, cells: table, delta, people }: JoinFlags): string | undefined {
  if (gateways === undefined && table !== undefined) return '--cells needs --gateways.'
  if (gateways === undefined && delta !== undefined) return '--delta needs --gateways.'
  if (gateways === undefined) return undefined
  if (groups !== undefined) return 'with --gateways the table is set by --cells, such as 10x10.'
  return people < leastPeople
    ? `with --gateways there are at least ${leastPeople} people.`
    : undefined
}

function run(flags: JoinFlags, tell: (what: string) => void): Promise<BenchReport> {
  const { gateways, people, groups = 1, threads, tier } = flags
  if (gateways === undefined) {
    const tiers = tier === undefined ? {} : { tiers: [tier] }
    const rounds = flags.rounds ?? 3
    return Promise.resolve(
      runJoinBench({ people, groups, rounds, threads: threads ?? 1, ...tiers }, tell),
    )
  }
  const { cells: table = { rows: 10, columns: 10 }, delta = 9, rounds = 1 } = flags
  return runGatewayJoinBench(
    { people, ...table, rounds, deltaExponent: delta, threads, tier },
    tell,
  )
}

/** `cloison bench join`: what all parties of a join compute, or a whole join between four gateways. */
export function benchJoinCommand(io: CliIo): Command {
  return new Command('join')
    .description('Measures a join of two registers: all parties in one process, or four gateways.')
    .addHelpText('before', examples)
    .option('--gateways', 'a whole join between gateways, with logs, noise, HTTP and the audit')
    .option('--people <n>', 'people in each register', wholeNumber(10_000_000), 10_000)
    .option('--groups <n>', 'groups of each side, without --gateways (default: 1)', wholeNumber(31))
    .option('--cells <RxC>', 'cells of the table, with --gateways (default: 10x10)', cells)
    .option(
      '--delta <1e-n>',
      'delta of the question, with --gateways (default: 1e-9)',
      deltaExponent,
    )
    .option('--rounds <n>', 'rounds (default: 3, with --gateways 1)', wholeNumber(20))
    .option(
      '--threads <n>',
      'threads that compute points at the same time (default: 1; with --gateways as gateways have it)',
      wholeNumber(64),
    )
    .option(
      '--tier <name>',
      'one implementation of the group: avx512, avx2, sodium, or noble, which takes minutes (default: all; with --gateways the fastest)',
    )
    .option('--json', 'print the report as JSON')
    .action(async (flags: JoinFlags) => {
      const startedAtMs = io.now()
      const tell = (what: string): void =>
        io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
      const wrong = mistake(flags)
      if (wrong !== undefined) {
        io.stderr(`cloison bench join: ${wrong}\n`)
        return io.exit(EXIT.usage)
      }
      try {
        const report = await run(flags, tell)
        io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : benchTable(report))
      } catch (cause) {
        io.stderr(
          `cloison bench join: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`,
        )
        io.exit(EXIT.fault)
      }
    })
}
