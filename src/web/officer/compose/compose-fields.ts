import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { type DescribedRegister, legalBases, purposes } from '../../../agreement/index.ts'
import { Details } from '../../components/details.ts'
import { RadioGroup, Select, TextArea, TextLine } from '../../components/fields/index.ts'
import type { FieldError } from '../../components/fields/index.ts'
import type { Markup } from '../../markup.ts'
import type { MessageKey, Words } from '../../messages/words.ts'
import { purposeId } from '../../vocabulary.ts'
import { asks, capFields, composedKinds, elementFields } from './draft-form.ts'

/** What the fields of the form are drawn from. */
export interface ComposeFields {
  readonly words: Words
  readonly form: URLSearchParams
  /** Organisations that the other party can be. */
  readonly others: readonly { readonly value: string; readonly text: string }[]
  readonly registers: readonly DescribedRegister[]
  /** Whether the name and the kind are those of the version before. */
  readonly isNext: boolean
  readonly errorAt: (field: string) => FieldError | undefined
}

function line(
  { words, form, errorAt }: ComposeFields,
  name: string,
  labels: { readonly label: MessageKey; readonly hint?: MessageKey; readonly short?: true },
): Markup {
  return h(TextLine, {
    name,
    label: words.t(labels.label),
    hint: labels.hint === undefined ? undefined : words.t(labels.hint),
    value: form.get(name) ?? '',
    error: errorAt(name),
    ...(labels.short && { short: true }),
  })
}

function area(
  { words, form, errorAt }: ComposeFields,
  name: string,
  labels: { readonly label: MessageKey; readonly hint?: MessageKey; readonly rows: number },
): Markup {
  return h(TextArea, {
    name,
    label: words.t(labels.label),
    hint: labels.hint === undefined ? undefined : words.t(labels.hint),
    value: form.get(name) ?? '',
    rows: labels.rows,
    error: errorAt(name),
  })
}

function part(words: Words, title: MessageKey, children: ComponentChildren): ComponentChildren {
  return [h('h2', { class: 'govuk-heading-m' }, words.t(title)), children]
}

function parties(fields: ComposeFields): ComponentChildren {
  const { words, form, others, isNext } = fields
  const kept = ['kind', 'direction', 'other', 'from', 'fromVersion'].map((name) =>
    h('input', { type: 'hidden', name, value: form.get(name) ?? '' }),
  )
  if (isNext) return kept
  return part(words, 'compose.parties', [
    line(fields, 'id', { label: 'member.id', hint: 'compose.idHint' }),
    h(RadioGroup, {
      name: 'kind',
      legend: words.t('member.kind'),
      items: composedKinds.map((value) => ({ value, text: words.named('agreementKind', value) })),
      chosen: form.get('kind') ?? '',
    }),
    h(RadioGroup, {
      name: 'direction',
      legend: words.t('compose.direction'),
      items: [
        { value: 'answer', text: words.t('compose.answer') },
        { value: 'ask', text: words.t('compose.ask') },
      ],
      chosen: form.get('direction') ?? '',
    }),
    h(Select, {
      name: 'other',
      label: words.t('compose.other'),
      items: others,
      chosen: form.get('other') ?? '',
    }),
  ])
}

function reasons(fields: ComposeFields): ComponentChildren {
  const { words, form } = fields
  const [first = '', second = ''] = form.getAll('legalBasis')
  const bases = legalBases.map((value) => ({ value, text: words.named('law', value) }))
  return part(words, 'compose.why', [
    h(Select, {
      name: 'purpose',
      label: words.t('fact.purpose'),
      items: purposes.map(({ iri }) => ({
        value: purposeId(iri),
        text: words.named('purpose', purposeId(iri)),
      })),
      chosen: form.get('purpose') ?? '',
    }),
    h(Select, { name: 'legalBasis', label: words.t('fact.basis'), items: bases, chosen: first }),
    h(Select, {
      id: 'secondBasis',
      name: 'legalBasis',
      label: words.t('compose.secondBasis'),
      items: [{ value: '', text: words.t('compose.none') }, ...bases],
      chosen: second,
    }),
    area(fields, 'legalReference', {
      label: 'fact.reference',
      hint: 'compose.referenceHint',
      rows: 2,
    }),
    area(fields, 'justification', { label: 'fact.why', hint: 'compose.whyHint', rows: 4 }),
    area(fields, 'expectedResults', {
      label: 'fact.expected',
      hint: 'compose.expectedHint',
      rows: 3,
    }),
  ])
}

function registerRows({ words, form }: ComposeFields, register: DescribedRegister): Markup {
  return h(
    'fieldset',
    { class: 'govuk-fieldset' },
    h(
      'legend',
      { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' },
      words.t('compose.register', { name: register.name }),
    ),
    register.elements.map(({ name, type, category }) => {
      const fields = elementFields(register.name, name)
      const label = `${words.find('element', name) ?? name} (${words.named('valueType', type)}, ${words.named('category', category)})`
      return h(
        'div',
        { class: 'app-ask-row' },
        h(Select, {
          name: fields.ask,
          label,
          items: asks.map((value) => ({ value, text: words.named('ask', value) })),
          chosen: form.get(fields.ask) ?? 'none',
        }),
        h(TextLine, {
          name: fields.than,
          label: words.t('compose.than', { name }),
          value: form.get(fields.than) ?? '',
          short: true,
        }),
      )
    }),
  )
}

function elements(fields: ComposeFields): ComponentChildren {
  const { words, registers } = fields
  return part(words, 'fact.elements', [
    h(
      'div',
      { id: 'dataElements' },
      registers.map((register) => registerRows(fields, register)),
    ),
    h(
      Details,
      { summary: words.t('compose.theirs') },
      area(fields, 'elements', { label: 'compose.lines', hint: 'compose.linesHint', rows: 3 }),
    ),
  ])
}

function limits(fields: ComposeFields): ComponentChildren {
  const { words, form } = fields
  const caps = {
    perOfficialPerDay: 'compose.perOfficialPerDay',
    subjectsPerCase: 'compose.subjectsPerCase',
    distinctSubjectsPer30Days: 'compose.distinctSubjectsPer30Days',
    perSubjectPer30Days: 'compose.perSubjectPer30Days',
  } as const
  return [
    part(words, 'fact.caps', [
      line(fields, 'approximateNumber', { label: 'compose.number', short: true }),
      h('h3', { class: 'govuk-heading-s app-compose-part' }, words.t('agreementKind.person')),
      capFields.map((cap) => line(fields, cap, { label: caps[cap], short: true })),
      line(fields, 'caseName', { label: 'compose.caseName', hint: 'compose.caseHint' }),
      line(fields, 'caseKey', { label: 'compose.caseKey', hint: 'compose.caseKeyHint' }),
      h(RadioGroup, {
        name: 'presence',
        legend: words.t('fact.presence'),
        items: [
          { value: 'hidden', text: words.t('fact.presenceHidden') },
          { value: 'revealed', text: words.t('fact.presenceRevealed') },
        ],
        chosen: form.get('presence') ?? 'hidden',
      }),
      line(fields, 'contest', { label: 'compose.contest', short: true }),
      h('h3', { class: 'govuk-heading-s app-compose-part' }, words.t('agreementKind.population')),
      line(fields, 'perQuestion', { label: 'compose.perQuestion', short: true }),
      line(fields, 'perYear', { label: 'compose.perYear', short: true }),
    ]),
  ]
}

function ending(fields: ComposeFields): ComponentChildren {
  const { words, form } = fields
  return part(words, 'compose.after', [
    line(fields, 'retention', { label: 'compose.retention', short: true }),
    h(Select, {
      name: 'disposal',
      label: words.t('compose.disposal'),
      items: ['delete', 'anonymise', 'return'].map((value) => ({
        value,
        text: words.named('disposal', value),
      })),
      chosen: form.get('disposal') ?? 'delete',
    }),
    area(fields, 'verificationProcedure', { label: 'fact.verification', rows: 2 }),
    line(fields, 'dpiaReference', { label: 'fact.assessment' }),
    line(fields, 'firstDay', { label: 'member.notBeforeMs', hint: 'compose.dayHint', short: true }),
    line(fields, 'lastDay', { label: 'member.notAfterMs', hint: 'compose.lastHint', short: true }),
  ])
}

/** Every field of the form, in the order in which an agreement is read. */
export function composeFields(fields: ComposeFields): ComponentChildren {
  return [parties(fields), reasons(fields), elements(fields), limits(fields), ending(fields)]
}
