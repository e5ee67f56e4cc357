import { h } from 'preact'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'

/**
 * For each agency, whether the entries that it shows are all: a sentence that the browser puts in once
 * it has checked the proof. Without scripts it claims nothing.
 */
export function ChainMarks({ context }: { context: PageContext }): Markup {
  const { words, organisations } = context
  const named = nameOf(organisations, words)
  // The browser knows the time, once the proof holds, and puts it here.
  const when = '{when}'
  // The inspector neither asks nor answers, so it has no list about anybody.
  const agencies = organisations.filter(({ id }) => id !== 'inspector')
  const marks = agencies.map(({ id }) => {
    const name = named(id)
    return h(
      'p',
      {
        class: 'app-mark',
        'data-proof': `chain-${id}`,
        'data-holds': words.t('chain.holds', { name, when }),
        'data-fails': words.t('chain.fails', { name }),
        'data-waits': words.t('chain.waits', { name }),
      },
      h('span', { class: 'app-mark__sign', 'aria-hidden': 'true' }),
      h('span', { class: 'app-mark__text' }, words.t('chain.unchecked', { name })),
    )
  })
  return h(
    'section',
    { class: 'app-measure' },
    h('h2', { class: 'govuk-heading-m' }, words.t('chain.title')),
    h('p', { class: 'govuk-body' }, words.t('chain.text')),
    marks,
  )
}
