import { h } from 'preact'
import type { Markup } from '../../markup.ts'

/** The design system's text input, for a short number. */
export function TextInput(props: {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly error?: { readonly label: string; readonly text: string } | undefined
}): Markup {
  const { name, label, hint, value, error } = props
  const errorId = `${name}-error`
  const hintId = `${name}-hint`
  const wrong = error === undefined ? '' : '--error'
  return h(
    'div',
    { class: `govuk-form-group ${error === undefined ? '' : `govuk-form-group${wrong}`}`.trim() },
    h('label', { class: 'govuk-label govuk-label--s', for: name }, label),
    h('div', { id: hintId, class: 'govuk-hint' }, hint),
    error === undefined
      ? null
      : h(
          'p',
          { id: errorId, class: 'govuk-error-message' },
          h('span', { class: 'govuk-visually-hidden' }, error.label),
          ` ${error.text}`,
        ),
    h('input', {
      class:
        `govuk-input govuk-input--width-5 ${error === undefined ? '' : `govuk-input${wrong}`}`.trim(),
      id: name,
      name,
      type: 'text',
      inputMode: 'decimal',
      value,
      'aria-describedby': error === undefined ? hintId : `${hintId} ${errorId}`,
    }),
  )
}
