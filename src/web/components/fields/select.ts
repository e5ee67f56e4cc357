import { h } from 'preact'
import type { Markup } from '../../markup.ts'

/** The design system's select: one of a list. */
export function Select(props: {
  readonly name: string
  /** The name unless given; for a second field of one name. */
  readonly id?: string
  readonly label: string
  readonly hint?: string
  readonly items: readonly { readonly value: string; readonly text: string }[]
  readonly chosen: string
}): Markup {
  const { name, id = name, label, hint, items, chosen } = props
  const hintId = hint === undefined ? undefined : `${id}-hint`
  return h(
    'div',
    { class: 'govuk-form-group' },
    h('label', { class: 'govuk-label govuk-label--s', for: id }, label),
    hintId === undefined ? null : h('div', { id: hintId, class: 'govuk-hint' }, hint),
    h(
      'select',
      { class: 'govuk-select', id, name, 'aria-describedby': hintId },
      items.map(({ value, text }) => h('option', { value, selected: value === chosen }, text)),
    ),
  )
}
