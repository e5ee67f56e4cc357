import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Catalogue, PreviewAnswer } from '../../population/index.ts'
import { Button } from '../components/button.ts'
import { Details } from '../components/details.ts'
import { ErrorSummary } from '../components/error-summary.ts'
import { Checkboxes, RadioGroup, Select, TextInput } from '../components/fields/index.ts'
import { Form } from '../components/form.ts'
import type { Markup } from '../markup.ts'
import { redirect } from '../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { atDesk } from './as-analyst.ts'
import { BudgetFacts } from './budget-facts.ts'
import { plainKey } from './chart-words.ts'
import { epsilonText } from './exact-text.ts'
import { PreviewPanel } from './preview-panel.ts'
import {
  draftOf,
  isMeasurable,
  keysOf,
  measureKinds,
  quantileSets,
  startForm,
  whereField,
} from './table-form.ts'

interface Builder {
  readonly agreement: string
  readonly form: URLSearchParams
  readonly answer: PreviewAnswer
  /** Whether the form does not say what it must. */
  readonly isMalformed: boolean
}

function measureFields({ words }: PageContext, { form }: Builder, catalogue: Catalogue): Markup[] {
  const measurable = catalogue.elements.filter((element) => isMeasurable(element))
  const elements = measurable.map(({ name }) => ({
    value: name,
    text: words.named('element', name),
  }))
  return [
    h(RadioGroup, {
      name: 'measure',
      legend: words.t('builder.measure'),
      items: measureKinds.map((kind) => ({ value: kind, text: words.named('measure', kind) })),
      chosen: form.get('measure') ?? 'count',
    }),
    h(Select, {
      name: 'element',
      label: words.t('builder.element'),
      hint: words.t('builder.elementHint'),
      items: [{ value: '', text: words.t('builder.elementNone') }, ...elements],
      chosen: form.get('element') ?? '',
    }),
    h(Select, {
      name: 'quantiles',
      label: words.t('builder.quantiles'),
      hint: words.t('builder.quantilesHint'),
      items: Object.keys(quantileSets).map((id) => ({
        value: id,
        text: words.named('quantileSet', id),
      })),
      chosen: form.get('quantiles') ?? 'median',
    }),
  ]
}

function groupFields(context: PageContext, { form }: Builder, catalogue: Catalogue): Markup[] {
  const { words } = context
  const closed = catalogue.elements.filter((element) => keysOf(element).length > 0)
  const by = new Set(form.getAll('by'))
  const filters = closed.filter((element) => !element.protected)
  const isOpen = filters.some(({ name }) => form.has(whereField(name)))
  return [
    h(Checkboxes, {
      id: 'by',
      name: 'by',
      legend: words.t('builder.by'),
      hint: words.t('builder.byHint'),
      items: closed.map(({ name }) => ({
        value: name,
        text: words.named('element', name),
        checked: by.has(name),
      })),
    }),
    h(
      Details,
      { summary: words.t('builder.where'), isOpen },
      h('p', { class: 'govuk-body' }, words.t('builder.whereHint')),
      filters.map((element) => {
        const name = whereField(element.name)
        const marks = new Set(form.getAll(name))
        return h(Checkboxes, {
          id: name,
          name,
          legend: words.named('element', element.name),
          items: keysOf(element).map((key, at) => ({
            value: String(at),
            text: plainKey(words, key),
            checked: marks.has(String(at)),
          })),
        })
      }),
    ),
  ]
}

function priceFields(
  { words }: PageContext,
  { form, isMalformed }: Builder,
  { mostMicroEpsilon, deltaExponent }: Catalogue,
): Markup[] {
  const error = { label: words.t('form.error'), text: words.t('builder.malformed') }
  const delta = words.t('builder.delta', { exponent: deltaExponent ?? 0 })
  return [
    h(TextInput, {
      name: 'epsilon',
      label: words.t('builder.epsilon'),
      hint: words.t('builder.epsilonHint', { most: epsilonText(words, mostMicroEpsilon) }),
      value: form.get('epsilon') ?? '',
      error: isMalformed ? error : undefined,
    }),
    ...(deltaExponent === null
      ? []
      : [
          h(Checkboxes, {
            id: 'delta',
            name: 'delta',
            legend: words.t('certificate.delta'),
            items: [{ value: 'yes', text: delta, checked: form.get('delta') === 'yes' }],
          }),
        ]),
  ]
}

function page(context: PageContext, builder: Builder): PageResult {
  const { words, formToken } = context
  const { agreement, answer, form, isMalformed } = builder
  const { catalogue, budget } = answer
  const action = `/ask/${agreement}`
  const title = words.t('builder.title')
  const text = words.t('builder.malformed')
  const problem = { title: words.t('form.problem'), text, href: '#epsilon' }
  const fields: ComponentChildren = [
    ...measureFields(context, builder, catalogue),
    ...groupFields(context, builder, catalogue),
    ...priceFields(context, builder, catalogue),
    h(Button, { text: words.t('builder.preview'), name: 'do', value: 'preview' }),
    h('p', { class: 'govuk-hint' }, words.t('builder.previewHint')),
  ]
  const content = [
    isMalformed ? h(ErrorSummary, problem) : null,
    h('span', { class: 'govuk-caption-l' }, agreement),
    h('h1', { class: 'govuk-heading-l' }, title),
    h(
      'div',
      { class: 'app-builder' },
      h(
        'div',
        { class: 'app-builder__side' },
        h(PreviewPanel, { context, answer, form, action }),
        h('h2', { class: 'govuk-heading-s' }, words.t('catalogue.budget')),
        h(BudgetFacts, { words, budget }),
      ),
      h('div', null, h(Form, { action, token: formToken, children: fields })),
    ),
  ]
  const result = { kind: 'page', title, content, backHref: '/catalogue' } as const
  return isMalformed ? { ...result, status: 422 } : result
}

function show(context: PageContext): Promise<PageResult> {
  return atDesk(context, async ({ desk, analyst }) => {
    const agreement = context.params['agreement'] ?? ''
    const answer = await desk.preview(agreement, analyst, null)
    return page(context, {
      agreement,
      form: new URLSearchParams(startForm),
      answer: { ...answer, refusal: null },
      isMalformed: false,
    })
  })
}

function send(context: PageContext): Promise<PageResult> {
  return atDesk(context, async ({ desk, analyst, session }) => {
    const { form } = context
    const agreement = context.params['agreement'] ?? ''
    const empty = await desk.preview(agreement, analyst, null)
    const draft = draftOf(form, empty.catalogue)
    if (draft === undefined)
      return page(context, { agreement, form, answer: empty, isMalformed: true })
    if (form.get('do') !== 'ask') {
      const answer = await desk.preview(agreement, analyst, draft)
      return page(context, { agreement, form, answer, isMalformed: false })
    }
    const analysis = { agreement, analyst, query: draft }
    const outcome = await desk.ask(analysis)
    const { exchangeId } = outcome
    if (outcome.state !== 'pending') return redirect(`/results/${exchangeId}`)
    session.tables.set(exchangeId, { ...analysis, exchangeId })
    return redirect(`/progress/${exchangeId}`)
  })
}

/** Where a table is put together, seen before it is paid, and asked for. Works as a form alone. */
export const builderRoutes: readonly PageRoute[] = [
  { id: 'analyst.builder', role: 'analyst', method: 'GET', path: '/ask/:agreement', run: show },
  { id: 'analyst.build', role: 'analyst', method: 'POST', path: '/ask/:agreement', run: send },
]
