import { h } from 'preact'
import { Button } from '../components/button.ts'
import type { Words } from '../messages/words.ts'
import type { HtmlResult } from '../page-route.ts'
import type { SignInRefusal } from './identity-port.ts'

/** Nobody was signed in, and what to do now. `reference` finds the cause in the server's log. */
export function refusedPage(words: Words, code: SignInRefusal, reference: string): HtmlResult {
  const title = words.t('signIn.refused')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body app-measure' }, words.t(`signIn.${code}`)),
    h(
      'p',
      { class: 'govuk-body' },
      words.t('error.reference'),
      ' ',
      h('code', { class: 'app-code' }, reference),
    ),
    h(Button, { text: words.t('error.start'), href: '/', kind: 'secondary' }),
  ]
  const status = code === 'SIGN_IN_UNAVAILABLE' ? 502 : 403
  return { kind: 'page', title, content, status }
}
