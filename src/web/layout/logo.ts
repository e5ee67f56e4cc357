import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** The sign of Cloison: two rooms, the partition between them, and one point that passes. */
export function Logo(): Markup {
  return h(
    'svg',
    {
      class: 'app-logo',
      viewBox: '0 0 32 32',
      width: 32,
      height: 32,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    h('path', {
      d: 'M4 5h24v22H4z',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 3,
      'stroke-linejoin': 'round',
    }),
    h('path', { d: 'M16 5v7M16 20v7', stroke: 'currentColor', 'stroke-width': 3 }),
    h('circle', { class: 'app-logo__point', cx: 16, cy: 16, r: 2.6 }),
  )
}
