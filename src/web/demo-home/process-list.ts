import { h } from 'preact'
import type { DemoProcess, LogHead } from '../demo-backend.ts'
import { HeadTag } from '../layout/head-tag.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'

/** What the list shows: processes, the heads of their logs, and names for organisations. */
export interface ProcessListProps {
  readonly words: Words
  readonly processes: readonly DemoProcess[]
  readonly heads: readonly LogHead[]
  readonly nameOf: (organisation: string) => string
}

function headLine(words: Words, head: LogHead): Markup {
  return h(
    'p',
    { class: 'app-process__head' },
    h(HeadTag, { words, head }),
    h('span', null, words.t('status.entries', { count: head.size })),
  )
}

function entry(props: ProcessListProps, process: DemoProcess): Markup {
  const { words, heads, nameOf } = props
  const head =
    process.kind === 'gateway'
      ? heads.find(({ organisation }) => organisation === process.organisation)
      : undefined
  return h(
    'li',
    { class: `app-process app-accent-${process.organisation}` },
    h('h3', { class: 'app-process__name' }, nameOf(process.organisation)),
    h('p', { class: 'app-process__kind' }, words.named('process', process.kind)),
    h(
      'p',
      { class: 'app-process__place' },
      words.t('home.process', { port: String(process.port), pid: String(process.pid) }),
    ),
    head === undefined ? null : headLine(words, head),
  )
}

/** Every process of the demo with its port and process id, so that nobody need believe it. */
export function ProcessList(props: ProcessListProps): Markup {
  return h(
    'ul',
    { class: 'app-grid app-grid--three' },
    props.processes.map((process) => entry(props, process)),
  )
}
