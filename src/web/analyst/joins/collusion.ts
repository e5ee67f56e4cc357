import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'
import type { PartyNames } from './join-words.ts'

/** What the noise does not prevent: which parties could find people together, which none could alone, and who may look. */
export function Collusion({
  words,
  names,
  level,
}: {
  readonly words: Words
  readonly names: PartyNames
  readonly level: 2 | 3
}): Markup {
  const { left, right, tally, inspector } = names
  return h(
    'section',
    { 'aria-labelledby': 'collusion' },
    h(
      `h${level}`,
      { class: level === 2 ? 'govuk-heading-m' : 'govuk-heading-s', id: 'collusion' },
      words.t('collusion.title'),
    ),
    h(
      'ul',
      { class: 'govuk-list govuk-list--bullet app-measure' },
      h('li', null, words.t('collusion.pair', { holder: left, other: right, tally })),
      h('li', null, words.t('collusion.pair', { holder: right, other: left, tally })),
      h('li', null, words.t('collusion.alone')),
      h('li', null, words.t('collusion.inspector', { inspector })),
      h('li', null, words.t('collusion.audit', { inspector })),
    ),
  )
}
