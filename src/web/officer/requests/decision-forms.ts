import { h } from 'preact'
import { longestRequestText, refusalLaws } from '../../../person/index.ts'
import { Button } from '../../components/button.ts'
import { Checkboxes, RadioGroup, TextArea } from '../../components/fields/index.ts'
import { Form } from '../../components/form.ts'
import type { Markup } from '../../markup.ts'
import type { MessageKey } from '../../messages/words.ts'
import type { PageContext } from '../../page-route.ts'
import type { RequestView } from '../../requests/request-desk.ts'

/** What is wrong with one of the forms, and in which field. */
export interface WrongDecision {
  readonly at: 'reason' | 'outcome' | 'answer'
  readonly key: MessageKey
}

/** What one of the forms was sent with. */
export interface SentDecision {
  readonly form: URLSearchParams
  readonly wrong: WrongDecision | undefined
}

function errorAt(
  { words }: PageContext,
  { wrong }: SentDecision,
  at: WrongDecision['at'],
): { readonly label: string; readonly text: string } | undefined {
  return wrong?.at === at ? { label: words.t('form.error'), text: words.t(wrong.key) } : undefined
}

/** The choices of a decision: granted, or refused by one of the laws that fit the kind. */
function outcomes(
  { words }: PageContext,
  { kind }: RequestView,
): readonly { readonly value: string; readonly text: string }[] {
  return [
    { value: 'granted', text: words.named('requestGrant', kind) },
    ...refusalLaws[kind].map((law) => ({
      value: law,
      text: words.t('request.refuseBy', { law: words.named('requestLaw', law) }),
    })),
  ]
}

/** Decides one request: outcome, answer, and for an objection its effect. */
export function DecideForm(props: {
  context: PageContext
  request: RequestView
  sent: SentDecision
}): Markup {
  const { context, request, sent } = props
  const { words, formToken } = context
  const { number, kind } = request
  return h(Form, {
    action: `/requests/${number}/decide`,
    token: formToken,
    children: [
      h('h2', { class: 'govuk-heading-m' }, words.t('request.decide')),
      h(RadioGroup, {
        name: 'outcome',
        legend: words.t('request.outcome'),
        items: outcomes(context, request),
        chosen: sent.form.get('outcome') ?? '',
        error: errorAt(context, sent, 'outcome'),
      }),
      kind === 'objection'
        ? h(Checkboxes, {
            id: 'restricts',
            name: 'restricts',
            legend: words.t('request.effect'),
            hint: words.t('request.noHoldHere'),
            items: [
              {
                value: 'yes',
                text: words.t('request.restrict'),
                checked: sent.form.get('restricts') === 'yes',
              },
            ],
          })
        : null,
      h(TextArea, {
        name: 'answer',
        label: words.t('request.answerLabel'),
        hint: words.t('request.answerHint', { most: longestRequestText }),
        value: sent.form.get('answer') ?? '',
        rows: 6,
        error: errorAt(context, sent, 'answer'),
      }),
      h(Button, { text: words.t('request.decideButton') }),
    ],
  })
}

/** Takes two more months, with a reason. */
export function ExtendForm(props: {
  context: PageContext
  request: RequestView
  sent: SentDecision
}): Markup {
  const { context, request, sent } = props
  const { words, formToken } = context
  return h(Form, {
    action: `/requests/${request.number}/extend`,
    token: formToken,
    children: [
      h('h2', { class: 'govuk-heading-m' }, words.t('request.extend')),
      h(TextArea, {
        name: 'reason',
        label: words.t('request.reasonLabel'),
        hint: words.t('request.reasonHint'),
        value: sent.form.get('reason') ?? '',
        rows: 3,
        error: errorAt(context, sent, 'reason'),
      }),
      h(Button, { text: words.t('request.extendButton'), kind: 'secondary' }),
    ],
  })
}
