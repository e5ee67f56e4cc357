import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** What a button looks like: the one main action of a page, another one, or one that warns. */
export type ButtonKind = 'primary' | 'secondary' | 'warning'

/** A button that sends its form, or with `href` a link that looks like one. */
export interface ButtonProps {
  readonly text: string
  readonly kind?: ButtonKind
  readonly href?: string
  readonly name?: string
  readonly value?: string
  /** Read out after the text, to tell apart buttons that look alike. */
  readonly hiddenText?: string
  readonly classes?: string
}

/** The design system's button. */
export function Button(props: ButtonProps): Markup {
  const { text, kind = 'primary', href, name, value, hiddenText, classes } = props
  const names = ['govuk-button', kind === 'primary' ? undefined : `govuk-button--${kind}`, classes]
  const common = { class: names.filter(Boolean).join(' '), 'data-module': 'govuk-button' }
  const hidden =
    hiddenText === undefined
      ? null
      : h('span', { class: 'govuk-visually-hidden' }, ` ${hiddenText}`)
  if (href !== undefined) {
    return h('a', { ...common, href, role: 'button', draggable: false }, text, hidden)
  }
  return h('button', { ...common, type: 'submit', name, value }, text, hidden)
}
