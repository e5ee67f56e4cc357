import { h } from 'preact'
import { Button } from './components/button.ts'
import type { MessageKey, Words } from './messages/words.ts'
import type { HtmlResult } from './page-route.ts'

/** What can go wrong with a request, apart from refusals, which are pages of their own. */
export type ErrorKind = 'missing' | 'method' | 'form' | 'failure' | 'starting'

const statusOf: Readonly<Record<ErrorKind, number>> = {
  missing: 404,
  method: 405,
  form: 403,
  failure: 500,
  starting: 503,
}

/** A start takes seconds: its stores are compared, and its witnesses are asked. */
const startSeconds = 5

/** A plain error page. `reference` finds the failure in the server's log; it says nothing else. */
export function errorPage(words: Words, kind: ErrorKind, reference: string): HtmlResult {
  const title: MessageKey = `error.${kind}.title`
  const content = [
    h('h1', { class: 'govuk-heading-l' }, words.t(title)),
    h('p', { class: 'govuk-body app-measure' }, words.t(`error.${kind}.text`)),
    h(
      'p',
      { class: 'govuk-body' },
      words.t('error.reference'),
      ' ',
      h('code', { class: 'app-code' }, reference),
    ),
    h(Button, { text: words.t('error.start'), href: '/', kind: 'secondary' }),
  ]
  const page = { kind: 'page', title: words.t(title), content, status: statusOf[kind] } as const
  return kind === 'starting' ? { ...page, retryAfterSeconds: startSeconds } : page
}
