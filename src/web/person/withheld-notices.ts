import { h } from 'preact'
import type { WithheldNotice } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'

/** How many notices are withheld from anybody, and when they open: the same on everybody's page. */
export function WithheldNotices({
  context,
  withheld,
}: {
  readonly context: PageContext
  readonly withheld: readonly WithheldNotice[]
}): Markup {
  const { words, organisations, nowMs } = context
  const name = nameOf(organisations, words)
  const rows = withheld
    .filter(({ count }) => count > 0)
    .map(({ organisation, authority, untilMs, count }) => {
      const values = {
        organisation: name(organisation),
        authority,
        count,
        date: words.date(untilMs),
      }
      const key = untilMs > nowMs ? 'withheld.row' : 'withheld.opened'
      return h('li', null, words.t(key, values))
    })
  return h(
    'section',
    { class: 'app-measure' },
    h('h2', { class: 'govuk-heading-m' }, words.t('withheld.title')),
    h('p', { class: 'govuk-body' }, words.t('withheld.text')),
    rows.length === 0
      ? h('p', { class: 'govuk-body' }, words.t('withheld.none'))
      : h('ul', { class: 'govuk-list govuk-list--bullet' }, rows),
  )
}
