import { h } from 'preact'
import type { Markup } from '../../markup.ts'

/** How much of a whole is used, as words and as a bar that repeats them. `used` may be above `most`. */
export function ShareBar(props: {
  readonly text: string
  readonly used: number
  readonly most: number
}): Markup {
  const { text, used, most } = props
  const share = most <= 0 ? 100 : Math.min(100, Math.max(0, (used / most) * 100))
  const full = share >= 80 ? ' app-share--full' : ''
  return h(
    'div',
    { class: `app-share${full}` },
    h('span', null, text),
    h(
      'svg',
      {
        class: 'app-share__bar',
        viewBox: '0 0 100 8',
        preserveAspectRatio: 'none',
        'aria-hidden': 'true',
        focusable: 'false',
      },
      h('rect', { class: 'app-share__whole', width: '100', height: '8' }),
      h('rect', { class: 'app-share__used', width: share.toFixed(2), height: '8' }),
    ),
  )
}
