import { h } from 'preact'
import { monthStartMs, parseMonth } from '../../log/index.ts'
import {
  countedSorts,
  type CountedSort,
  type MonthCounts,
  type PublicCounts,
} from '../../oversight/index.ts'
import { StackedTable } from '../components/lists/index.ts'
import type { StackedRow } from '../components/lists/index.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import type { PageContext } from '../page-route.ts'

/** Well within a month, whatever the time zone of the pages. */
const fortnightMs = 14 * 86_400_000

interface Month {
  readonly counts: MonthCounts
  /** Where it stands in the log; `null` for the month that runs. */
  readonly entry: number | null
}

function monthText(words: Words, { counts, entry }: Month): string {
  const month = parseMonth(counts.month)
  const name = month === undefined ? counts.month : words.month(monthStartMs(month) + fortnightMs)
  return entry === null ? words.t('counts.running', { month: name }) : name
}

/** The sorts that any month has a figure for; questions that were answered or denied always. */
function sortsOf(months: readonly Month[], agreement: string | null): readonly CountedSort[] {
  const told = new Set(
    months.flatMap(({ counts }) =>
      counts.cells.filter((cell) => cell.agreement === agreement).map(({ sort }) => sort),
    ),
  )
  return countedSorts.filter((sort) => told.has(sort) || sort === 'answered' || sort === 'denied')
}

function row(
  words: Words,
  month: Month,
  {
    sorts,
    agreement,
  }: { readonly sorts: readonly CountedSort[]; readonly agreement: string | null },
): StackedRow {
  const { cells, exchanges } = month.counts
  const figures = sorts.map((wanted) => {
    const found = cells.find((one) => one.sort === wanted && one.agreement === agreement)
    return found === undefined
      ? words.t('counts.fewer')
      : words.t('counts.from', { count: found.count })
  })
  return {
    head: monthText(words, month),
    cells: [
      ...(agreement === null ? [words.exact(String(exchanges))] : []),
      ...figures,
      month.entry === null
        ? words.t('counts.notYet')
        : words.t('event.number', { entry: month.entry }),
    ],
  }
}

function table(words: Words, counts: PublicCounts, agreement: string | null): Markup {
  const months: readonly Month[] = [{ counts: counts.running, entry: null }, ...counts.months]
  const sorts = sortsOf(months, agreement)
  return h(StackedTable, {
    caption: words.t('counts.caption'),
    columns: [
      words.t('counts.month'),
      ...(agreement === null ? [words.t('counts.exchanges')] : []),
      ...sorts.map((sort) => words.named('sort', sort)),
      words.t('counts.entry'),
    ],
    rows: months.map((month) => row(words, month, { sorts, agreement })),
  })
}

/** How many questions there were in each month, of the organisation or of one agreement. */
export function MonthTable(props: {
  readonly context: PageContext
  readonly counts: PublicCounts | null
  /** Id; left out: the whole organisation. */
  readonly agreement?: string
}): Markup {
  const { context, counts, agreement = null } = props
  const { words } = context
  return h(
    'section',
    { class: 'app-facts-table' },
    h('h2', { class: 'govuk-heading-m' }, words.t('counts.title')),
    h('p', { class: 'govuk-body app-measure' }, words.t('counts.text')),
    counts === null
      ? h('p', { class: 'govuk-inset-text' }, words.t('counts.waiting'))
      : table(words, counts, agreement),
  )
}
