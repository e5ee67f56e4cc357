import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import { describedBy, type FieldProps, fieldFrame } from './field-frame.ts'

/** The design system's text input, for one line of words; `short` for a number or a day. */
export function TextLine(props: FieldProps & { readonly short?: boolean }): Markup {
  const { name, value, error, short = false } = props
  const wrong = error === undefined ? '' : ' govuk-input--error'
  const width = short ? ' govuk-input--width-10' : ''
  return fieldFrame(
    props,
    h('input', {
      class: `govuk-input${width}${wrong}`,
      id: name,
      name,
      type: 'text',
      value,
      autoComplete: 'off',
      'aria-describedby': describedBy(props),
    }),
  )
}
