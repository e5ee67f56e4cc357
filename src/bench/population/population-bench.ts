import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ClosedQueryPlan,
  openRegister,
  parseRegisterDescription,
  type AnsweringRegister,
  type RegisterDescription,
} from '../../register/index.ts'
import { type BenchReport, figure } from '../bench-report.ts'
import { fsyncLatencyMs } from '../fsync-latency.ts'
import { describeCpu } from '../machine.ts'
import type { Tell } from '../person-bench.ts'
import { openDuckDbTables, writePeopleParquet } from '../rival/duckdb-tables.ts'

/** How tables are measured. */
export interface PopulationBenchOptions {
  readonly rows: number
  readonly rounds: number
}

const keys = (letter: string): string[] => Array.from({ length: 10 }, (_, at) => `${letter}${at}`)

function descriptionOf(size: number): RegisterDescription {
  const closed = (name: string, letter: string): object => ({
    name,
    column: name,
    type: 'string',
    unit: null,
    category: 'ordinary',
    domain: { kind: 'closed', keys: keys(letter) },
  })
  const age = { name: 'age', column: 'age', type: 'integer', unit: null, category: 'ordinary' }
  return parseRegisterDescription({
    v: 1,
    name: 'people',
    category: 'ordinary',
    table: 'people',
    subject: { column: 'nin', scheme: 'demo-nin' },
    population: { name: 'residents', size },
    rowsPerPerson: 1,
    elements: [
      closed('district', 'd'),
      closed('band', 'b'),
      { ...age, domain: { kind: 'bounded', min: 0, max: 100 } },
    ],
  })
}

const by = ['district', 'band']
const bounded = { element: 'age', min: 0, max: 100 }

/** Each table through the connector, and the statement that an analyst would type into DuckDB for it. */
const tables: readonly {
  readonly what: string
  readonly plan: ClosedQueryPlan
  readonly own: string
}[] = [
  {
    what: 'count of 100 cells',
    plan: { v: 1, where: [], by, measure: { kind: 'count' } },
    own: 'SELECT district, band, count(*) FROM people GROUP BY ALL',
  },
  {
    what: 'mean of 100 cells',
    plan: { v: 1, where: [], by, measure: { kind: 'moments', ...bounded } },
    own: 'SELECT district, band, count(age), avg(age), var_pop(age) FROM people GROUP BY ALL',
  },
]

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** Milliseconds of each round, of the connector's process and of DuckDB alone, in turns. */
async function rounds(
  register: AnsweringRegister,
  time: (statement: string) => Promise<number>,
  { rounds: counted }: PopulationBenchOptions,
  tell: Tell,
): Promise<readonly { readonly ours: number[]; readonly own: number[] }[]> {
  const runs = tables.map(() => ({ ours: [] as number[], own: [] as number[] }))
  for (let round = 0; round <= counted; round += 1) {
    tell(round === 0 ? 'warming up' : `round ${round} of ${counted}`)
    for (const [at, { plan, own }] of tables.entries()) {
      const oursMs = await timed(() => register.aggregate(plan))
      const ownMs = await time(own)
      if (round === 0) continue
      runs[at]?.ours.push(oursMs)
      runs[at]?.own.push(ownMs)
    }
  }
  return runs
}

/** Measures tables of a register in a Parquet file through its connector, beside the same ones typed into DuckDB. */
export async function runPopulationBench(
  options: PopulationBenchOptions,
  tell: Tell,
): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-bench-'))
  try {
    const path = join(folder, 'people.parquet')
    tell(`writing ${options.rows} people`)
    await writePeopleParquet(path, options.rows)
    tell('opening the register: every line is checked, one for a person')
    const begun = performance.now()
    await using register = await openRegister({
      kind: 'parquet',
      path,
      description: descriptionOf(options.rows),
    })
    const openMs = performance.now() - begun
    using duckdb = await openDuckDbTables(path)
    const runs = await rounds(register, (statement) => duckdb.time(statement), options, tell)
    return {
      name: `tables over ${options.rows} people`,
      figures: [
        figure('opening the register', 'ms', [openMs]),
        ...tables.flatMap(({ what }, at) => {
          const { ours = [], own = [] } = runs[at] ?? {}
          const ratios = ours.map((ms, round) => ms / (own[round] ?? Number.NaN))
          return [figure(what, 'ms', ours), figure(`${what} ÷ DuckDB's own`, '', ratios)]
        }),
      ],
      fsyncMs: fsyncLatencyMs(folder),
      rival: {
        state: 'run',
        what: 'GROUP BY in DuckDB alone, two threads, same rows in memory',
        figures: tables.map(({ what }, at) => figure(what, 'ms', runs[at]?.own ?? [])),
      },
      cpu: describeCpu(),
      node: process.version,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
