import { h } from 'preact'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'

/** "What this page cannot tell you": said on every page that shows something about a person. */
export function Limits({ words, texts }: { words: Words; texts: readonly string[] }): Markup {
  return h(
    'section',
    { class: 'app-limits', 'aria-labelledby': 'limits' },
    h('h2', { class: 'govuk-heading-s app-limits__title', id: 'limits' }, words.t('limits.title')),
    h(
      'ul',
      { class: 'govuk-list govuk-list--bullet' },
      texts.map((text) => h('li', null, text)),
    ),
  )
}
