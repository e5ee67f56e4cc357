import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** The design system's warning: something with consequences. `label` is read out first. */
export function WarningText({ text, label }: { text: string; label: string }): Markup {
  return h(
    'div',
    { class: 'govuk-warning-text' },
    h('span', { class: 'govuk-warning-text__icon', 'aria-hidden': 'true' }, '!'),
    h(
      'strong',
      { class: 'govuk-warning-text__text' },
      h('span', { class: 'govuk-visually-hidden' }, label),
      ` ${text}`,
    ),
  )
}
