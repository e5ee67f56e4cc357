import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'

/** What the intervals of a table cover and what not, and why numbers may lie below zero. */
export function HowToRead(props: {
  readonly words: Words
  readonly notCovered: readonly string[]
}): Markup {
  const { words, notCovered } = props
  return h(
    'section',
    { 'aria-labelledby': 'reading', class: 'app-limits' },
    h(
      'h2',
      { class: 'govuk-heading-s app-limits__title', id: 'reading' },
      words.t('result.reading'),
    ),
    h('p', { class: 'govuk-body app-measure' }, words.t('result.covers')),
    h(
      'ul',
      { class: 'govuk-list govuk-list--bullet' },
      notCovered.map((one) => h('li', null, words.named('notCovered', one))),
    ),
    h('p', { class: 'govuk-body app-measure' }, words.t('result.negative')),
  )
}
