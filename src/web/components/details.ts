import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../markup.ts'

/** The design system's details: more for those who open it. Works without scripts. */
export function Details(props: {
  summary: string
  /** Whether it is open from the start: where something inside has been chosen. */
  isOpen?: boolean
  children?: ComponentChildren
}): Markup {
  return h(
    'details',
    { class: 'govuk-details', open: props.isOpen ?? false },
    h(
      'summary',
      { class: 'govuk-details__summary' },
      h('span', { class: 'govuk-details__summary-text' }, props.summary),
    ),
    h('div', { class: 'govuk-details__text' }, props.children),
  )
}
