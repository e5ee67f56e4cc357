import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** The design system's link to the page before, above the heading. */
export function BackLink({ href, text }: { href: string; text: string }): Markup {
  return h('a', { href, class: 'govuk-back-link' }, text)
}
