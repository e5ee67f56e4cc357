import { h } from 'preact'
import { StackedTable } from '../components/lists/index.ts'
import { Tag } from '../components/tag.ts'
import type { Markup } from '../markup.ts'
import { saying } from '../messages/saying.ts'
import type { Words } from '../messages/words.ts'
import type { ShownCheck } from './administrator-desk.ts'

/** What was looked at, what is wrong first. */
export function CheckTable(props: {
  readonly words: Words
  readonly checks: readonly ShownCheck[]
}): Markup {
  const { words, checks } = props
  const rows = checks
    .toSorted((one, other) => Number(one.ok) - Number(other.ok))
    .map(({ what, ok, found, fix }) => ({
      head: h('code', { class: 'app-code app-anywhere' }, what),
      cells: [
        h(Tag, { text: words.t(ok ? 'health.ok' : 'health.wrong'), tone: ok ? 'good' : 'refused' }),
        [
          saying(words, found),
          fix === null
            ? null
            : h(
                'p',
                { class: 'govuk-body-s app-fix' },
                h('strong', null, words.t('health.do')),
                ' ',
                saying(words, fix),
              ),
        ],
      ],
    }))
  return h(StackedTable, {
    caption: words.t('health.caption'),
    columns: [words.t('health.what'), words.t('health.state'), words.t('health.found')],
    rows,
  })
}
