import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import { describedBy, type FieldProps, fieldFrame } from './field-frame.ts'

/** The design system's text area, for several lines; `code` for text of a program. */
export function TextArea(
  props: FieldProps & { readonly rows: number; readonly code?: boolean },
): Markup {
  const { name, value, error, rows, code = false } = props
  const wrong = error === undefined ? '' : ' govuk-textarea--error'
  return fieldFrame(
    props,
    h(
      'textarea',
      {
        class: `govuk-textarea${code ? ' app-code-area' : ''}${wrong}`,
        id: name,
        name,
        rows,
        spellCheck: !code,
        'aria-describedby': describedBy(props),
      },
      value,
    ),
  )
}
