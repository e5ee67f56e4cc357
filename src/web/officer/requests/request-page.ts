import { h } from 'preact'
import { refusalLaws, requestTextSchema } from '../../../person/index.ts'
import { Button } from '../../components/button.ts'
import { ErrorSummary } from '../../components/error-summary.ts'
import { Form } from '../../components/form.ts'
import { InsetText } from '../../components/inset-text.ts'
import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { isRefusedHere, writtenText } from '../../requests/request-desk.ts'
import type {
  OpenedView,
  RequestDecision,
  RequestRefusedHere,
} from '../../requests/request-desk.ts'
import { RequestFacts, RequestNotices, RequestTag } from '../../requests/request-facts.ts'
import { atFreshRequest, atRequest, keepForm } from './at-office.ts'
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

/** The request that this officer has opened lately; `undefined` where it must be opened first. */
function openedLately({ session }: AtOffice, number: number): OpenedView | undefined {
  const request = session.openedRequest?.request
  return request?.number === number ? request : undefined
}

/** What the officer had written before they were asked to log in or to open the request again. */
function unsentForm({ session }: AtOffice, number: number): SentDecision {
  const { decisionForm: kept } = session
  const form = new URLSearchParams(kept?.number === number ? kept.form : '')
  return { form, wrong: undefined }
}

/** Shows what was opened, out of memory: looking is no entry and asks the gateway for nothing. */
function show(context: PageContext, at: AtOffice, number: number): Promise<PageResult> {
  const request = openedLately(at, number)
  return request === undefined
    ? showClosed(context, at, number)
    : Promise.resolve(openedPage(context, request, unsentForm(at, number)))
}

/** Opens the request, which is an entry, or none within the hour after one; the gateway counts that. */
async function open(context: PageContext, at: AtOffice, number: number): Promise<PageResult> {
  const request = await at.desk.open(number)
  if (isRefusedHere(request)) return refusedPage(context, number, request.code)
  at.session.openedRequest = { request, atMs: context.nowMs }
  return redirect(`/requests/${number}`)
}

type Act = (
  context: PageContext,
  at: AtOffice,
  opened: OpenedView,
) => Promise<PageResult | RequestRefusedHere | 'done'>

/** Takes a step about a request that was opened, and opens it again to show what became of it. */
async function takeStep(
  context: PageContext,
  { at, number }: { readonly at: AtOffice; readonly number: number },
  act: Act,
): Promise<PageResult> {
  const opened = openedLately(at, number)
  if (opened === undefined) {
    keepForm(context, at, number)
    return redirect(`/requests/${number}`)
  }
  const done = await act(context, at, opened)
  if (done !== 'done') return isRefusedHere(done) ? refusedPage(context, number, done.code) : done
  at.session.decisionForm = undefined
  return open(context, at, number)
}

const extend: Act = async (context, { desk }, opened) => {
  const { form } = context
  const reason = writtenText(form, 'reason')
  if (requestTextSchema.safeParse(reason).success) return desk.extend(opened.number, reason)
  const wrong: WrongDecision = { at: 'reason', key: 'request.reasonMissing' }
  return openedPage(context, opened, { form, wrong })
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

const decide: Act = async (context, { desk }, opened) => {
  const { form } = context
  const decision = readDecision(form)
  return 'at' in decision
    ? openedPage(context, opened, { form, wrong: decision })
    : desk.decide(opened.number, decision)
}

/** One request: opened by a step that says so, then read, extended and decided. */
export const officeRequestRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.request',
    role: 'dpo',
    method: 'GET',
    path: '/requests/:number',
    run: (context) => atRequest(context, (at, number) => show(context, at, number)),
  },
  {
    id: 'dpo.request-open',
    role: 'dpo',
    method: 'POST',
    path: '/requests/:number/open',
    run: (context) => atFreshRequest(context, (at, number) => open(context, at, number)),
  },
  {
    id: 'dpo.request-extend',
    role: 'dpo',
    method: 'POST',
    path: '/requests/:number/extend',
    run: (context) =>
      atFreshRequest(context, (at, number) => takeStep(context, { at, number }, extend)),
  },
  {
    id: 'dpo.request-decide',
    role: 'dpo',
    method: 'POST',
    path: '/requests/:number/decide',
    run: (context) =>
      atFreshRequest(context, (at, number) => takeStep(context, { at, number }, decide)),
  },
]
