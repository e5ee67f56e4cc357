import { h } from 'preact'
import type { ScaleLinear } from 'd3-scale'
import type { Markup } from '../markup.ts'
import { axisOf, placeRows, shortText } from './chart-frame.ts'
import type { ChartLayout, ChartSpan, PlacedRow } from './chart-frame.ts'
import type { ChartRow, ChartTexts } from './chart-rows.ts'

/** A dot-and-interval chart of some rows. */
export interface DotChartProps {
  /** Begins the ids inside; unique on a page. */
  readonly id: string
  readonly rows: readonly ChartRow[]
  /** Of all rows, also of those on other pages. */
  readonly span: ChartSpan
  readonly layout: ChartLayout
  readonly texts: ChartTexts
  /** A picture of its own, outside of a page with its style. */
  readonly isFile?: boolean
}

/** Colours where no style sheet is: on paper that the file brings along. */
const ink = '#1b1c1a'
const soft = '#5d5b52'
const line = '#d8d4c7'
const accent = '#0b5c63'

type Axis = ScaleLinear<number, number>

/** Pixels with two digits: enough for any screen, and short. */
const pixel = (at: number): number => Math.round(at * 100) / 100

function gridLine(x: number, from: number, to: number, isZero: boolean): Markup {
  return h('path', {
    class: isZero ? 'app-chart__zero' : 'app-chart__grid',
    d: `M${pixel(x)} ${pixel(from)}V${pixel(to)}`,
    stroke: isZero ? soft : line,
    fill: 'none',
  })
}

/** About half the width of a digit, in pixels: what decides whether a text has room around its tick. */
const halfDigit = 4.5

function axisText(x: number, y: number, { text, width }: { text: string; width: number }): Markup {
  const half = text.length * halfDigit
  const nearEnd = x + half > width ? 'end' : 'middle'
  const anchor = x < half ? 'start' : nearEnd
  const at = { start: 0, middle: x, end: width }[anchor]
  return h(
    'text',
    { class: 'app-chart__tick', x: pixel(at), y, 'text-anchor': anchor, fill: soft },
    text,
  )
}

function axisMarks(
  axis: Axis,
  { layout, texts }: DotChartProps,
  { from, to }: { readonly from: number; readonly to: number },
): readonly Markup[] {
  const [begin = 0] = axis.domain()
  return axis.ticks(layout.ticks).flatMap((tick) => {
    const x = axis(tick)
    const at = { text: texts.number(tick), width: layout.width }
    return [
      gridLine(x, from, to, tick === 0 && begin < 0),
      axisText(x, from - 8, at),
      axisText(x, to + 18, at),
    ]
  })
}

function interval(axis: Axis, row: ChartRow, y: number): Markup | null {
  if (row.lower === undefined || row.upper === undefined) return null
  const [from, to] = [pixel(axis(row.lower)), pixel(axis(row.upper))]
  return h('path', {
    class: 'app-chart__interval',
    d: `M${from} ${y}H${to}M${from} ${y - 5}v10M${to} ${y - 5}v10`,
    stroke: accent,
    'stroke-width': 2,
    fill: 'none',
  })
}

function dot(axis: Axis, { value }: ChartRow, at: { y: number; open: string }): Markup {
  if (value === undefined)
    return h(
      'text',
      { class: 'app-chart__open', x: axis.range()[0], y: at.y + 5, fill: soft },
      at.open,
    )
  return h('circle', {
    class: 'app-chart__dot',
    cx: pixel(axis(value)),
    cy: at.y,
    r: 5,
    fill: accent,
  })
}

function placedMarkup(one: PlacedRow, axis: Axis, { layout, texts }: DotChartProps): Markup {
  const { kind, lineAt, left, labelLength } = layout
  if (one.kind === 'panel')
    return h(
      'text',
      {
        class: 'app-chart__panel',
        x: kind === 'wide' ? 0 : left,
        y: one.top + 24,
        'font-weight': 700,
        fill: ink,
      },
      shortText(one.text, kind === 'wide' ? labelLength * 2 : labelLength - 4),
    )
  const y = one.top + lineAt
  const label =
    kind === 'wide'
      ? { x: left - 14, y: y + 5, 'text-anchor': 'end' }
      : { x: left, y: one.top + 17, 'text-anchor': 'start' }
  return h(
    'g',
    { class: 'app-chart__row' },
    h('title', null, one.row.told),
    h(
      'text',
      { class: 'app-chart__label', ...label, fill: ink },
      shortText(one.row.label, labelLength),
    ),
    interval(axis, one.row, y),
    dot(axis, one.row, { y, open: texts.open }),
  )
}

/**
 * A picture of released numbers: a dot for each value, and a line with ends for its interval. It has a name and a
 * description; its numbers are in the table beside it.
 */
export function DotChart(props: DotChartProps): Markup {
  const { id, rows, span, layout, texts, isFile = false } = props
  const { width, axisHeight, kind } = layout
  const axis = axisOf(span, layout)
  const { placed, bottom } = placeRows(rows, layout, axisHeight)
  const height = bottom + axisHeight + 26
  const [begin = 0, end = 0] = axis.range()
  return h(
    'svg',
    {
      ...(isFile ? { xmlns: 'http://www.w3.org/2000/svg' } : {}),
      class: `app-chart app-chart--${kind}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      focusable: 'false',
      'font-family': 'system-ui, "Segoe UI", Helvetica, Arial, sans-serif',
      'font-size': kind === 'wide' ? 15 : 14,
    },
    h('title', { id: `${id}-title` }, texts.title),
    h('desc', { id: `${id}-desc` }, texts.description),
    isFile ? h('rect', { width, height, fill: '#fff' }) : null,
    axisMarks(axis, props, { from: axisHeight, to: bottom }),
    h(
      'text',
      {
        class: 'app-chart__axis',
        x: pixel((begin + end) / 2),
        y: bottom + 42,
        'text-anchor': 'middle',
        fill: ink,
      },
      shortText(texts.axis, kind === 'wide' ? 80 : 36),
    ),
    placed.map((one) => placedMarkup(one, axis, props)),
  )
}
