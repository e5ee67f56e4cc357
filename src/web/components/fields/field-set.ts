import { h } from 'preact'
import type { Markup } from '../../markup.ts'
import type { FieldError } from './field-frame.ts'

/** A group of choices under a legend that is no heading, with what stands around the choices. */
export interface FieldSetProps {
  /** Of the first choice; hint and error have ids made from it. */
  readonly id: string
  readonly legend: string
  readonly hint?: string | undefined
  readonly error?: FieldError | undefined
}

/** Legend, hint and error of a group around its choices; the group is described by both. */
export function fieldSet({ id, legend, hint, error }: FieldSetProps, choices: Markup): Markup {
  const hintId = hint === undefined ? undefined : `${id}-hint`
  const errorId = error === undefined ? undefined : `${id}-error`
  const describing = [hintId, errorId].filter((one) => one !== undefined)
  return h(
    'div',
    { class: `govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}` },
    h(
      'fieldset',
      {
        class: 'govuk-fieldset',
        'aria-describedby': describing.length === 0 ? undefined : describing.join(' '),
      },
      h('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' }, legend),
      hintId === undefined ? null : h('div', { id: hintId, class: 'govuk-hint' }, hint),
      error === undefined
        ? null
        : h(
            'p',
            { id: errorId, class: 'govuk-error-message' },
            h('span', { class: 'govuk-visually-hidden' }, error.label),
            ` ${error.text}`,
          ),
      choices,
    ),
  )
}
