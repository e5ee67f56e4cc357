import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../markup.ts'

/** One of several choices. */
export interface RadioItem {
  readonly value: string
  readonly text: ComponentChildren
  readonly hint?: ComponentChildren
  readonly checked?: boolean
}

/** A question with one answer out of several, whose legend is the page's heading. */
export interface RadiosProps {
  readonly name: string
  readonly legend: string
  readonly hint?: string
  readonly items: readonly RadioItem[]
  /** Shown when the form came without a choice. */
  readonly error?: { readonly label: string; readonly text: string }
}

function item(name: string, index: number, entry: RadioItem): Markup {
  const id = index === 0 ? name : `${name}-${index + 1}`
  const hintId = entry.hint === undefined ? undefined : `${id}-item-hint`
  return h(
    'div',
    { class: 'govuk-radios__item' },
    h('input', {
      class: 'govuk-radios__input',
      id,
      name,
      type: 'radio',
      value: entry.value,
      'aria-describedby': hintId,
      checked: entry.checked === true,
    }),
    h('label', { class: 'govuk-label govuk-radios__label', for: id }, entry.text),
    hintId === undefined
      ? null
      : h('div', { id: hintId, class: 'govuk-hint govuk-radios__hint' }, entry.hint),
  )
}

function errorMessage(id: string, error: { label: string; text: string }): Markup {
  return h(
    'p',
    { id, class: 'govuk-error-message' },
    h('span', { class: 'govuk-visually-hidden' }, error.label),
    ` ${error.text}`,
  )
}

/** The design system's radios. */
export function Radios({ name, legend, hint, items, error }: RadiosProps): Markup {
  const hintId = hint === undefined ? undefined : `${name}-hint`
  const errorId = error === undefined ? undefined : `${name}-error`
  const describedBy = [hintId, errorId].filter((id) => id !== undefined).join(' ')
  return h(
    'div',
    { class: `govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}` },
    h(
      'fieldset',
      {
        class: 'govuk-fieldset',
        'aria-describedby': describedBy === '' ? undefined : describedBy,
      },
      h(
        'legend',
        { class: 'govuk-fieldset__legend govuk-fieldset__legend--l' },
        h('h1', { class: 'govuk-fieldset__heading' }, legend),
      ),
      hintId === undefined ? null : h('div', { id: hintId, class: 'govuk-hint' }, hint),
      errorId === undefined || error === undefined ? null : errorMessage(errorId, error),
      h(
        'div',
        { class: 'govuk-radios', 'data-module': 'govuk-radios' },
        items.map((entry, index) => item(name, index, entry)),
      ),
    ),
  )
}
