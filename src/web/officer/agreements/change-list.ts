import { Fragment, h } from 'preact'
import { type Agreement, isNarrower } from '../../../agreement/index.ts'
import { StackedTable } from '../../components/lists/index.ts'
import { Tag } from '../../components/tag.ts'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'

/** What a version allows more or less than the one before, wider first, and which lock that means. */
export function ChangeList(props: {
  readonly words: Words
  readonly before: Agreement
  readonly after: Agreement
}): Markup {
  const { words, before, after } = props
  const { narrower, changes } = isNarrower(before, after)
  if (changes.length === 0) return h('p', { class: 'govuk-body' }, words.t('change.none'))
  const rows = changes
    .toSorted(
      (one, other) => Number(one.effect === 'narrower') - Number(other.effect === 'narrower'),
    )
    .map(({ effect, path, reason }) => ({
      head: words.named('member', path.split('.')[0] ?? path),
      cells: [
        words.local({ en: reason }),
        h(Tag, {
          text: words.t(effect === 'wider' ? 'change.wider' : 'change.narrower'),
          tone: effect === 'wider' ? 'waiting' : 'good',
        }),
      ],
    }))
  return h(
    Fragment,
    null,
    h(
      'p',
      { class: 'govuk-body' },
      h('strong', null, words.t(narrower ? 'change.atOnce' : 'change.locked')),
    ),
    h(StackedTable, {
      caption: words.t('change.caption'),
      columns: [words.t('change.what'), words.t('change.how'), words.t('change.effect')],
      rows,
    }),
  )
}
