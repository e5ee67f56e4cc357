import { h } from 'preact'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'

/** The foot of every page: where else to go, and, in the demo, that nobody here exists. */
export function Footer(props: {
  words: Words
  demoUrl?: string | undefined
  verifyUrl?: string | undefined
}): Markup {
  const { words, demoUrl, verifyUrl } = props
  const link = (href: string, text: string): Markup =>
    h(
      'li',
      { class: 'govuk-footer__inline-list-item' },
      h('a', { class: 'govuk-footer__link', href }, text),
    )
  return h(
    'footer',
    { class: 'govuk-template__footer' },
    h(
      'div',
      { class: 'govuk-footer' },
      h(
        'div',
        { class: 'govuk-width-container' },
        h('h2', { class: 'govuk-visually-hidden' }, words.t('footer.title')),
        [demoUrl, verifyUrl].every((url) => url === undefined)
          ? null
          : h(
              'ul',
              { class: 'govuk-footer__inline-list' },
              demoUrl === undefined ? null : link(demoUrl, words.t('footer.demo')),
              verifyUrl === undefined ? null : link(verifyUrl, words.t('footer.verify')),
            ),
        demoUrl === undefined
          ? null
          : h('p', { class: 'app-footer__note' }, words.t('footer.invented')),
      ),
    ),
  )
}
