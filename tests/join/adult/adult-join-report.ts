import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { readAdult } from '../../population/adult/adult-data.ts'
import {
  type AdultJoin,
  adultJoin,
  type AdultRun,
  type ComparedStatistic,
  countQuestion,
} from './adult-join.ts'
import { sampleLines } from './adult-registers.ts'
import { type ExactCoverage, judgeCounts, judgeMeasured } from './judge-runs.ts'

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
const percent = (part: number): string => `${(100 * part).toFixed(2)} %`
const ofPpm = (ppm: number): string => percent(ppm / 1_000_000)
const whole = (count: number): string => count.toLocaleString('en')

function cellTable(runs: readonly AdultRun[]): readonly string[] {
  const counts = runs.filter(({ question }) => question === countQuestion)
  const [first] = counts
  if (first === undefined) return []
  const cells = first.rows.map((row, at) => {
    const all = counts.flatMap(({ rows }) => rows[at] ?? [])
    const held = all.filter(({ covered }) => covered === true).length
    const values = all.map(({ value }) => Number(value))
    const interval = `${row.lower} to ${row.upper}`
    const ends = [Math.min(...values), Math.max(...values)]
    return line([...row.key.map(String), row.truth ?? '', row.value ?? '', interval, ...ends, held])
  })
  const head = ['income', 'sex', 'without noise', 'first release', 'its interval']
  const columns = [...head, 'least', 'most', `held of ${counts.length}`]
  return [line(columns), line(columns.map(() => '---')), ...cells]
}

const coverageText = (found: ExactCoverage): string =>
  `**${whole(found.held)} of ${whole(found.n)} intervals hold the value without noise: ${percent(found.held / found.n)}.** They say ${ofPpm(found.levelsPpm[0])} to ${ofPpm(found.levelsPpm[1])}. By the exact binomial law a right level gives fewer than ${whole(found.low)}, or more than ${whole(found.high)}, once in ${whole(found.oneIn)} times each; the chance of a number at least as far out as this one is ${found.chance.toFixed(2)}. The noise itself, released less exact, lies ${found.noiseDeviation.toFixed(2)} standard deviations of a chi-square from what the law of two truncated discrete Laplace draws expects.`

const measuredNames = ['count', 'sum', 'mean', 'quantile'] as const

function measuredTable(runs: readonly AdultRun[]): readonly string[] {
  const rows = measuredNames.flatMap((name) => {
    const { n, held, leastPpm } = judgeMeasured(runs, name)
    return n === 0 ? [] : [line([name, n, `at least ${ofPpm(leastPpm)}`, percent(held / n)])]
  })
  const head = ['statistic', 'intervals', 'they say', 'they held']
  return [line(head), line(head.map(() => '---')), ...rows]
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

const exampleOf = ({ rows }: AdultRun): readonly string[] => {
  const head = ['cell', 'statistic', 'without noise', 'released', 'from', 'to']
  const text = ({ truth, statistic }: ComparedStatistic): string =>
    statistic === 'mean' ? (truth ?? 0).toFixed(4) : String(truth)
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row) =>
      line([
        row.key.join(', '),
        row.ppm === null ? row.statistic : `${row.ppm / 10_000} % quantile`,
        text(row),
        row.value ?? 'open',
        row.lower ?? 'open',
        row.upper ?? 'open',
      ]),
    ),
  ]
}

function examples(runs: readonly AdultRun[]): readonly string[] {
  const kinds = new Map(runs.map((run) => [JSON.stringify(run.question.measure), run]))
  return [...kinds].flatMap(([measure, run]) =>
    measure === '"count"'
      ? []
      : ['', `\`${measure}\`, one of its releases:`, '', ...exampleOf(run)],
  )
}

/** The body of the report, in Markdown. */
export function adultJoinText({ people, runs, parties }: AdultJoin): string {
  const counts = runs.filter(({ question }) => question === countQuestion)
  const [first] = counts
  const seconds = runs.map((run) => run.seconds)
  const spent = parties.find(({ org }) => org === 'tax')?.spent ?? 0
  const epsilon = (spent / 1_000_000).toFixed(6)
  const processes = parties.map(({ org, role, pid, ports, entries }) =>
    line([role, `\`${org}\``, pid, [...new Set(ports)].join(', '), `…/${org}`, entries]),
  )
  const head = ['role', 'organisation', 'process', 'ports', 'folder', 'entries of its log']
  return [
    `${whole(people.left)} people on the left, ${whole(people.right)} on the right, ${whole(people.both)} of them in both. ${counts.length} runs of one table of ${first?.rows.length ?? 0} cells, and ${runs.length - counts.length} runs of other measures; each is a question of its own, charged to both ledgers: ${epsilon} in all, which both ledgers say as well. A run took ${middle(seconds).toFixed(1)} s in the middle (${Math.min(...seconds).toFixed(1)} to ${Math.max(...seconds).toFixed(1)} s) on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'} shared with other work, from the command to the table, four of them at a time. Afterwards the three published logs verified.`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...processes,
    '',
    '## Counts',
    '',
    coverageText(judgeCounts(runs)),
    '',
    ...cellTable(runs),
    '',
    '## Means and quantiles',
    '',
    ...measuredTable(runs),
    ...examples(runs),
    '',
  ].join('\n')
}

if (import.meta.main) {
  const [file, counts = '200', measured = '4', lines = '1500'] = process.argv.slice(2)
  if (file === undefined)
    throw new Error(
      'usage: node tests/join/adult/adult-join-report.ts FILE.csv [RUNS [OTHERS [LINES]]]',
    )
  const people = sampleLines(readAdult(readFileSync(file, 'utf8')), Number(lines))
  const told = (what: string): void => void process.stderr.write(`${what}\n`)
  const asked = { counts: Number(counts), measured: Number(measured) }
  process.stdout.write(adultJoinText(await adultJoin(people, asked, told)))
}
