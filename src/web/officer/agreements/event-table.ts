import { h } from 'preact'
import { StackedTable } from '../../components/lists/index.ts'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'
import type { ShownEvent } from '../officer-desk.ts'

/** What the log says was done with an agreement, oldest first. `name` names organisations. */
export function EventTable(props: {
  readonly words: Words
  readonly name: (organisation: string) => string
  readonly events: readonly ShownEvent[]
}): Markup {
  const { words, name, events } = props
  if (events.length === 0) return h('p', { class: 'govuk-body' }, words.t('event.none'))
  return h(StackedTable, {
    caption: words.t('event.caption'),
    columns: [
      words.t('event.what'),
      words.t('event.who'),
      words.t('event.when'),
      words.t('event.entry'),
    ],
    rows: events.map(({ kind, by, atMs, cosignedAtMs, entry }) => ({
      head: words.named('agreementEvent', kind.slice(kind.indexOf('.') + 1)),
      cells: [
        name(by),
        cosignedAtMs === null
          ? words.t('event.notWitnessed', { date: words.dateTime(atMs) })
          : words.dateTime(atMs),
        words.t('event.number', { entry }),
      ],
    })),
  })
}
