import { h } from 'preact'
import type { Markup } from '../markup.ts'
import type { PageContext } from '../page-route.ts'

/**
 * Where a person says yes or no to questions that need their consent: the pages of an issuer, which has its own
 * sign-in, since whoever asks must not be the one who says that consent was given. What waits there is told there
 * alone. Nothing where no issuer is known.
 */
export function ConsentPlace({ context }: { readonly context: PageContext }): Markup | null {
  const { words, backend } = context
  if (backend.consentPage === undefined) return null
  return h(
    'section',
    { class: 'app-measure' },
    h('h2', { class: 'govuk-heading-m' }, words.t('consent.place')),
    h('p', { class: 'govuk-body' }, words.t('consent.placeText')),
    h(
      'p',
      { class: 'govuk-body' },
      h('a', { class: 'govuk-link', href: backend.consentPage }, words.t('consent.placeLink')),
    ),
  )
}
