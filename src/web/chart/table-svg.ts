import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { releaseForm } from '../../population/index.ts'
import type { Release, TableForm } from '../../population/index.ts'
import { spanOf, wideLayout } from './chart-frame.ts'
import { chartRows } from './chart-rows.ts'
import type { ChartTexts } from './chart-rows.ts'
import { DotChart } from './dot-chart.ts'

/** The chart of a whole table as an SVG file, all rows one under the other. */
export function tableSvg(form: TableForm, texts: ChartTexts): string {
  const rows = chartRows(form, texts)
  const props = { id: 'release', rows, span: spanOf(rows), layout: wideLayout, texts, isFile: true }
  return renderToString(h(DotChart, props))
}

/** {@link tableSvg} of a release over one register. */
export function releaseSvg(release: Release, texts: ChartTexts): string {
  return tableSvg(releaseForm(release), texts)
}
