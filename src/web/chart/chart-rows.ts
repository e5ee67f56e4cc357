import type { StatisticRow, TableForm } from '../../population/index.ts'

/** A key of a closed domain, as a release has it. */
export type ChartKey = boolean | number | string

/** The words of a chart, in the reader's language. */
export interface ChartTexts {
  /** Names the chart: what, of whom, as of when. */
  readonly title: string
  /** What a dot and a line are, and what the line covers. */
  readonly description: string
  /** Of the axis: the statistic, with its unit. */
  readonly axis: string
  /** Of the only cell of a table without dimensions. */
  readonly everybody: string
  /** In place of a dot that the noise leaves open. */
  readonly open: string
  readonly number: (value: number) => string
  readonly keyOf: (element: string, key: ChartKey) => string
  readonly quantileOf: (ppm: number) => string
  /** One row in words: what, its value and its interval. */
  readonly rowOf: (label: string, row: StatisticRow) => string
}

/** One line of a chart. Its numbers are for pixels alone. */
export interface ChartRow {
  /** The first of several dimensions: rows with one stand together under it. */
  readonly panel: string | undefined
  readonly label: string
  readonly value: number | undefined
  readonly lower: number | undefined
  readonly upper: number | undefined
  /** All of it in words, with the exact numbers. */
  readonly told: string
}

/** A number of a release for the screen: here, after everything that counts, it becomes a float. */
function pixelNumber(text: string | null): number | undefined {
  return text === null ? undefined : Number(text)
}

/** The name of a row: the keys of its cell, and of a quantile which one. `from`: how many keys stand elsewhere. */
export function rowLabel(
  { by }: Pick<TableForm, 'by'>,
  { key, ppm }: Pick<StatisticRow, 'key' | 'ppm'>,
  { texts, from }: { readonly texts: ChartTexts; readonly from: number },
): string {
  const keys = key.map((one, at) => texts.keyOf(by[at] ?? '', one)).slice(from)
  const parts = ppm === null ? keys : [...keys, texts.quantileOf(ppm)]
  return parts.length === 0 ? texts.everybody : parts.join(' · ')
}

/** What was asked for, row by row in the table's order; panels where there is more than one dimension. */
export function chartRows(form: TableForm, texts: ChartTexts): readonly ChartRow[] {
  const isPanelled = form.by.length > 1
  return form.asked.map((row) => {
    const panel = row.key
      .slice(0, isPanelled ? 1 : 0)
      .map((key) => texts.keyOf(form.by[0] ?? '', key))[0]
    return {
      panel,
      label: rowLabel(form, row, { texts, from: isPanelled ? 1 : 0 }),
      value: pixelNumber(row.value),
      lower: pixelNumber(row.lower),
      upper: pixelNumber(row.upper),
      told: texts.rowOf(rowLabel(form, row, { texts, from: 0 }), row),
    }
  })
}

/** Rows of one page of a chart and its table. */
export const rowsPerPage = 24
