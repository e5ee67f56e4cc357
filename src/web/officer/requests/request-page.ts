import { h } from 'preact'
import { refusalLaws, requestTextSchema } from '../../../person/index.ts'
import { Button } from '../../components/button.ts'
import { ErrorSummary } from '../../components/error-summary.ts'
import { Form } from '../../components/form.ts'
import { InsetText } from '../../components/inset-text.ts'
import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { isRefusedHere, writtenText } from '../../requests/request-desk.ts'
import type { OpenedView, RequestDecision } from '../../requests/request-desk.ts'
import { RequestFacts, RequestNotices, RequestTag } from '../../requests/request-facts.ts'
import { atRequest } from './at-office.ts'
import type { AtOffice } from './at-office.ts'
import { DecideForm, ExtendForm } from './decision-forms.ts'
import type { SentDecision, WrongDecision } from './decision-forms.ts'

/** Before a request is opened: what opening it means. */
async function showClosed(context: PageContext, at: AtOffice, number: number): Promise<PageResult> {
  const { words, formToken } = context
  const line = (await at.desk.list()).find((one) => one.number === number)
  if (line === undefined) return { kind: 'missing' }
  const title = words.t('request.line', { number, kind: words.named('requestKind', line.kind) })
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h(InsetText, null, h('p', { class: 'govuk-body' }, words.t('request.openText'))),
    h(Form, {
      action: `/requests/${number}/open`,
      token: formToken,
      children: h(Button, { text: words.t('request.open') }),
    }),
  ]
  return { kind: 'page', title, content, backHref: '/requests' }
}

function openedPage(context: PageContext, request: OpenedView, sent: SentDecision): PageResult {
  const { words, nowMs } = context
  const { number, kind, state, dueMs, subject } = request
  const isOpen = state === 'received' || state === 'extended'
  const mayExtend = state === 'received' && nowMs <= dueMs
  const title = words.t('request.line', { number, kind: words.named('requestKind', kind) })
  const { wrong } = sent
  const content = [
    wrong === undefined
      ? null
      : h(ErrorSummary, {
          title: words.t('form.problem'),
          text: words.t(wrong.key),
          href: `#${wrong.at}`,
        }),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', null, h(RequestTag, { words, line: request, nowMs })),
    h(
      'p',
      { class: 'govuk-body' },
      subject === null
        ? words.t('request.erased')
        : words.rich('request.from', { scheme: subject.scheme, value: subject.value }),
    ),
    h(RequestFacts, { context, request }),
    h(RequestNotices, { context, request }),
    isOpen ? h(DecideForm, { context, request, sent }) : null,
    mayExtend ? h(ExtendForm, { context, request, sent }) : null,
  ]
  const page = { kind: 'page', title, content, backHref: '/requests' } as const
  return wrong === undefined ? page : { ...page, status: 422 }
}

function refusedPage({ words }: PageContext, number: number, code: string): PageResult {
  const title = words.t('request.notTaken')
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.named('requestRefusal', code)),
  ]
  return { kind: 'page', title, content, status: 422, backHref: `/requests/${number}` }
}

/** Shown again within the hour it costs no further entry; the gateway counts that, not the page. */
async function showOpened(
  context: PageContext,
  at: AtOffice,
  number: number,
  sent: SentDecision = { form: new URLSearchParams(), wrong: undefined },
): Promise<PageResult> {
  if (at.session.openedRequest !== number) return showClosed(context, at, number)
  const request = await at.desk.open(number)
  if (isRefusedHere(request)) return refusedPage(context, number, request.code)
  return openedPage(context, request, sent)
}

function open({ session }: AtOffice, number: number): Promise<PageResult> {
  session.openedRequest = number
  return Promise.resolve(redirect(`/requests/${number}`))
}

async function extend(context: PageContext, at: AtOffice, number: number): Promise<PageResult> {
  const { form } = context
  const reason = writtenText(form, 'reason')
  if (!requestTextSchema.safeParse(reason).success) {
    const wrong: WrongDecision = { at: 'reason', key: 'request.reasonMissing' }
    return showOpened(context, at, number, { form, wrong })
  }
  const done = await at.desk.extend(number, reason)
  return isRefusedHere(done)
    ? refusedPage(context, number, done.code)
    : redirect(`/requests/${number}`)
}

function readDecision(form: URLSearchParams): RequestDecision | WrongDecision {
  const chosen = form.get('outcome') ?? ''
  const answer = writtenText(form, 'answer')
  const isLaw = Object.values(refusalLaws).some((laws) => laws.includes(chosen))
  if (chosen !== 'granted' && !isLaw) return { at: 'outcome', key: 'request.outcomeMissing' }
  if (!requestTextSchema.safeParse(answer).success)
    return { at: 'answer', key: 'request.answerMissing' }
  const restricts = chosen === 'granted' && form.get('restricts') === 'yes'
  return chosen === 'granted'
    ? { outcome: 'granted', law: null, answer, restricts }
    : { outcome: 'refused', law: chosen, answer, restricts }
}

async function decide(context: PageContext, at: AtOffice, number: number): Promise<PageResult> {
  const { form } = context
  const decision = readDecision(form)
  if ('at' in decision) return showOpened(context, at, number, { form, wrong: decision })
  const done = await at.desk.decide(number, decision)
  return isRefusedHere(done)
    ? refusedPage(context, number, done.code)
    : redirect(`/requests/${number}`)
}

/** One request: opened by a step that says so, then read, extended and decided. */
export const officeRequestRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.request',
    role: 'dpo',
    method: 'GET',
    path: '/requests/:number',
    run: (context) => atRequest(context, (at, number) => showOpened(context, at, number)),
  },
  {
    id: 'dpo.request-open',
    role: 'dpo',
    method: 'POST',
    path: '/requests/:number/open',
    run: (context) => atRequest(context, open),
  },
  {
    id: 'dpo.request-extend',
    role: 'dpo',
    method: 'POST',
    path: '/requests/:number/extend',
    run: (context) => atRequest(context, (at, number) => extend(context, at, number)),
  },
  {
    id: 'dpo.request-decide',
    role: 'dpo',
    method: 'POST',
    path: '/requests/:number/decide',
    run: (context) => atRequest(context, (at, number) => decide(context, at, number)),
  },
]
