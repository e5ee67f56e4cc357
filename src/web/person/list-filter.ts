import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Select } from '../components/fields/index.ts'
import { Pagination } from '../components/pagination.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'
import { isFiltered, listQuery } from './list-wish.ts'
import type { PersonList } from './person-list.ts'

type Items = readonly { readonly value: string; readonly text: string }[]

function organisationItems({ words, organisations }: PageContext, { all }: PersonList): Items {
  const name = nameOf(organisations, words)
  const parties = all.flatMap((one) =>
    one.outcome === 'sealed' ? [one.consumer] : [one.consumer, one.provider],
  )
  const ids = [...new Set(parties)].toSorted()
  return ids.map((id) => ({ value: id, text: name(id) }))
}

function yearItems({ words }: PageContext, { all }: PersonList): Items {
  const years = [...new Set(all.map(({ atMs }) => words.year(atMs)))]
  return years.map((year) => ({ value: String(year), text: String(year) }))
}

/**
 * Narrows a list that does not fit on one page, by organisation, year and outcome: a form that is sent as an
 * address and works without scripts.
 */
export function ListFilter({
  context,
  list,
  path,
}: {
  readonly context: PageContext
  readonly list: PersonList
  readonly path: string
}): Markup | null {
  const { words } = context
  const { wish, found, pages } = list
  if (pages === 1 && !isFiltered(wish)) return null
  const all = { value: '', text: words.t('filter.all') }
  const isAnySealed = list.all.some(({ outcome }) => outcome === 'sealed')
  const known = ['permit', 'deny', ...(isAnySealed ? ['sealed'] : [])]
  const outcomes = known.map((value) => ({
    value,
    text: words.named('outcome', value),
  }))
  const select = (name: string, label: string, items: Items, chosen: string): Markup =>
    h(Select, { name, label, items: [all, ...items], chosen })
  const { organisation = '', year, outcome = '' } = wish
  return h(
    'form',
    { method: 'get', action: path, class: 'app-filter', 'aria-label': words.t('filter.title') },
    h(
      'div',
      { class: 'app-grid app-grid--three' },
      select(
        'organisation',
        words.t('filter.organisation'),
        organisationItems(context, list),
        organisation,
      ),
      select('year', words.t('filter.year'), yearItems(context, list), String(year ?? '')),
      select('outcome', words.t('filter.outcome'), outcomes, outcome),
    ),
    h(
      'div',
      { class: 'govuk-button-group' },
      h(Button, { text: words.t('filter.show'), kind: 'secondary' }),
      isFiltered(wish)
        ? h('a', { class: 'govuk-link', href: path }, words.t('filter.clear'))
        : null,
    ),
    h(
      'p',
      { class: 'govuk-body', role: 'status' },
      words.t('filter.found', { count: found, page: wish.page, pages }),
    ),
  )
}

/** Leads to the newer and the older page of the list. */
export function ListPages({
  context: { words },
  list: { wish, pages },
  path,
}: {
  readonly context: PageContext
  readonly list: PersonList
  readonly path: string
}): Markup | null {
  const link = (page: number, text: string): { href: string; text: string; label: string } => ({
    href: `${path}${listQuery({ ...wish, page })}`,
    text,
    label: words.t('pages.which', { page, pages }),
  })
  const { page } = wish
  return h(Pagination, {
    label: words.t('pages.title'),
    previous: page > 1 ? link(page - 1, words.t('pages.newer')) : undefined,
    next: page < pages ? link(page + 1, words.t('pages.older')) : undefined,
  })
}
