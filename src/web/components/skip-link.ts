import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** The design system's skip link: the first thing the keyboard reaches. */
export function SkipLink({ text, href }: { text: string; href: string }): Markup {
  return h('a', { href, class: 'govuk-skip-link', 'data-module': 'govuk-skip-link' }, text)
}
