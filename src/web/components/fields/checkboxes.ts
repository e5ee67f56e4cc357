import { h } from 'preact'
import type { Markup } from '../../markup.ts'

/** One of several choices, of which any number may be made. */
export interface CheckboxItem {
  readonly value: string
  readonly text: string
  readonly checked: boolean
}

/** The design system's checkboxes, small, under a legend that is no heading. */
export function Checkboxes(props: {
  readonly id: string
  readonly name: string
  readonly legend: string
  readonly hint?: string
  readonly items: readonly CheckboxItem[]
}): Markup {
  const { id, name, legend, hint, items } = props
  const hintId = hint === undefined ? undefined : `${id}-hint`
  return h(
    'div',
    { class: 'govuk-form-group' },
    h(
      'fieldset',
      { class: 'govuk-fieldset', 'aria-describedby': hintId },
      h('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' }, legend),
      hintId === undefined ? null : h('div', { id: hintId, class: 'govuk-hint' }, hint),
      h(
        'div',
        { class: 'govuk-checkboxes govuk-checkboxes--small' },
        items.map(({ value, text, checked }, at) => {
          const own = at === 0 ? id : `${id}-${at + 1}`
          return h(
            'div',
            { class: 'govuk-checkboxes__item' },
            h('input', {
              class: 'govuk-checkboxes__input',
              id: own,
              name,
              type: 'checkbox',
              value,
              checked,
            }),
            h('label', { class: 'govuk-label govuk-checkboxes__label', for: own }, text),
          )
        }),
      ),
    ),
  )
}
