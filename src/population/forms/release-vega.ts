import type { JsonObject } from '../../bytes/index.ts'
import type { DomainKey } from '../../register/index.ts'
import type { Release } from '../release/index.ts'
import type { StatisticRow } from './release-rows.ts'
import { releaseForm, type TableForm } from './table-form.ts'

/** The words of a chart, in the reader's language. */
export interface VegaTexts {
  readonly title: string
  /** What the interval covers, and what not. */
  readonly note: string
  /** Of the axis: the statistic with its unit. */
  readonly value: string
  readonly lower: string
  readonly upper: string
  readonly keyOf: (element: string, key: DomainKey) => string
  /** Of the dimension that each row of panels has one key of. */
  readonly elementOf: (element: string) => string
  /** A quantile by its share. */
  readonly quantileOf: (ppm: number) => string
}

/** The version of the grammar that a spec is in. */
const schema = 'https://vega.github.io/schema/vega-lite/v6.json'

function labelOf(
  { by }: TableForm,
  row: StatisticRow,
  { texts, from }: { readonly texts: VegaTexts; readonly from: number },
): string {
  const parts = row.key.map((key, at) => texts.keyOf(by[at] ?? '', key)).slice(from)
  const quantile = row.ppm === null ? [] : [texts.quantileOf(row.ppm)]
  return [...parts, ...quantile].join(' · ')
}

/**
 * A Vega-Lite chart of a table: for each row a dot and its interval, panels by the first of several dimensions, data
 * inline. Numbers stay exact decimal texts that the chart's reader parses.
 */
export function tableVega(form: TableForm, texts: VegaTexts): JsonObject {
  const isPanelled = form.by.length > 1
  const values = form.asked.map((row) => ({
    ...(isPanelled ? { panel: texts.keyOf(form.by[0] ?? '', row.key[0] ?? '') } : {}),
    label: labelOf(form, row, { texts, from: isPanelled ? 1 : 0 }),
    value: row.value,
    lower: row.lower,
    upper: row.upper,
  }))
  const y: JsonObject = { field: 'label', type: 'nominal', sort: null, title: null }
  const x: JsonObject = {
    field: 'lower',
    type: 'quantitative',
    title: texts.value,
    scale: { zero: false },
  }
  const tooltip: readonly JsonObject[] = [
    { field: 'label', type: 'nominal', title: texts.title },
    { field: 'value', type: 'quantitative', title: texts.value },
    { field: 'lower', type: 'quantitative', title: texts.lower },
    { field: 'upper', type: 'quantitative', title: texts.upper },
  ]
  const layered: JsonObject = {
    layer: [
      { mark: 'rule', encoding: { y, x, x2: { field: 'upper' }, tooltip } },
      {
        mark: { type: 'point', filled: true, size: 60 },
        encoding: { y, x: { ...x, field: 'value' }, tooltip },
      },
    ],
  }
  return {
    $schema: schema,
    title: { text: texts.title, subtitle: texts.note },
    description: texts.note,
    data: {
      values,
      format: { parse: { value: 'number', lower: 'number', upper: 'number' } },
    },
    ...(isPanelled
      ? {
          facet: {
            row: {
              field: 'panel',
              type: 'nominal',
              // Left to itself a facet sorts its panels by their names.
              sort: [...new Set(values.flatMap((one) => ('panel' in one ? [one.panel] : [])))],
              title: texts.elementOf(form.by[0] ?? ''),
            },
          },
          spec: layered,
        }
      : layered),
  }
}

/** {@link tableVega} of a release over one register. */
export function releaseVega(release: Release, texts: VegaTexts): JsonObject {
  return tableVega(releaseForm(release), texts)
}
