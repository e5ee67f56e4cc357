import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../markup.ts'

/** A card: one thing of several, with a heading of its own. */
export interface CardProps {
  readonly title: ComponentChildren
  /** Level of the heading; 2 unless the card stands under another heading. */
  readonly level?: 2 | 3
  /** Beside the title: a tag or an action. */
  readonly aside?: ComponentChildren
  /** A hue by organisation, or by meaning. */
  readonly accent?: string
  readonly children?: ComponentChildren
}

/** A card of our own, in the manner of the design system's summary card. */
export function Card({ title, level = 2, aside, accent, children }: CardProps): Markup {
  const accentClass = accent === undefined ? '' : ` app-accent-${accent}`
  return h(
    'article',
    { class: `app-card${accentClass}` },
    h(
      'div',
      { class: 'app-card__head' },
      h(`h${level}`, { class: 'app-card__title' }, title),
      aside === undefined ? null : h('div', { class: 'app-card__aside' }, aside),
    ),
    children,
  )
}
