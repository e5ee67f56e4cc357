import { h } from 'preact'
import type { Catalogue, CatalogueElement } from '../../population/index.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'

function domainText(words: Words, { domain, unit }: CatalogueElement): string {
  switch (domain.kind) {
    case 'closed':
      return words.t('catalogue.closed', { count: domain.keys.length })
    case 'bounded': {
      const [min, max] = [words.exact(String(domain.min)), words.exact(String(domain.max))]
      return unit === null
        ? words.t('catalogue.bounded', { min, max })
        : words.t('catalogue.boundedUnit', { min, max, unit })
    }
    case 'open':
      return words.t('catalogue.open')
  }
}

/** An element of a register with the values that it may have, as an item of a list. */
export function elementItem(words: Words, element: CatalogueElement): Markup {
  const note = element.protected ? ` (${words.t('catalogue.protected')})` : ''
  return h(
    'li',
    null,
    h('strong', null, words.named('element', element.name)),
    `: ${domainText(words, element)}${note}`,
  )
}

/** Whom a register is about, and about how many they are publicly said to be. */
export function peopleText(words: Words, { population }: Catalogue): string {
  const { name, size } = population
  return words.t('catalogue.people', {
    name: words.named('element', name),
    size: words.exact(String(size)),
  })
}
