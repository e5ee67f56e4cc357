import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Form } from '../components/form.ts'
import { InsetText } from '../components/inset-text.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { HtmlResult, PageContext, PageResult } from '../page-route.ts'
import { redirect } from '../page-route.ts'
import type { Account } from './identity-port.ts'
import { signInRoleOf } from './identity-port.ts'

function signInForm({ words, formToken }: PageContext): Markup {
  const children = h(Button, { text: words.t('signIn.button') })
  return h(Form, { action: '/sign-in', token: formToken, children })
}

function signInPage(context: PageContext): HtmlResult {
  const { words, site } = context
  const role = signInRoleOf(site) ?? 'person'
  const title = words.t('signIn.title')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t(`signIn.${role}`)),
    signInForm(context),
    h('p', { class: 'govuk-body app-measure' }, words.t('signIn.how')),
  ]
  return { kind: 'page', title, content }
}

function accountPage(context: PageContext, account: Account): HtmlResult {
  const { words, organisations, formToken, desks } = context
  const title = words.t('account.title')
  const organisation = nameOf(organisations, words)(account.organisation)
  const rows = [
    { key: words.t('account.name'), value: account.name },
    { key: words.t('account.role'), value: words.t(`role.${account.role}`) },
    ...(account.role === 'person'
      ? []
      : [{ key: words.t('account.organisation'), value: organisation }]),
    { key: words.t('account.since'), value: words.dateTime(account.authTimeMs) },
  ]
  const withoutPages =
    (account.role === 'inspector' && desks.inspector === undefined) ||
    (account.role === 'dpo' && desks.officer === undefined) ||
    (account.role === 'admin' && desks.administrator === undefined)
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h(SummaryList, { rows, classes: 'app-facts' }),
    withoutPages
      ? h(InsetText, null, h('p', { class: 'govuk-body' }, words.t('account.commandLine')))
      : null,
    h(Form, {
      action: '/sign-out',
      token: formToken,
      children: h(Button, { text: words.t('account.signOut'), kind: 'secondary' }),
    }),
    h('p', { class: 'govuk-body app-measure' }, words.t('account.signOutHint')),
  ]
  return { kind: 'page', title, content }
}

/** The front page of a site: signing in, or who is signed in. */
export function showFront(context: PageContext): Promise<PageResult> {
  const account = context.session?.account
  return Promise.resolve(
    account === undefined ? signInPage(context) : accountPage(context, account),
  )
}

/** Asked for before a question or a signature when the log-in is too old. The draft is kept. */
export function showAgain(context: PageContext): Promise<PageResult> {
  const { words, session, site } = context
  if (session?.account === undefined) return Promise.resolve(redirect('/'))
  const isOfficer = site.role === 'dpo'
  const title = words.t(isOfficer ? 'signIn.againOfficer' : 'signIn.again')
  const text = words.t(isOfficer ? 'signIn.againOfficerText' : 'signIn.againText')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, text),
    signInForm(context),
  ]
  const backHref = isOfficer ? '/tasks' : '/ask/check'
  return Promise.resolve({ kind: 'page', title, content, backHref })
}
