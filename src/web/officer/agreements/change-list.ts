import { Fragment, h } from 'preact'
import type { ComponentChildren } from 'preact'
import { type Agreement, type AgreementChange, isNarrower } from '../../../agreement/index.ts'
import { StackedTable } from '../../components/lists/index.ts'
import { Tag } from '../../components/tag.ts'
import type { Markup } from '../../markup.ts'
import { saying } from '../../messages/saying.ts'
import type { MessageKey, Words } from '../../messages/words.ts'
import { firstDay, lastDay } from './term-days.ts'

/** What the numbers of an agreement are called, by their place in it. */
const numberNames: Readonly<Record<string, MessageKey>> = {
  'caps.perOfficialPerDay': 'compose.perOfficialPerDay',
  'caps.subjectsPerCase': 'compose.subjectsPerCase',
  'caps.distinctSubjectsPer30Days': 'compose.distinctSubjectsPer30Days',
  'caps.perSubjectPer30Days': 'compose.perSubjectPer30Days',
  approximateNumber: 'compose.number',
  'retention.days': 'compose.retention',
  'contest.days': 'compose.contest',
}

function valueAt(agreement: Agreement, path: string): unknown {
  let value: unknown = agreement
  for (const step of path.split('.')) {
    value = new Map<string, unknown>(Object.entries(value ?? {})).get(step)
  }
  return value
}

/** A change: of a number or a day in short, of anything else in the sentence of its rule. */
function changeText(
  words: Words,
  { path, said }: AgreementChange,
  [before, after]: readonly [Agreement, Agreement],
): ComponentChildren {
  const [from, to] = [valueAt(before, path), valueAt(after, path)]
  if (typeof from !== 'number' || typeof to !== 'number') return saying(words, said)
  if (path === 'notBeforeMs' || path === 'notAfterMs') {
    const day = path === 'notBeforeMs' ? firstDay : lastDay
    return words.t('change.fromTo', { from: words.date(day(from)), to: words.date(day(to)) })
  }
  const name = numberNames[path]
  if (name === undefined) return saying(words, said)
  const values = { from: words.exact(String(from)), to: words.exact(String(to)) }
  return `${words.t(name)}: ${words.t('change.fromTo', values)}`
}

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
    .map((change) => ({
      head: words.named('member', change.path.split('.')[0] ?? change.path),
      cells: [
        changeText(words, change, [before, after]),
        h(Tag, {
          text: words.t(change.effect === 'wider' ? 'change.wider' : 'change.narrower'),
          tone: change.effect === 'wider' ? 'waiting' : 'good',
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
