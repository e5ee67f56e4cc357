import { h } from 'preact'
import { Tag } from '../components/tag.ts'
import type { LogHead } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { ageState } from './status-strip.ts'

/** How fresh a log's head is; a head without a cosignature has no age. */
export function HeadTag({ words, head }: { words: Words; head: LogHead }): Markup {
  if (head.cosignedBy.length === 0) {
    return h(Tag, { text: words.t('head.none'), tone: 'waiting' })
  }
  const state = ageState(head.ageMs)
  return h(Tag, {
    text: words.t(`head.${state}`, { age: words.duration(head.ageMs) }),
    tone: state === 'fresh' ? 'good' : 'waiting',
  })
}
