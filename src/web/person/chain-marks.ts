import { h } from 'preact'
import type { Markup } from '../markup.ts'
import { keepsLists, nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'

/**
 * For each agency, whether the entries that are shown are all: a sentence that the browser puts in once it has
 * checked the proof, or has found none. Without scripts it claims nothing.
 */
export function ChainMarks({ context }: { context: PageContext }): Markup {
  const { words, organisations } = context
  const named = nameOf(organisations, words)
  // The browser knows the time, once the proof holds, and puts it here.
  const when = '{when}'
  const agencies = organisations.filter(({ id }) => keepsLists(id))
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
        'data-unshown': words.t('chain.unshown', { name }),
      },
      h('span', { class: 'app-mark__sign', 'aria-hidden': 'true' }),
      h('span', { class: 'app-mark__text' }, words.t('chain.unchecked', { name })),
    )
  })
  return h('div', { class: 'app-measure' }, marks)
}
