import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Button } from '../components/button.ts'
import { Card } from '../components/card.ts'
import { Form } from '../components/form.ts'
import { InsetText } from '../components/inset-text.ts'
import { written } from '../components/written.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { nameOf } from '../organisation-name.ts'
import type { HtmlResult } from '../page-route.ts'
import type { PageOrganisation } from '../pages-deps.ts'
import { purposeId } from '../vocabulary.ts'
import type { ShownConsent } from './consent-desk.ts'

/** What a page of an issuer of consent speaks with. */
export interface ConsentPageParts {
  readonly words: Words
  readonly organisations: readonly PageOrganisation[]
  readonly formToken: string
}

const requestPath = ({ exchangeId }: ShownConsent): string => `/requests/${exchangeId}`

function heading(text: string): Markup {
  return h('h1', { class: 'govuk-heading-l' }, text)
}

function paragraph(text: ComponentChildren, lead = false): Markup {
  return h('p', { class: `${lead ? 'govuk-body-l' : 'govuk-body'} app-measure` }, text)
}

function signInForm({ words, formToken }: ConsentPageParts): Markup {
  const children = h(Button, { text: words.t('signIn.button') })
  return h(Form, { action: '/sign-in', token: formToken, children })
}

/** The front page for somebody who has not signed in. */
export function consentSignInPage(parts: ConsentPageParts): HtmlResult {
  const { words } = parts
  const title = words.t('signIn.title')
  const content = [
    heading(title),
    paragraph(words.t('consent.signIn'), true),
    signInForm(parts),
    paragraph(words.t('signIn.how')),
  ]
  return { kind: 'page', title, content }
}

/** Before a decision when the log-in is too old. */
export function consentAgainPage(parts: ConsentPageParts): HtmlResult {
  const { words } = parts
  const title = words.t('consent.again')
  const content = [heading(title), paragraph(words.t('consent.againText'), true), signInForm(parts)]
  return { kind: 'page', title, content, backHref: '/' }
}

function card(request: ShownConsent, { words, organisations }: ConsentPageParts): Markup {
  const name = nameOf(organisations, words)
  const { consumer, provider, askedAtMs } = request
  const title = words.t('consent.question', { consumer: name(consumer), provider: name(provider) })
  return h(
    'li',
    null,
    h(
      Card,
      { title },
      h('p', { class: 'app-card__when' }, words.dateTime(askedAtMs)),
      h(Button, {
        text: words.t('consent.read'),
        href: requestPath(request),
        kind: 'secondary',
        hiddenText: title,
      }),
    ),
  )
}

/** Everything that waits for the decision of the person who signed in. */
export function consentListPage(
  parts: ConsentPageParts,
  shown: { readonly name: string; readonly waiting: readonly ShownConsent[] },
): HtmlResult {
  const { words, formToken } = parts
  const title = words.t('consent.list')
  const content = [
    h('span', { class: 'govuk-caption-l' }, shown.name),
    heading(title),
    paragraph(words.t('consent.listLead', { count: shown.waiting.length }), true),
    h(
      'ul',
      { class: 'app-stack' },
      shown.waiting.map((request) => card(request, parts)),
    ),
    h(Form, {
      action: '/sign-out',
      token: formToken,
      children: h(Button, { text: words.t('account.signOut'), kind: 'secondary' }),
    }),
  ]
  return { kind: 'page', title, content }
}

function rows(request: ShownConsent, { words, organisations }: ConsentPageParts): SummaryRow[] {
  const name = nameOf(organisations, words)
  const { facts, legalBasis, agreement } = request
  const fact = ({ name: element, isYesOrNo }: (typeof facts)[number]): Markup =>
    h(
      'li',
      null,
      h('strong', null, words.named('element', element)),
      ' – ',
      words.t(isYesOrNo ? 'consent.yesOrNo' : 'consent.value'),
    )
  return [
    { key: words.t('consent.who'), value: name(request.consumer) },
    { key: words.t('consent.from'), value: name(request.provider) },
    {
      key: words.t('consent.facts'),
      value: h('ul', { class: 'govuk-list' }, facts.map(fact)),
    },
    {
      key: words.t('consent.why'),
      value: words.named('purpose', purposeId(request.purpose)),
    },
    { key: words.t('consent.reason'), value: written(request.justification) },
    {
      key: words.t('check.law'),
      value: words.list(legalBasis.map((basis) => words.named('law', basis))),
    },
    {
      key: words.t('check.agreement'),
      value: words.t('check.agreementVersion', {
        agreement: agreement.id,
        version: agreement.version,
      }),
    },
    {
      key: words.t('consent.kept'),
      value: words.t('consent.keptDays', { days: request.retentionDays }),
    },
  ]
}

function decisionForm(request: ShownConsent, { words, formToken }: ConsentPageParts): Markup {
  const button = (value: 'given' | 'declined'): Markup =>
    h(Button, { text: words.t(`consent.${value}`), kind: 'secondary', name: 'decision', value })
  return h(Form, {
    action: requestPath(request),
    token: formToken,
    children: h('div', { class: 'govuk-button-group' }, button('given'), button('declined')),
  })
}

/** One request with everything that the one question asks, and the decision, or what came of it. */
export function consentRequestPage(parts: ConsentPageParts, request: ShownConsent): HtmlResult {
  const { words, organisations } = parts
  const name = nameOf(organisations, words)
  const title = words.t('consent.question', {
    consumer: name(request.consumer),
    provider: name(request.provider),
  })
  const waits = request.state === 'waiting'
  const content = [
    heading(title),
    waits
      ? paragraph(words.t('consent.lead'), true)
      : h(InsetText, null, h('p', { class: 'govuk-body' }, words.t(`consent.is.${request.state}`))),
    h(SummaryList, { rows: rows(request, parts), classes: 'app-facts' }),
    ...(waits
      ? [
          h(
            InsetText,
            null,
            h('p', { class: 'govuk-body' }, words.t('consent.once')),
            h('p', { class: 'govuk-body' }, words.t('consent.free')),
          ),
          decisionForm(request, parts),
        ]
      : []),
  ]
  return { kind: 'page', title, content, backHref: '/' }
}
