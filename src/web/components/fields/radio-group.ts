import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import { fieldSet, type FieldSetProps } from './field-set.ts'

/** The design system's radios, small, under a legend that is no heading: one question of several on a page. */
export function RadioGroup(
  props: Omit<FieldSetProps, 'id'> & {
    readonly name: string
    readonly items: readonly { readonly value: string; readonly text: string }[]
    readonly chosen: string
  },
): Markup {
  const { name, items, chosen } = props
  return fieldSet(
    { ...props, id: name },
    h(
      'div',
      { class: 'govuk-radios govuk-radios--small app-plain-radios' },
      items.map(({ value, text }, at) => {
        const id = at === 0 ? name : `${name}-${at + 1}`
        return h(
          'div',
          { class: 'govuk-radios__item' },
          h('input', {
            class: 'govuk-radios__input',
            id,
            name,
            type: 'radio',
            value,
            checked: value === chosen,
          }),
          h('label', { class: 'govuk-label govuk-radios__label', for: id }, text),
        )
      }),
    ),
  )
}
