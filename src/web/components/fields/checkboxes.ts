import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import { fieldSet, type FieldSetProps } from './field-set.ts'

/** One of several choices, of which any number may be made. */
export interface CheckboxItem {
  readonly value: string
  readonly text: string
  readonly checked: boolean
}

/** The design system's checkboxes, small, under a legend that is no heading. */
export function Checkboxes(
  props: FieldSetProps & { readonly name: string; readonly items: readonly CheckboxItem[] },
): Markup {
  const { id, name, items } = props
  return fieldSet(
    props,
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
  )
}
