import type { BenchFigure, BenchReport } from './bench-report.ts'

type Row = readonly [what: string, middle: string, unit: string, runs: string]

function shown(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4, useGrouping: true })
}

function rowsOf(figures: readonly BenchFigure[]): readonly Row[] {
  return figures.map(({ what, unit, median, runs }) => [
    what,
    shown(median),
    unit,
    runs.map(shown).join('  '),
  ])
}

function section(title: string, rows: readonly Row[]): readonly string[] {
  const width = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => row[column].length))
  const [what, middle, unit] = [width(0), width(1), width(2)]
  return [
    title,
    ...rows.map(
      (row) =>
        `  ${row[0].padEnd(what)}  ${row[1].padStart(middle)} ${row[2].padEnd(unit)}  ${row[3]}`,
    ),
  ]
}

/** A report as a table for people: a line a figure, the median first, then every round. */
export function benchTable(report: BenchReport): string {
  const { name, figures, fsyncMs, rival, cpu, node } = report
  const lines = [...section(name, rowsOf(figures))]
  if (rival?.state === 'run') lines.push('', ...section(rival.what, rowsOf(rival.figures)))
  if (rival?.state === 'not-run') lines.push('', `The rival was not run. ${rival.install}`)
  lines.push('', `append + fdatasync ${shown(fsyncMs)} ms · ${cpu} · Node ${node}`)
  return `${lines.join('\n')}\n`
}
