import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** The top of an inspector's page: who is here, what it is, what it says. */
export function pageHead(props: {
  readonly name: string
  readonly title: string
  readonly lead: string
}): readonly Markup[] {
  return [
    h('span', { class: 'govuk-caption-l' }, props.name),
    h('h1', { class: 'govuk-heading-l' }, props.title),
    h('p', { class: 'govuk-body-l app-measure' }, props.lead),
  ]
}
