import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { canonicalBytes } from '../../../src/bytes/index.ts'
import {
  parseRelease,
  populationAnswerSchema,
  releaseRows,
  type StatisticRow,
} from '../../../src/population/index.ts'
import { openTableGateways, type TableGateways } from '../table-gateways.ts'
import { adultDescription, type AdultRow, readAdult, registerCsv } from './adult-data.ts'
import { trueValue } from './true-value.ts'

/** One row of a release, with what it would be without noise. */
export interface ComparedRow extends StatisticRow {
  readonly truth: number | undefined
  /** `undefined` where the noise leaves the interval open, or nobody is there to have a value. */
  readonly covered: boolean | undefined
}

/** What came of one question. */
export interface ReportedTable {
  readonly title: string
  readonly query: unknown
  readonly epsilon: number
  readonly by: readonly string[]
  readonly rows: readonly ComparedRow[]
}

/** What was refused, and with what code. */
export interface ReportedRefusal {
  readonly query: unknown
  readonly code: string
  readonly path: string
}

/** The report over one register. */
export interface AdultReport {
  readonly people: number
  readonly tables: readonly ReportedTable[]
  readonly refusals: readonly ReportedRefusal[]
}

interface Question {
  readonly title: string
  readonly by: readonly string[]
  readonly measure: 'count' | { readonly [kind: string]: string | readonly unknown[] }
  readonly element?: string
  readonly epsilon: number
}

/** Together they spend exactly the year of a population: an epsilon of 1. */
const questions: readonly Question[] = [
  {
    title: 'Mean hours worked a week, by education and sex',
    by: ['education', 'sex'],
    measure: { mean: 'hours_per_week' },
    element: 'hours_per_week',
    epsilon: 0.4,
  },
  {
    title: 'Mean age by work class',
    by: ['employment'],
    measure: { mean: 'age' },
    element: 'age',
    epsilon: 0.1,
  },
  {
    title: 'Quartiles of age by work class',
    by: ['employment'],
    measure: { quantiles: ['age', [0.25, 0.5, 0.75]] },
    element: 'age',
    epsilon: 0.2,
  },
  {
    title: 'People by education and income above 50,000 dollars',
    by: ['education', 'income_over_50k'],
    measure: 'count',
    epsilon: 0.2,
  },
  {
    title: 'Variance of hours worked a week, by sex',
    by: ['sex'],
    measure: { variance: 'hours_per_week' },
    element: 'hours_per_week',
    epsilon: 0.1,
  },
]

const refused: readonly unknown[] = [
  { by: ['sex'], where: { race: ['Black'] }, measure: 'count', epsilon: 0.1 },
  { by: ['education', 'race'], measure: 'count', epsilon: 0.1 },
  { by: ['race'], measure: { mean: 'hours_per_week' }, epsilon: 0.1 },
  { where: { native_country: ['Mexico'] }, measure: 'count', epsilon: 0.1 },
  { by: ['native_country', 'sex'], measure: 'count', epsilon: 0.1 },
]

function isCovered({ lower, upper }: StatisticRow, truth: number | undefined): boolean | undefined {
  if (truth === undefined || lower === null || upper === null) return undefined
  return truth >= Number(lower) && truth <= Number(upper)
}

async function askTable(
  { title, element, ...query }: Question,
  rows: readonly AdultRow[],
  gateways: TableGateways,
): Promise<ReportedTable> {
  const { exit, stdout, stderr } = await gateways.stats('run', query)
  assert.equal(exit, 0, stderr)
  const answer = populationAnswerSchema.parse(JSON.parse(stdout))
  if (answer.state !== 'released') throw new TypeError('an exit code of 0 is a release')
  const release = parseRelease(canonicalBytes(answer.release))
  const { by, epsilon } = query
  const compared = releaseRows(release).map((row) => {
    const truth = trueValue(rows, { ...row, by, element })
    return { ...row, truth, covered: isCovered(row, truth) }
  })
  return { title, query, by, epsilon, rows: compared }
}

async function askRefused(query: unknown, gateways: TableGateways): Promise<ReportedRefusal> {
  const { exit, stdout } = await gateways.stats('run', query)
  assert.equal(exit, 4, stdout)
  const answer = populationAnswerSchema.parse(JSON.parse(stdout))
  if (answer.state !== 'refused') throw new TypeError('an exit code of 4 is a refusal')
  return { query, code: answer.code, path: answer.path }
}

/** Asks everything of two real gateways by `cloison stats run`, and holds the releases against the rows themselves. */
export async function adultReport(rows: readonly AdultRow[]): Promise<AdultReport> {
  await using gateways = await openTableGateways({
    register: { csv: registerCsv(rows) },
    description: adultDescription(rows.length),
    epsilon: '1',
  })
  const refusals: ReportedRefusal[] = []
  for (const query of refused) refusals.push(await askRefused(query, gateways))
  const tables: ReportedTable[] = []
  for (const question of questions) tables.push(await askTable(question, rows, gateways))
  return { people: rows.length, tables, refusals }
}

function truthText({ truth, statistic }: ComparedRow): string {
  if (truth === undefined) return 'nobody'
  return statistic === 'mean' || statistic === 'variance' ? truth.toFixed(4) : String(truth)
}

const coveredWords = { true: 'yes', false: '**no**', undefined: 'open' }

function tableText({ title, query, by, rows }: ReportedTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const head = [...by, 'statistic', 'without noise', 'released', 'from', 'to', 'covers']
  const judged = rows.filter(({ covered }) => covered !== undefined)
  const held = judged.filter(({ covered }) => covered === true).length
  return [
    `## ${title}`,
    '',
    `\`${JSON.stringify(query)}\``,
    '',
    `${held} of ${judged.length} intervals hold the value without noise${judged.length < rows.length ? `; ${rows.length - judged.length} are left open by the noise, or have nobody` : ''}.`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row) =>
      line([
        ...row.key.map(String),
        row.ppm === null ? row.statistic : `${row.ppm / 10_000} % quantile`,
        truthText(row),
        row.value ?? 'open',
        row.lower ?? 'open',
        row.upper ?? 'open',
        coveredWords[`${row.covered}`],
      ]),
    ),
    '',
  ].join('\n')
}

/** The report as it is printed, in Markdown. */
export function reportText({ people, tables, refusals }: AdultReport): string {
  const spent = tables.reduce((sum, { epsilon }) => sum + Math.round(epsilon * 1_000_000), 0)
  return [
    `${people.toLocaleString('en')} people; ${tables.length} tables for an epsilon of ${spent / 1_000_000} in all.`,
    '',
    ...tables.map((table) => tableText(table)),
    '## What was refused',
    '',
    ...refusals.map(
      ({ query, code, path }) => `- \`${JSON.stringify(query)}\`: ${code} at \`${path}\``,
    ),
    '',
  ].join('\n')
}

if (import.meta.main) {
  const [file] = process.argv.slice(2)
  if (file === undefined)
    throw new Error('usage: node tests/population/adult/adult-report.ts FILE.csv')
  process.stdout.write(reportText(await adultReport(readAdult(readFileSync(file, 'utf8')))))
}
