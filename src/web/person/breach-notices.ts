import { h } from 'preact'
import type { BreachNotice } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { logOwner, nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'

/** Tells the person of each exposed key under which facts about them went out: on their own page, and nowhere else. */
export function BreachNotices({
  context: { words, organisations },
  breaches,
}: {
  readonly context: PageContext
  readonly breaches: readonly BreachNotice[]
}): Markup | null {
  if (breaches.length === 0) return null
  const name = nameOf(organisations, words)
  const notices = breaches.map(({ fromMs, untilMs, declaredAtMs, origin, entryIndex }) =>
    h(
      'li',
      null,
      words.t('breach.row', {
        organisation: name(logOwner(organisations, origin, origin)),
        from: words.dateTime(fromMs),
        until: words.dateTime(untilMs),
        declared: words.date(declaredAtMs),
        index: entryIndex,
      }),
    ),
  )
  return h(
    'section',
    { class: 'govuk-inset-text app-measure', 'aria-labelledby': 'breaches' },
    h('h2', { class: 'govuk-heading-m', id: 'breaches' }, words.t('breach.title')),
    h('p', { class: 'govuk-body' }, words.t('breach.text')),
    h('ul', { class: 'govuk-list govuk-list--bullet' }, notices),
  )
}
