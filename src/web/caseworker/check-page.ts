import { h } from 'preact'
import { Button } from '../components/button.ts'
import { Form } from '../components/form.ts'
import { InsetText } from '../components/inset-text.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import { nameOf } from '../organisation-name.ts'
import { redirect } from '../page-route.ts'
import type { PageResult, PageRoute } from '../page-route.ts'
import { isFreshLogIn } from '../sign-in/fresh-log-in.ts'
import { purposeId } from '../vocabulary.ts'
import { withDraft } from './question-draft.ts'
import type { QuestionDraft } from './question-draft.ts'
import { atCases, type CaseContext } from './case-context.ts'

function rows(context: CaseContext, { caseCard, need }: QuestionDraft): readonly SummaryRow[] {
  const { words, organisations } = context
  const change = (href: string, what: string): SummaryRow['action'] & object => ({
    href,
    text: words.t('form.change'),
    hiddenText: what,
  })
  return [
    {
      key: words.t('check.person'),
      value: caseCard.subjectName,
      action: change('/cases', words.t('check.person')),
    },
    { key: words.t('case.reference'), value: caseCard.reference },
    {
      key: words.t('check.need'),
      value: words.local(need.label),
      action: change('/ask/need', words.t('check.need')),
    },
    {
      key: words.t('check.facts'),
      value: words.list(need.elements.map((element) => words.named('element', element))),
    },
    {
      key: words.t('check.provider'),
      value: nameOf(organisations, words)(need.provider),
    },
    { key: words.t('check.purpose'), value: words.named('purpose', purposeId(need.purpose)) },
    {
      key: words.t('check.law'),
      value: words.list(need.legalBasis.map((basis) => words.named('law', basis))),
    },
    {
      key: words.t('check.agreement'),
      value: words.t('check.agreementVersion', {
        agreement: need.agreement.id,
        version: need.agreement.version,
      }),
    },
  ]
}

function showCheck(context: CaseContext, draft: QuestionDraft): Promise<PageResult> {
  const { words, formToken } = context
  const { need } = draft
  const content = [
    h('span', { class: 'govuk-caption-l' }, words.t('check.caption')),
    h('h1', { class: 'govuk-heading-l' }, words.t('check.title')),
    h(SummaryList, { rows: rows(context, draft), classes: 'app-facts' }),
    h(
      InsetText,
      null,
      h('p', { class: 'govuk-body' }, words.rich('check.personSees')),
      h('p', { class: 'govuk-body' }, words.t('check.trace')),
    ),
    need.needsConsent === true
      ? h('p', { class: 'govuk-body app-measure' }, words.t('check.consentNeeded'))
      : null,
    h(Form, {
      action: need.needsConsent === true ? '/ask/consent' : '/ask/check',
      token: formToken,
      children: h(Button, {
        text: words.t(need.needsConsent === true ? 'check.consent' : 'check.ask'),
      }),
    }),
  ]
  return Promise.resolve({
    kind: 'page',
    title: words.t('check.title'),
    content,
    backHref: '/ask/need',
  })
}

/**
 * Asks the drafted question; `by` is the person's consent to it, and the exchange that it is for. Leads to what
 * came of it.
 */
export async function askDraft(
  context: CaseContext,
  draft: QuestionDraft,
  by?: { readonly exchangeId: string; readonly token: string },
): Promise<PageResult> {
  const { session, account, official, caseCard, need } = draft
  if (!isFreshLogIn(account, context.nowMs)) return redirect('/sign-in/again')
  const outcome = await context.cases.ask({
    officialId: official.id,
    caseReference: caseCard.reference,
    needId: need.id,
    authTimeMs: account.authTimeMs,
    ...(by === undefined ? {} : { consent: by }),
  })
  session.answers.set(outcome.exchangeId, {
    outcome,
    caseReference: caseCard.reference,
    needId: need.id,
    atMs: context.nowMs,
  })
  session.caseReference = undefined
  session.needId = undefined
  return redirect(`/answers/${outcome.exchangeId}`)
}

/** Everything about the question on one page before it is asked, and the asking itself. */
export const checkRoutes: readonly PageRoute[] = [
  {
    id: 'caseworker.check',
    role: 'caseworker',
    method: 'GET',
    path: '/ask/check',
    run: atCases((context) => withDraft(context, (draft) => showCheck(context, draft))),
  },
  {
    id: 'caseworker.ask',
    role: 'caseworker',
    method: 'POST',
    path: '/ask/check',
    run: atCases((context) => withDraft(context, (draft) => askDraft(context, draft))),
  },
]
