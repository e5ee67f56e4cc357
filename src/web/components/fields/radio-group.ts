import { h } from 'preact'
import type { Markup } from '../../markup.ts'

/** The design system's radios, small, under a legend that is no heading: one question of several on a page. */
export function RadioGroup(props: {
  readonly name: string
  readonly legend: string
  readonly items: readonly { readonly value: string; readonly text: string }[]
  readonly chosen: string
}): Markup {
  const { name, legend, items, chosen } = props
  return h(
    'div',
    { class: 'govuk-form-group' },
    h(
      'fieldset',
      { class: 'govuk-fieldset' },
      h('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' }, legend),
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
    ),
  )
}
