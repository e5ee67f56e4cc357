import { h } from 'preact'
import type { LogHead } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'

/** From this age on a head is called late (design: soft limit). */
export const lateMs = 60_000

/** From this age on gateways give no answers (design: hard limit). */
export const stoppedMs = 300_000

/** What the strip says about the logs that a page rests on. */
export type LogStanding =
  | { readonly state: 'fresh' | 'late' | 'stopped'; readonly ageMs: number; readonly size: number }
  | { readonly state: 'unknown' }

/** How old an age is in words. */
export function ageState(ageMs: number): 'fresh' | 'late' | 'stopped' {
  if (ageMs >= stoppedMs) return 'stopped'
  return ageMs >= lateMs ? 'late' : 'fresh'
}

/**
 * The standing of `organisation`'s log, or of the worst of all when there is none. A head without
 * any cosignature counts as unknown.
 */
export function logStanding(
  heads: readonly LogHead[] | undefined,
  organisation: string | undefined,
): LogStanding {
  const mine = (heads ?? []).filter(
    (head) => organisation === undefined || head.organisation === organisation,
  )
  if (mine.length === 0 || mine.some((head) => head.cosignedBy.length === 0)) {
    return { state: 'unknown' }
  }
  const ageMs = Math.max(...mine.map((head) => head.ageMs))
  const size = mine.reduce((sum, head) => sum + head.size, 0)
  return { state: ageState(ageMs), ageMs, size }
}

/** The line under the header: whether the log is complete and witnessed, and since when. */
export function StatusStrip(props: { words: Words; standing: LogStanding; href?: string }): Markup {
  const { words, standing, href } = props
  const text =
    standing.state === 'unknown'
      ? words.t('status.unknown')
      : words.t(`status.${standing.state}`, { age: words.duration(standing.ageMs) })
  const entries =
    standing.state === 'unknown' ? null : words.t('status.entries', { count: standing.size })
  return h(
    'section',
    { class: `app-status app-status--${standing.state}`, 'aria-label': words.t('status.label') },
    h(
      'div',
      { class: 'govuk-width-container app-status__row' },
      h(
        'p',
        { class: 'app-status__text' },
        h('span', { class: 'app-status__mark', 'aria-hidden': 'true' }),
        text,
        entries === null ? null : h('span', { class: 'app-status__entries' }, entries),
      ),
      href === undefined
        ? null
        : h('a', { class: 'govuk-link app-status__link', href }, words.t('status.how')),
    ),
  )
}
