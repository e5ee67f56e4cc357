import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** One way to another page. */
export interface PageLink {
  readonly href: string
  readonly text: string
  /** Which page that is, for instance `3 of 12`. */
  readonly label: string
}

function arrow(rel: 'prev' | 'next'): Markup {
  const path =
    rel === 'prev'
      ? 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z'
      : 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z'
  return h(
    'svg',
    {
      class: `govuk-pagination__icon govuk-pagination__icon--${rel}`,
      xmlns: 'http://www.w3.org/2000/svg',
      height: 13,
      width: 15,
      'aria-hidden': 'true',
      focusable: 'false',
      viewBox: '0 0 15 13',
    },
    h('path', { d: path }),
  )
}

function block(rel: 'prev' | 'next', { href, text, label }: PageLink): Markup {
  return h(
    'div',
    { class: `govuk-pagination__${rel}` },
    h(
      'a',
      { class: 'govuk-link govuk-pagination__link', href, rel },
      arrow(rel),
      h('span', { class: 'govuk-pagination__link-title' }, text),
      h('span', { class: 'govuk-visually-hidden' }, ':'),
      h('span', { class: 'govuk-pagination__link-label' }, label),
    ),
  )
}

/** The design system's pagination in its block form: the page before, the page after. */
export function Pagination(props: {
  readonly label: string
  readonly previous?: PageLink | undefined
  readonly next?: PageLink | undefined
}): Markup | null {
  const { label, previous, next } = props
  if (previous === undefined && next === undefined) return null
  return h(
    'nav',
    { class: 'govuk-pagination govuk-pagination--block', 'aria-label': label },
    previous === undefined ? null : block('prev', previous),
    next === undefined ? null : block('next', next),
  )
}
