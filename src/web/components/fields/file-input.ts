import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import { describedBy, type FieldProps, fieldFrame } from './field-frame.ts'

/** The design system's upload of one file; its form must be sent as `multipart`. */
export function FileInput(props: Omit<FieldProps, 'value'>): Markup {
  const { name, error } = props
  return fieldFrame(
    { ...props, value: '' },
    h('input', {
      class: `govuk-file-upload${error === undefined ? '' : ' govuk-file-upload--error'}`,
      id: name,
      name,
      type: 'file',
      'aria-describedby': describedBy({ ...props, value: '' }),
    }),
  )
}
