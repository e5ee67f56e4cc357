import { h } from 'preact'
import type { AgreementProblem } from '../../../agreement/index.ts'
import { Button } from '../../components/button.ts'
import { Form } from '../../components/form.ts'
import type { Markup } from '../../markup.ts'
import { saying } from '../../messages/saying.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { redirect } from '../../page-route.ts'
import { asOfficer } from '../as-officer.ts'
import type { AsOfficer } from '../as-officer.ts'
import { composeFields } from './compose-fields.ts'
import { composedKinds, emptyForm, formOf } from './draft-form.ts'
import { readDraftForm } from './read-draft-form.ts'
import type { DraftGround } from './read-draft-form.ts'

/** Fields of the form whose name is not that of the agreement's member. */
const fieldNames: Readonly<Record<string, string>> = {
  '': 'id',
  provider: 'other',
  consumer: 'other',
  caps: 'perOfficialPerDay',
  caseRule: 'caseKey',
  'caseRule.issuer.name': 'caseName',
  notBeforeMs: 'firstDay',
  notAfterMs: 'lastDay',
  privacyBudget: 'perYear',
  'privacyBudget.perQuestionMicroEpsilon': 'perQuestion',
}

/** The field of the form in which a member of the agreement is written. */
function fieldOf(path: string): string {
  const [first = '', second = ''] = path.split('.')
  if (first === 'caps' && second !== '') return second
  return fieldNames[path] ?? fieldNames[first] ?? first
}

/** What a draft is read against: the own registers, and the version that `form` says it replaces. */
export async function draftGround(
  form: URLSearchParams,
  { desk, own }: AsOfficer,
): Promise<DraftGround> {
  const [registers, all] = await Promise.all([desk.registers(), desk.agreements()])
  const versions = all.filter(({ agreement }) => agreement.id === form.get('from'))
  const found = versions.find(
    ({ agreement }) => String(agreement.version) === form.get('fromVersion'),
  )
  if (found === undefined) return { own, registers, before: undefined }
  const { agreement, digest } = found
  const next = Math.max(...versions.map((one) => one.agreement.version)) + 1
  return { own, registers, before: { agreement, digest, next } }
}

function problemList({ words }: PageContext, problems: readonly AgreementProblem[]): Markup | null {
  if (problems.length === 0) return null
  return h(
    'div',
    { class: 'govuk-error-summary', 'data-module': 'govuk-error-summary' },
    h(
      'div',
      { role: 'alert' },
      h('h2', { class: 'govuk-error-summary__title' }, words.t('form.problem')),
      h(
        'ul',
        { class: 'govuk-list govuk-error-summary__list' },
        problems.map(({ code, path, said }) =>
          h(
            'li',
            null,
            h(
              'a',
              { href: `#${fieldOf(path)}` },
              words.t('label.before', { text: words.named('member', path.split('.')[0] ?? path) }),
              ' ',
              saying(words, said),
              ' ',
              words.t(`problemDo.${code}`),
            ),
          ),
        ),
      ),
    ),
  )
}

interface Composed {
  readonly form: URLSearchParams
  readonly ground: DraftGround
  readonly problems: readonly AgreementProblem[]
}

function page(context: PageContext, as: AsOfficer, composed: Composed): PageResult {
  const { words, organisations, formToken } = context
  const { form, ground, problems } = composed
  const wrong = new Set(problems.map(({ path }) => fieldOf(path)))
  const name = nameOf(organisations, words)
  const { before } = ground
  const title =
    before === undefined
      ? words.t('agreements.compose')
      : words.t('agreements.name', { id: before.agreement.id, version: before.next })
  const fields = composeFields({
    words,
    form,
    registers: ground.registers,
    isNext: before !== undefined,
    others: organisations
      .filter(({ id }) => id !== as.own && id !== 'witness')
      .map(({ id }) => ({ value: id, text: name(id) })),
    errorAt: (field) =>
      wrong.has(field)
        ? { label: words.t('form.error'), text: words.t('compose.correct') }
        : undefined,
  })
  const content = [
    problemList(context, problems),
    h('h1', { class: 'govuk-heading-l app-anywhere' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('compose.lead')),
    h(Form, {
      action: '/compose',
      token: formToken,
      children: [fields, h(Button, { text: words.t('compose.check') })],
    }),
  ]
  const result = { kind: 'page', title, content, backHref: '/agreements' } as const
  return problems.length === 0 ? result : { ...result, status: 422 }
}

/** The form as it was left, or of a version to be replaced, or a new one. */
async function begun({ query, nowMs }: PageContext, as: AsOfficer): Promise<URLSearchParams> {
  const asked = new URLSearchParams(query)
  const { agreementForm } = as.session
  if (!asked.has('from')) {
    if (agreementForm !== undefined && !asked.has('new')) return new URLSearchParams(agreementForm)
    return emptyForm(nowMs)
  }
  const wanted = new URLSearchParams({
    from: asked.get('from') ?? '',
    fromVersion: asked.get('version') ?? '',
  })
  const { before, registers } = await draftGround(wanted, as)
  const isComposed = composedKinds.some((kind) => kind === before?.agreement.kind)
  if (before === undefined || !isComposed) return emptyForm(nowMs)
  return formOf(before.agreement, { own: as.own, registers })
}

async function show(context: PageContext, as: AsOfficer): Promise<PageResult> {
  const form = await begun(context, as)
  return page(context, as, { form, ground: await draftGround(form, as), problems: [] })
}

async function send(context: PageContext, as: AsOfficer): Promise<PageResult> {
  const { form } = context
  form.delete('form_token')
  as.session.agreementForm = form.toString()
  const ground = await draftGround(form, as)
  const read = readDraftForm(form, ground)
  if (read.ok) return redirect('/compose/check')
  return page(context, as, { form, ground, problems: read.problems })
}

/** Where an agreement is written: a form, held against the rules and the own registers when it is sent. */
export const composeRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.compose',
    role: 'dpo',
    method: 'GET',
    path: '/compose',
    run: (context) => asOfficer(context, (as) => show(context, as)),
  },
  {
    id: 'dpo.compose-sent',
    role: 'dpo',
    method: 'POST',
    path: '/compose',
    run: (context) => asOfficer(context, (as) => send(context, as)),
  },
]
