import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** The design system's error summary: what is wrong with the form, linked to the place. */
export function ErrorSummary(props: { title: string; text: string; href: string }): Markup {
  return h(
    'div',
    { class: 'govuk-error-summary', 'data-module': 'govuk-error-summary' },
    h(
      'div',
      { role: 'alert' },
      h('h2', { class: 'govuk-error-summary__title' }, props.title),
      h(
        'div',
        { class: 'govuk-error-summary__body' },
        h(
          'ul',
          { class: 'govuk-list govuk-error-summary__list' },
          h('li', null, h('a', { href: props.href }, props.text)),
        ),
      ),
    ),
  )
}
