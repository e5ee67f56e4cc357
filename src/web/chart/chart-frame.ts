import { scaleLinear } from 'd3-scale'
import type { ScaleLinear } from 'd3-scale'
import type { ChartRow } from './chart-rows.ts'

/** The measures of a chart, in pixels at its own size. */
export interface ChartLayout {
  readonly kind: 'wide' | 'narrow'
  readonly width: number
  /** Where the axis begins; labels stand before it, or over each row. */
  readonly left: number
  readonly right: number
  readonly rowHeight: number
  /** From the top of a row to its line. */
  readonly lineAt: number
  readonly panelHeight: number
  readonly axisHeight: number
  /** About how many ticks. */
  readonly ticks: number
  /** Longest label in characters; the whole one stands in the table. */
  readonly labelLength: number
}

/** For pages as wide as a desk's screen, and for a file of its own. */
export const wideLayout: ChartLayout = {
  kind: 'wide',
  width: 900,
  left: 250,
  right: 24,
  rowHeight: 26,
  lineAt: 13,
  panelHeight: 34,
  axisHeight: 30,
  ticks: 7,
  labelLength: 32,
}

/** For a phone: each label over its line. */
export const narrowLayout: ChartLayout = {
  kind: 'narrow',
  width: 288,
  left: 8,
  right: 16,
  rowHeight: 42,
  lineAt: 31,
  panelHeight: 36,
  axisHeight: 30,
  ticks: 3,
  labelLength: 34,
}

/** What all pages of a chart have in common, so that they can be compared: the numbers that the axis spans. */
export type ChartSpan = readonly [number, number]

/** The span of all rows' intervals and values; of nothing, 0 to 1. */
export function spanOf(rows: readonly ChartRow[]): ChartSpan {
  const numbers = rows
    .flatMap(({ value, lower, upper }) => [value, lower, upper])
    .filter((one) => one !== undefined)
  if (numbers.length === 0) return [0, 1]
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  return low === high ? [low - 1, high + 1] : [low, high]
}

/** From numbers to pixels, with ends that are round. */
export function axisOf([low, high]: ChartSpan, layout: ChartLayout): ScaleLinear<number, number> {
  const { left, width, right, ticks } = layout
  return scaleLinear([low, high], [left, width - right]).nice(ticks)
}

/** A row or the heading of a panel, with its top in pixels. */
export type PlacedRow =
  | { readonly kind: 'panel'; readonly text: string; readonly top: number }
  | { readonly kind: 'row'; readonly row: ChartRow; readonly top: number }

/** Where each row stands, a heading before the first row of each panel, and where the last one ends. */
export function placeRows(
  rows: readonly ChartRow[],
  { rowHeight, panelHeight }: ChartLayout,
  begin: number,
): { readonly placed: readonly PlacedRow[]; readonly bottom: number } {
  const placed: PlacedRow[] = []
  let top = begin
  let panel: string | undefined
  for (const row of rows) {
    if (row.panel !== undefined && row.panel !== panel) {
      placed.push({ kind: 'panel', text: row.panel, top })
      top += panelHeight
      panel = row.panel
    }
    placed.push({ kind: 'row', row, top })
    top += rowHeight
  }
  return { placed, bottom: top }
}

/** A text of at most this many characters, cut with an ellipsis. */
export function shortText(text: string, length: number): string {
  const characters = Array.from(text)
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text
}
