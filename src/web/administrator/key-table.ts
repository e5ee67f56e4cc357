import { h } from 'preact'
import { StackedTable } from '../components/lists/index.ts'
import { Tag } from '../components/tag.ts'
import type { TagTone } from '../components/tag.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import type { ListedKey } from './administrator-desk.ts'

const tones: Readonly<Record<ListedKey['state'], TagTone>> = {
  current: 'good',
  configured: 'plain',
  locked: 'waiting',
  'not-yet': 'waiting',
  expired: 'closed',
  revoked: 'refused',
}

function termText(words: Words, { notBeforeMs, notAfterMs }: ListedKey): string {
  return notBeforeMs === null || notAfterMs === null
    ? words.t('keys.noTerm')
    : words.t('fact.fromTo', { from: words.date(notBeforeMs), to: words.date(notAfterMs) })
}

/** Public keys by use, with how each stands. */
export function KeyTable(props: {
  readonly words: Words
  readonly caption: string
  readonly keys: readonly ListedKey[]
}): Markup {
  const { words, caption, keys } = props
  return h(StackedTable, {
    caption,
    columns: [words.t('keys.use'), words.t('keys.id'), words.t('keys.state'), words.t('keys.term')],
    rows: keys.map((key) => ({
      head: words.named('keyUse', key.use),
      cells: [
        h('code', { class: 'app-code app-anywhere' }, key.keyId),
        h(Tag, { text: words.named('keyState', key.state), tone: tones[key.state] }),
        termText(words, key),
      ],
    })),
  })
}
