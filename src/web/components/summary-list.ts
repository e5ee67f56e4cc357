import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../markup.ts'

/** A link beside a row, with the words that tell it apart from the same link in other rows. */
export interface SummaryAction {
  readonly href: string
  readonly text: string
  readonly hiddenText: string
}

/** One fact: its name and its value. */
export interface SummaryRow {
  readonly key: string
  readonly value: ComponentChildren
  readonly action?: SummaryAction
}

function actionCell(action: SummaryAction): Markup {
  return h(
    'dd',
    { class: 'govuk-summary-list__actions' },
    h(
      'a',
      { class: 'govuk-link', href: action.href },
      action.text,
      h('span', { class: 'govuk-visually-hidden' }, ` ${action.hiddenText}`),
    ),
  )
}

function row(entry: SummaryRow, someHaveActions: boolean): Markup {
  const bare = someHaveActions && entry.action === undefined
  return h(
    'div',
    { class: `govuk-summary-list__row${bare ? ' govuk-summary-list__row--no-actions' : ''}` },
    h('dt', { class: 'govuk-summary-list__key' }, entry.key),
    h('dd', { class: 'govuk-summary-list__value' }, entry.value),
    entry.action === undefined ? null : actionCell(entry.action),
  )
}

/** The design system's summary list: facts by name, one under the other. */
export function SummaryList(props: { rows: readonly SummaryRow[]; classes?: string }): Markup {
  const someHaveActions = props.rows.some((entry) => entry.action !== undefined)
  const classes = props.classes === undefined ? '' : ` ${props.classes}`
  return h(
    'dl',
    { class: `govuk-summary-list${classes}` },
    props.rows.map((entry) => row(entry, someHaveActions)),
  )
}
