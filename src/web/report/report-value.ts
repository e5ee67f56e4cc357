import { Fragment, h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { EntryPlace } from '../../log/index.ts'
import type { Figure, ReportValue, TermFamily } from '../../oversight/index.ts'
import { written } from '../components/written.ts'
import type { Markup } from '../markup.ts'
import { citation } from '../citation.ts'
import { saying } from '../messages/saying.ts'
import type { MessageFamily, Words } from '../messages/words.ts'
import { purposeId } from '../vocabulary.ts'

const termFamilies: Readonly<Record<Exclude<TermFamily, 'citation'>, MessageFamily>> = {
  purpose: 'purpose',
  law: 'law',
  element: 'element',
  outcome: 'outcome',
  code: 'code',
  disposal: 'disposal',
  state: 'reportState',
  category: 'reportCategory',
  sentence: 'reportSays',
  kind: 'reportEntry',
}

/** A word of a report in a language; an id without a word in readable form. */
export function termText(words: Words, family: TermFamily, id: string): string {
  if (family === 'citation') return citation(words, id)
  return words.named(termFamilies[family], family === 'purpose' ? purposeId(id) : id)
}

/** A figure with its unit. */
export function figureText(words: Words, { value, unit }: Figure): string {
  switch (unit) {
    case 'days':
      return words.t('report.days', { n: value })
    case 'months':
      return words.t('report.months', { n: value })
    case 'people':
      return words.t('report.people', { n: value })
    case 'micro-epsilon':
      return words.exact((value / 1_000_000).toFixed(6))
    case 'count':
      return words.t('report.number', { n: value })
  }
}

/** Neighbouring entries as one run: `4–9, 12`. */
export function runsOf(entries: readonly EntryPlace[]): string {
  const runs: { first: number; last: number; readonly origin: string }[] = []
  for (const { origin, index } of entries) {
    const run = runs.at(-1)
    if (run !== undefined && run.origin === origin && run.last + 1 === index) run.last = index
    else runs.push({ origin, first: index, last: index })
  }
  return runs
    .map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`))
    .join(', ')
}

/** More runs than these are in the JSON file alone. */
const mostRunsLength = 160

function figureNote(words: Words, { rule, entries }: Figure): string | undefined {
  if (rule === 'exchanges') return words.t('report.fromExchanges')
  if (rule !== 'entries' || entries.length === 0) return undefined
  const list = runsOf(entries)
  const shown = list.length > mostRunsLength ? `${list.slice(0, mostRunsLength)} …` : list
  return words.t('report.fromEntries', { count: entries.length, list: shown })
}

function organisationMarkup({
  id,
  name,
  address,
}: Extract<ReportValue, { is: 'organisation' }>): Markup {
  return h(
    Fragment,
    null,
    name ?? id,
    address.length === 0 ? null : h('span', { class: 'report-address' }, address.join(', ')),
  )
}

function isList(value: ReportValue): boolean {
  return value.is === 'list'
}

function isTime({ is }: ReportValue): boolean {
  return is === 'time' || is === 'day'
}

/** What stands before a part of a line: a number ends a sentence, or is what the one before is about. */
function separator(items: readonly ReportValue[], place: number, isSpan: boolean): string {
  if (place === 0) return ''
  if (isSpan) return ' – '
  if (items[place]?.is === 'figure') return ': '
  return items[place - 1]?.is === 'figure' ? '. ' : ', '
}

/** Parts that belong together stand in a line; things of one sort stand one under the other. */
function listMarkup(words: Words, items: readonly ReportValue[], inline: boolean): Markup {
  const parts = items.map((item) => valueMarkup(words, item, { inline: true, bare: true }))
  const isSpan = items.every((item) => isTime(item))
  const isMixed = new Set(items.map(({ is }) => is)).size > 1 && !items.some((one) => isList(one))
  if (inline || isSpan || isMixed || items.length === 1) {
    return h(
      Fragment,
      null,
      parts.map((part, place) => [separator(items, place, isSpan), part]),
    )
  }
  return h(
    'ul',
    { class: 'govuk-list govuk-list--bullet report-list' },
    parts.map((part) => h('li', null, part)),
  )
}

/** How a value stands in its place. */
export interface ValuePlace {
  /** Within a line of text. */
  readonly inline?: boolean
  /** Without saying where a figure comes from. */
  readonly bare?: boolean
}

function figureMarkup(words: Words, figure: Figure, bare: boolean): ComponentChildren {
  const note = bare ? undefined : figureNote(words, figure)
  const text = figureText(words, figure)
  if (note === undefined) return text
  return h(Fragment, null, text, ' ', h('span', { class: 'report-note' }, `(${note})`))
}

type Simple = Exclude<ReportValue, { is: 'figure' | 'list' }>

function simpleMarkup(words: Words, value: Simple): ComponentChildren {
  switch (value.is) {
    case 'text':
      return written(value.text)
    case 'said':
      return saying(words, value)
    case 'term':
      return termText(words, value.family, value.id)
    case 'time':
      return words.dateTime(value.atMs)
    case 'day':
      return words.date(value.atMs)
    case 'organisation':
      return organisationMarkup(value)
    case 'entry':
      return words.t('report.entryOf', { index: String(value.index), log: value.origin })
    case 'none':
      return words.t('report.none')
  }
}

/** One value in a language; everything that it says is escaped when it is written out. */
export function valueMarkup(
  words: Words,
  value: ReportValue,
  { inline = false, bare = false }: ValuePlace = {},
): ComponentChildren {
  if (value.is === 'figure') return figureMarkup(words, value, bare)
  if (value.is === 'list') return listMarkup(words, value.items, inline)
  return simpleMarkup(words, value)
}
