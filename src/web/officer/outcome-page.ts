import { h } from 'preact'
import { Button } from '../components/button.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import { redirect } from '../page-route.ts'
import type { OfficeOutcome } from './officer-desk.ts'

/** Where an act leads: on to `to` once it is an entry, else to a page that says why it was refused. */
export function afterAct(
  { words }: PageContext,
  outcome: OfficeOutcome,
  at: { readonly to: string; readonly backHref: string },
): PageResult {
  if (outcome.state !== 'refused') return redirect(at.to)
  const title = words.t('refused.title')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.named('officeCode', outcome.code)),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.t('refused.said'),
      ' ',
      words.local({ en: outcome.reason }),
      ' (',
      h('code', { class: 'app-code app-anywhere' }, outcome.code),
      ')',
    ),
    h('p', { class: 'govuk-body app-measure' }, words.t('refused.nothing')),
    h(Button, { text: words.t('refused.back'), href: at.backHref, kind: 'secondary' }),
  ]
  return { kind: 'page', title, content, status: 422, backHref: at.backHref }
}
