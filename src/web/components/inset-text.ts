import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../markup.ts'

/** The design system's inset: something set apart from what is around it. */
export function InsetText({ children }: { children: ComponentChildren }): Markup {
  return h('div', { class: 'govuk-inset-text' }, children)
}
