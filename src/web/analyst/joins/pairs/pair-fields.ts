import { h } from 'preact'
import type { JoinOffer } from '../../../../population/index.ts'
import { Details } from '../../../components/details.ts'
import { Checkboxes, RadioGroup, Select, TextInput } from '../../../components/fields/index.ts'
import type { Markup } from '../../../markup.ts'
import type { PageContext } from '../../../page-route.ts'
import { plainKey } from '../../chart-words.ts'
import { epsilonText } from '../../exact-text.ts'
import { isMeasurable, keysOf, quantileSets } from '../../table-form.ts'
import { heldElement } from '../join-words.ts'
import {
  byField,
  catalogueOf,
  deltaOf,
  joinMeasureKinds,
  pairSides,
  whereField,
} from './pair-form.ts'
import type { PairSide } from './pair-form.ts'
import { offerNames } from './pair-preview.ts'

/** What a form is filled in for, and with. */
export interface PairFields {
  readonly context: PageContext
  readonly offer: JoinOffer
  readonly form: URLSearchParams
  /** Whether the form does not say what it must. */
  readonly isMalformed: boolean
}

function measureFields({ context, offer, form }: PairFields): Markup[] {
  const { words } = context
  const names = offerNames(context, offer)
  const elements = pairSides.flatMap((side) =>
    catalogueOf(offer, side)
      .elements.filter((element) => isMeasurable(element))
      .map(({ name }) => ({
        value: `${side}.${name}`,
        text: heldElement(words, name, names[side]),
      })),
  )
  return [
    h(RadioGroup, {
      name: 'measure',
      legend: words.t('builder.measure'),
      items: joinMeasureKinds.map((kind) => ({ value: kind, text: words.named('measure', kind) })),
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

function sideFields({ context, offer, form }: PairFields, side: PairSide): Markup {
  const { words } = context
  const organisation = offerNames(context, offer)[side]
  const closed = catalogueOf(offer, side).elements.filter((one) => keysOf(one).length > 0)
  const by = new Set(form.getAll(byField(side)))
  const filters = closed.filter((element) => !element.protected)
  const isOpen = filters.some(({ name }) => form.has(whereField(side, name)))
  return h(
    'div',
    { class: 'app-pair__side' },
    h('h2', { class: 'govuk-heading-m' }, words.t('catalogue.register', { organisation })),
    h(Checkboxes, {
      id: byField(side),
      name: byField(side),
      legend: words.t('builder.by'),
      items: closed.map(({ name }) => ({
        value: name,
        text: words.named('element', name),
        checked: by.has(name),
      })),
    }),
    h(
      Details,
      { summary: words.t('pair.where', { organisation }), isOpen },
      h('p', { class: 'govuk-body' }, words.t('builder.whereHint')),
      filters.map((element) => {
        const name = whereField(side, element.name)
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
  )
}

function priceFields({ context, offer, form, isMalformed }: PairFields): Markup {
  const { words } = context
  const error = { label: words.t('form.error'), text: words.t('pair.malformed') }
  const most = Math.min(...pairSides.map((side) => catalogueOf(offer, side).mostMicroEpsilon))
  const hint = words.t('pair.epsilonHint', {
    most: epsilonText(words, most),
    exponent: deltaOf(offer),
  })
  return h(TextInput, {
    name: 'epsilon',
    label: words.t('builder.epsilon'),
    hint,
    value: form.get('epsilon') ?? '',
    error: isMalformed ? error : undefined,
  })
}

/** All that a question over two registers is put together from: what is computed, both sides' groups and filters, the price. */
export function pairFields(fields: PairFields): readonly Markup[] {
  return [
    ...measureFields(fields),
    h('p', { class: 'govuk-body' }, fields.context.words.t('pair.byHint')),
    ...pairSides.map((side) => sideFields(fields, side)),
    priceFields(fields),
  ]
}
