import { h } from 'preact'
import type { RestoreRow } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'

/** Which older files were put back together, and who noticed: one row a combination. */
export function RestoreTable({
  words,
  rows,
}: {
  readonly words: Words
  readonly rows: readonly RestoreRow[]
}): Markup {
  const heading = (text: string): Markup =>
    h('th', { scope: 'col', role: 'columnheader', class: 'govuk-table__header' }, text)
  const cell = (label: string, text: string): Markup =>
    h('td', { class: 'govuk-table__cell', role: 'cell', 'data-label': label }, text)
  return h(
    'table',
    // The roles stay when a narrow page stacks the cells.
    { class: 'govuk-table app-restores', role: 'table' },
    h('caption', { class: 'govuk-visually-hidden' }, words.t('restore.caption')),
    h(
      'thead',
      { class: 'govuk-table__head', role: 'rowgroup' },
      h('tr', { class: 'govuk-table__row', role: 'row' }, [
        heading(words.t('restore.what')),
        heading(words.t('restore.outcome')),
        heading(words.t('restore.noticedBy')),
      ]),
    ),
    h(
      'tbody',
      { class: 'govuk-table__body', role: 'rowgroup' },
      rows.map(({ parts, noticedBy }) =>
        h('tr', { class: 'govuk-table__row', role: 'row' }, [
          h(
            'th',
            { scope: 'row', role: 'rowheader', class: 'govuk-table__header' },
            parts.map((part) => words.t(`restore.part.${part}`)).join(' + '),
          ),
          cell(words.t('restore.outcome'), words.t('restore.refused')),
          cell(words.t('restore.noticedBy'), words.t(`restore.by.${noticedBy}`)),
        ]),
      ),
    ),
  )
}
