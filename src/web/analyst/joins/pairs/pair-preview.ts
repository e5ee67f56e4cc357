import { h } from 'preact'
import type { JoinPreview, JoinPreviewReport } from '../../../../population/index.ts'
import { joinSeconds } from '../../../../population/index.ts'
import { Button } from '../../../components/button.ts'
import { Form, formTokenField } from '../../../components/form.ts'
import { SummaryList } from '../../../components/summary-list.ts'
import type { SummaryRow } from '../../../components/summary-list.ts'
import type { Markup } from '../../../markup.ts'
import type { Words } from '../../../messages/words.ts'
import { nameOf } from '../../../organisation-name.ts'
import type { PageContext } from '../../../page-route.ts'
import { epsilonText, percentText } from '../../exact-text.ts'
import { Collusion } from '../collusion.ts'
import type { PartyNames } from '../join-words.ts'
import { catalogueOf } from './pair-form.ts'
import { planPrice } from '../plan-price.ts'

/** A preview with what it is of. */
export interface PreviewedPair {
  readonly context: PageContext
  readonly report: JoinPreviewReport
  readonly form: URLSearchParams
  readonly action: string
}

/** The parties of an offer by name. */
export function offerNames(
  { organisations, words }: PageContext,
  { holders: [left, right], parties }: Pick<JoinPreviewReport, 'holders' | 'parties'>,
): PartyNames {
  const name = nameOf(organisations, words)
  return {
    left: name(left.organisation),
    right: name(right.organisation),
    tally: name(parties.mustAgree.at(-1) ?? ''),
    inspector: name(parties.inspector),
  }
}

/** What one unit of the measured element is, in its own measure, times `levels`; 1 where people are counted. */
function unitOf(report: JoinPreviewReport, form: URLSearchParams): number {
  const [side = '', element = ''] = (form.get('element') ?? '').split('.')
  const catalogue = catalogueOf(report, side === 'left' ? 'left' : 'right')
  const domain = catalogue.elements.find(({ name }) => name === element)?.domain
  if (domain?.kind === 'bounded') return domain.max - domain.min
  const keys = domain?.kind === 'closed' ? domain.keys.filter((key) => typeof key === 'number') : []
  return keys.length === 0 ? 1 : Math.max(...keys) - Math.min(...keys)
}

/** Units of a person where the form does not say, as `readDraftJoin` has it. */
const levels = 4

function precision(words: Words, { report, form }: PreviewedPair, preview: JoinPreview): Markup[] {
  const isQuantiles = form.get('measure') === 'quantiles'
  return preview.numbers.map(({ name, halfWidth, levelPpm }) => {
    const isUnits = name === 'units'
    const width = isUnits ? Math.ceil((halfWidth * unitOf(report, form)) / levels) : halfWidth
    const people = isQuantiles ? 'bucket' : 'count'
    const text = words.t('preview.number', {
      name: words.named('numberName', isUnits ? 'sum' : people),
      halfWidth: words.exact(String(width)),
      percent: percentText(words, levelPpm),
    })
    return h('li', null, text)
  })
}

/** What the narrowest account of each holder has left, before and after. */
function leftAfter(words: Words, { report, context }: PreviewedPair, price: number): Markup[] {
  const name = nameOf(context.organisations, words)
  return report.holders.map(({ organisation, answer }) => {
    const left = Math.min(...answer.budget.accounts.map(({ most, spent }) => most - spent))
    return h(
      'li',
      null,
      words.t('pair.after', {
        organisation: name(organisation),
        before: epsilonText(words, Math.max(0, left)),
        after: epsilonText(words, Math.max(0, left - price)),
      }),
    )
  })
}

function sizeText(words: Words, bytes: number): string {
  const isLarge = bytes >= 1_000_000
  const unit = isLarge ? 'megabyte' : 'kilobyte'
  const format = new Intl.NumberFormat(words.language, { style: 'unit', unit })
  return format.format(Math.ceil(bytes / (isLarge ? 1_000_000 : 1_000)))
}

function priceRows(previewed: PreviewedPair, preview: JoinPreview): readonly SummaryRow[] {
  const { context, report } = previewed
  const { words } = context
  if (report.held !== null)
    return [{ key: words.t('preview.cost'), value: words.t('preview.held') }]
  const { microEpsilon } = preview.cost
  const left = leftAfter(words, previewed, microEpsilon)
  return [
    { key: words.t('preview.cost'), value: planPrice(words, preview.cost) },
    { key: words.t('pair.leftAfter'), value: h('ul', { class: 'govuk-list' }, left) },
  ]
}

function facts(previewed: PreviewedPair, preview: JoinPreview, names: PartyNames): Markup {
  const { words } = previewed.context
  const { cells, points, bytes, multiplications } = preview
  const carried = words.t('pair.carriedText', {
    ...names,
    leftPoints: words.exact(String(points.left)),
    rightPoints: words.exact(String(points.right)),
    size: sizeText(words, bytes),
  })
  const lines = precision(words, previewed, preview)
  return h(SummaryList, {
    classes: 'app-facts',
    rows: [
      { key: words.t('preview.cells'), value: words.exact(String(cells)) },
      { key: words.t('preview.precision'), value: h('ul', { class: 'govuk-list' }, lines) },
      ...priceRows(previewed, preview),
      { key: words.t('pair.carried'), value: carried },
      {
        key: words.t('pair.work'),
        value: words.t('pair.workText', {
          duration: words.duration(joinSeconds(multiplications) * 1_000),
        }),
      },
    ],
  })
}

/** What the form asked for, sent once more as it was seen: what is paid is what was previewed. */
function askForm({ context, form, action, report }: PreviewedPair): Markup {
  const { words, formToken } = context
  const { held } = report
  if (held !== null) return h(Button, { text: words.t('pair.openHeld'), href: `/joins/${held}` })
  const kept = [...form].filter(([name]) => name !== 'do' && name !== formTokenField)
  return h(Form, {
    action,
    token: formToken,
    children: [
      ...kept.map(([name, value]) => h('input', { type: 'hidden', name, value })),
      h(Button, { text: words.t('preview.run'), name: 'do', value: 'ask' }),
      h('p', { class: 'govuk-hint' }, words.t('pair.runHint')),
    ],
  })
}

/** Why a question is not asked, and by whom it is refused. */
export function PairRefusal(props: {
  readonly words: Words
  readonly code: string
  readonly message: string
  readonly by?: string | undefined
}): Markup {
  const { words, code, message, by } = props
  return h(
    'div',
    { class: 'app-verdict app-verdict--refused' },
    h('h2', { class: 'govuk-heading-s' }, words.t('preview.refused')),
    h('p', { class: 'govuk-body' }, words.named('tableCode', code)),
    by === undefined
      ? null
      : h('p', { class: 'govuk-body' }, words.t('pair.refusedBy', { organisation: by })),
    h(
      'p',
      { class: 'govuk-body' },
      h('code', { class: 'app-code' }, code),
      ' ',
      h('span', { lang: 'en' }, message),
    ),
  )
}

/** What a table over two registers would be, cost and give, who carries it, and what is not prevented; or why there is none. */
export function PairPreview(previewed: PreviewedPair): Markup | null {
  const { context, report } = previewed
  const { words } = context
  const { preview, refusal } = report
  if (refusal !== null) return h(PairRefusal, { words, ...refusal })
  if (preview === null) return null
  const names = offerNames(context, report)
  return h(
    'section',
    { 'aria-labelledby': 'preview', class: 'app-receipt' },
    h('h2', { class: 'govuk-heading-s', id: 'preview' }, words.t('preview.title')),
    facts(previewed, preview, names),
    h(Collusion, { words, names, level: 3 }),
    askForm(previewed),
  )
}
