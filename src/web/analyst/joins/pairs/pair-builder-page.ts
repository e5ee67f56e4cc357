import { h } from 'preact'
import type {
  JoinAsked,
  JoinOffer,
  JoinPair,
  JoinPreviewReport,
} from '../../../../population/index.ts'
import { Button } from '../../../components/button.ts'
import { ErrorSummary } from '../../../components/error-summary.ts'
import { Form } from '../../../components/form.ts'
import type { Markup } from '../../../markup.ts'
import { nameOf } from '../../../organisation-name.ts'
import { redirect } from '../../../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../../../page-route.ts'
import { atJoins } from '../../as-analyst.ts'
import { BudgetFacts } from '../../budget-facts.ts'
import { pairFields } from './pair-fields.ts'
import { pairDraftOf, startPairForm } from './pair-form.ts'
import { offerNames, PairPreview, PairRefusal } from './pair-preview.ts'

interface Builder {
  readonly pair: JoinPair
  readonly offer: JoinOffer
  readonly form: URLSearchParams
  readonly isMalformed?: true
  readonly report?: JoinPreviewReport
  readonly refused?: Extract<JoinAsked, { state: 'refused' }>
}

function budgets({ words, organisations }: PageContext, { holders }: JoinOffer): Markup[] {
  const name = nameOf(organisations, words)
  return holders.flatMap(({ organisation, answer }) => [
    h('h3', { class: 'govuk-heading-s' }, name(organisation)),
    h(BudgetFacts, { words, budget: answer.budget }),
  ])
}

function verdict(context: PageContext, action: string, builder: Builder): Markup | null {
  const { report, refused, form } = builder
  if (refused !== undefined) {
    const by = nameOf(context.organisations, context.words)(refused.by)
    return h(PairRefusal, { words: context.words, ...refused, by })
  }
  return report === undefined ? null : h(PairPreview, { context, report, form, action })
}

function page(context: PageContext, builder: Builder): PageResult {
  const { words, formToken } = context
  const { pair, offer, form, isMalformed = false } = builder
  const action = `/pairs/${pair.left}/${pair.right}`
  const { left, right } = offerNames(context, offer)
  const title = words.t('builder.title')
  const text = words.t('pair.malformed')
  const content = [
    isMalformed
      ? h(ErrorSummary, { title: words.t('form.problem'), text, href: '#epsilon' })
      : null,
    h('span', { class: 'govuk-caption-l' }, words.t('pair.caption', { left, right })),
    h('h1', { class: 'govuk-heading-l' }, title),
    h(
      'div',
      { class: 'app-builder' },
      h(
        'div',
        { class: 'app-builder__side' },
        verdict(context, action, builder),
        h('h2', { class: 'govuk-heading-s' }, words.t('catalogue.budget')),
        budgets(context, offer),
      ),
      h(
        'div',
        null,
        h(Form, {
          action,
          token: formToken,
          children: [
            ...pairFields({ context, offer, form, isMalformed }),
            h(Button, { text: words.t('builder.preview'), name: 'do', value: 'preview' }),
            h('p', { class: 'govuk-hint' }, words.t('builder.previewHint')),
          ],
        }),
      ),
    ),
  ]
  const result = { kind: 'page', title, content, backHref: '/catalogue' } as const
  return isMalformed ? { ...result, status: 422 } : result
}

function pairOf({ params }: PageContext): JoinPair {
  return { left: params['left'] ?? '', right: params['right'] ?? '' }
}

function show(context: PageContext): Promise<PageResult> {
  return atJoins(context, async ({ joins, analyst }) => {
    const pair = pairOf(context)
    const offer = await joins.offer(pair, analyst)
    return page(context, { pair, offer, form: new URLSearchParams(startPairForm) })
  })
}

function send(context: PageContext): Promise<PageResult> {
  return atJoins(context, async ({ joins, analyst }) => {
    const { form } = context
    const pair = pairOf(context)
    const offer = await joins.offer(pair, analyst)
    const draft = pairDraftOf(form, pair, offer)
    if (draft === undefined) return page(context, { pair, offer, form, isMalformed: true })
    if (form.get('do') !== 'ask') {
      const report = await joins.preview(draft, analyst)
      return page(context, { pair, offer: report, form, report })
    }
    const asked = await joins.ask(draft, analyst)
    return asked.state === 'refused'
      ? page(context, { pair, offer, form, refused: asked })
      : redirect(`/joins/${asked.qid}`)
  })
}

const path = '/pairs/:left/:right'

/** Where a table over two registers is put together, seen before it is paid, and asked for. Works as a form alone. */
export const pairBuilderRoutes: readonly PageRoute[] = [
  { id: 'analyst.pair', role: 'analyst', method: 'GET', path, run: show },
  { id: 'analyst.pairBuild', role: 'analyst', method: 'POST', path, run: send },
]
