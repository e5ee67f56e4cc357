import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Form } from '../components/form.ts'
import { InsetText } from '../components/inset-text.ts'
import type { Markup } from '../markup.ts'
import { redirect } from '../page-route.ts'
import type { PageResult, PageRoute } from '../page-route.ts'
import type { PendingConsent } from '../session.ts'
import { isFreshLogIn } from '../sign-in/fresh-log-in.ts'
import { askDraft } from './check-page.ts'
import { withDraft } from './question-draft.ts'
import type { QuestionDraft } from './question-draft.ts'
import { atCases, type CaseContext } from './case-context.ts'

/** The consent that was asked for this very draft; a change of case or need makes it another question. */
function pendingOf({ session, caseCard, need }: QuestionDraft): PendingConsent | undefined {
  const { consent } = session
  const isOfDraft = consent?.caseReference === caseCard.reference && consent.needId === need.id
  return isOfDraft ? consent : undefined
}

/** Has the person asked, or looks how far it is, and remembers it with the draft. */
async function look(context: CaseContext, draft: QuestionDraft): Promise<PageResult> {
  const { session, account, official, caseCard, need } = draft
  if (!isFreshLogIn(account, context.nowMs)) return redirect('/sign-in/again')
  const before = pendingOf(draft)
  const found = await context.cases.consent({
    officialId: official.id,
    caseReference: caseCard.reference,
    needId: need.id,
    authTimeMs: account.authTimeMs,
    ...(before === undefined ? {} : { exchangeId: before.exchangeId }),
  })
  const { exchangeId, state, page, token } = found
  session.consent = { exchangeId, state, page, caseReference: caseCard.reference, needId: need.id }
  if (token === undefined) return redirect('/ask/consent')
  session.consent = undefined
  return await askDraft(context, draft, { exchangeId, token })
}

function waitingParts({ words, formToken }: CaseContext, { page }: PendingConsent): Markup[] {
  return [
    h('h1', { class: 'govuk-heading-l' }, words.t('consent.wait')),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('consent.waitText')),
    h(
      InsetText,
      null,
      h(
        'a',
        { class: 'govuk-link', href: page, rel: 'noreferrer' },
        h('span', { class: 'app-anywhere' }, page),
      ),
    ),
    h('p', { class: 'govuk-body app-measure' }, words.t('consent.lookHint')),
    h(Form, {
      action: '/ask/consent',
      token: formToken,
      children: h(Button, { text: words.t('consent.look') }),
    }),
  ]
}

function overParts({ words }: CaseContext, { state }: PendingConsent): Markup[] {
  const text = state === 'declined' ? 'consent.noDeclined' : 'consent.noExpired'
  return [
    h('h1', { class: 'govuk-heading-l' }, words.t('consent.no')),
    h('p', { class: 'govuk-body-l app-measure' }, words.t(text)),
    h(Button, { text: words.t('consent.withdraw'), href: '/ask/check', kind: 'secondary' }),
  ]
}

function show(context: CaseContext, draft: QuestionDraft): PageResult {
  const { words } = context
  const pending = pendingOf(draft)
  if (pending === undefined) return redirect('/ask/check')
  const waits = pending.state === 'waiting'
  // What is over is shown once: from the question on, the person can be asked anew.
  if (!waits) draft.session.consent = undefined
  const content = [
    h('span', { class: 'govuk-caption-l' }, words.t('consent.caption')),
    ...(waits ? waitingParts(context, pending) : overParts(context, pending)),
  ]
  const title = words.t(waits ? 'consent.wait' : 'consent.no')
  return { kind: 'page', title, content, backHref: '/ask/check' }
}

/** The person's consent to the question that is drafted: asked for, waited for, and used at once. */
export const consentRoutes: readonly PageRoute[] = [
  {
    id: 'caseworker.consent',
    role: 'caseworker',
    method: 'GET',
    path: '/ask/consent',
    run: atCases((context) => withDraft(context, (draft) => Promise.resolve(show(context, draft)))),
  },
  {
    id: 'caseworker.ask-consent',
    role: 'caseworker',
    method: 'POST',
    path: '/ask/consent',
    run: atCases((context) => withDraft(context, (draft) => look(context, draft))),
  },
]
