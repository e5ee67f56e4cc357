import { h } from 'preact'
import { LanguageNavigation } from '../components/language-navigation.ts'
import type { Markup } from '../markup.ts'
import { languages } from '../messages/words.ts'
import type { Language, Words } from '../messages/words.ts'
import { Logo } from './logo.ts'

/** A page of the same site, reachable from all its others. */
export interface Section {
  readonly href: string
  readonly text: string
  readonly current: boolean
}

/** The head of every page. */
export interface HeaderProps {
  readonly words: Words
  /** For whom the site is, and where: `Housing agency`, `for caseworkers`. */
  readonly siteName: string
  readonly organisation: string | undefined
  readonly sections: readonly Section[]
  /** Path of this page, for the links to its other languages. */
  readonly path: string
}

const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
}

function languageChoice(words: Words, path: string): Markup {
  const items = languages.map((lang) => {
    const named = { lang, text: languageNames[lang] }
    return lang === words.language ? named : { ...named, href: `${path}?lang=${lang}` }
  })
  return h(LanguageNavigation, { items, label: words.t('header.languages') })
}

function sectionList(words: Words, sections: readonly Section[]): Markup | null {
  if (sections.length === 0) return null
  const items = sections.map(({ href, text, current }) =>
    h(
      'li',
      {
        class: `govuk-service-navigation__item${
          current ? ' govuk-service-navigation__item--active' : ''
        }`,
      },
      h(
        'a',
        {
          class: 'govuk-service-navigation__link',
          href,
          'aria-current': current ? 'true' : undefined,
        },
        current ? h('strong', { class: 'govuk-service-navigation__active-fallback' }, text) : text,
      ),
    ),
  )
  return h(
    'div',
    { class: 'govuk-service-navigation' },
    h(
      'div',
      { class: 'govuk-width-container' },
      h(
        'div',
        { class: 'govuk-service-navigation__container' },
        h(
          'nav',
          { 'aria-label': words.t('header.menu'), class: 'govuk-service-navigation__wrapper' },
          h('ul', { class: 'govuk-service-navigation__list' }, items),
        ),
      ),
    ),
  )
}

/** The design system's generic header with our sign, the languages and the site's sections. */
export function Header(props: HeaderProps): Markup {
  const { words, siteName, organisation, sections, path } = props
  return h(
    'header',
    { class: `govuk-template__header app-header app-accent-${organisation ?? 'none'}` },
    h(
      'div',
      { class: 'govuk-generic-header' },
      h(
        'div',
        { class: 'govuk-generic-header__container govuk-width-container app-header__row' },
        h(
          'div',
          { class: 'govuk-generic-header__logo' },
          h(
            'a',
            { href: '/', class: 'govuk-generic-header__homepage-link' },
            h(Logo, null),
            h('span', { class: 'app-header__name' }, 'Cloison'),
          ),
        ),
        h('p', { class: 'app-header__site' }, siteName),
        languageChoice(words, path),
      ),
    ),
    sectionList(words, sections),
  )
}
