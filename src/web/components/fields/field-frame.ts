import { h } from 'preact'
import type { Markup } from '../../markup.ts'

/** What is wrong with a field; `label` is read out first. */
export interface FieldError {
  readonly label: string
  readonly text: string
}

/** A field by its name, with what stands around its control. */
export interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly value: string
  readonly error?: FieldError | undefined
}

/** Ids of what describes a field's control, for `aria-describedby`; `undefined` when nothing does. */
export function describedBy({ name, hint, error }: FieldProps): string | undefined {
  const ids = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(error === undefined ? [] : [`${name}-error`]),
  ]
  return ids.length === 0 ? undefined : ids.join(' ')
}

/** The label, hint and error of a field around its control. */
export function fieldFrame({ name, label, hint, error }: FieldProps, control: Markup): Markup {
  return h(
    'div',
    { class: `govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}` },
    h('label', { class: 'govuk-label govuk-label--s', for: name }, label),
    hint === undefined ? null : h('div', { id: `${name}-hint`, class: 'govuk-hint' }, hint),
    error === undefined
      ? null
      : h(
          'p',
          { id: `${name}-error`, class: 'govuk-error-message' },
          h('span', { class: 'govuk-visually-hidden' }, error.label),
          ` ${error.text}`,
        ),
    control,
  )
}
