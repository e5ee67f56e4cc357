import { h } from 'preact'
import { SummaryList } from '../components/summary-list.ts'
import type { AnswerCorrection } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { logOwner, nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'

/** One question's corrections, and where they are told. */
export interface CorrectionNoteProps {
  readonly context: PageContext
  readonly corrections: readonly AnswerCorrection[]
  /** Organisation id of who answered and now corrects. */
  readonly provider: string
  /** Level of the heading. */
  readonly level: 2 | 3
  /** Tells two notes of one page apart. */
  readonly id: string
}

function facts(
  { context, provider }: CorrectionNoteProps,
  { elements, correctedAtMs, receivedAtMs, origin, entryIndex }: AnswerCorrection,
): Markup {
  const { words, organisations, site } = context
  const name = nameOf(organisations, words)
  const owner = name(logOwner(organisations, origin, site.organisation ?? ''))
  const named = elements.map((element) => words.named('element', element))
  return h(SummaryList, {
    rows: [
      { key: words.t('corrected.facts'), value: words.list(named) },
      {
        key: words.t('corrected.by'),
        value: words.t('corrected.byOn', {
          organisation: name(provider),
          when: words.date(correctedAtMs),
        }),
      },
      { key: words.t('corrected.received'), value: words.dateTime(receivedAtMs) },
      {
        key: words.t('trace.entry'),
        value: words.t('entry.number', { index: entryIndex, organisation: owner }),
      },
    ],
    classes: 'govuk-summary-list--no-border app-facts',
  })
}

/**
 * What was corrected in an answer after it was given, and what the official does now. Names facts, never values:
 * the corrected one is had by asking again. Nothing where nothing was corrected.
 */
export function CorrectionNote(props: CorrectionNoteProps): Markup | null {
  const { context, corrections, level, id } = props
  const { words } = context
  if (corrections.length === 0) return null
  const steps = ['corrected.dontUse', 'corrected.askAgain', 'corrected.lookAgain'] as const
  return h(
    'section',
    { class: 'app-corrected', 'aria-labelledby': id },
    h(`h${level}`, { class: 'govuk-heading-m', id }, words.t('corrected.title')),
    corrections.map((correction) => facts(props, correction)),
    h('p', { class: 'govuk-body govuk-!-font-weight-bold' }, words.t('corrected.now')),
    h(
      'ol',
      { class: 'govuk-list govuk-list--number app-measure' },
      steps.map((step) => h('li', null, words.t(step))),
    ),
  )
}
