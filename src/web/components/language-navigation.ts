import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** One language to read the page in, named in itself. */
export interface LanguageItem {
  readonly lang: string
  readonly text: string
  /** Absent for the language of this page. */
  readonly href?: string
}

function entry({ lang, text, href }: LanguageItem): Markup {
  const content =
    href === undefined
      ? h('span', { class: 'govuk-language-navigation__text', 'aria-current': 'true', lang }, text)
      : h(
          'a',
          {
            class: 'govuk-language-navigation__link',
            href,
            rel: 'alternate',
            lang,
            hreflang: lang,
          },
          text,
        )
  return h('li', { class: 'govuk-language-navigation__list-item' }, content)
}

/** The design system's choice of languages; `label` names it to those who cannot see it. */
export function LanguageNavigation(props: {
  items: readonly LanguageItem[]
  label: string
}): Markup {
  return h(
    'nav',
    { class: 'govuk-language-navigation', 'aria-label': props.label },
    h('ul', { class: 'govuk-language-navigation__list' }, props.items.map(entry)),
  )
}
