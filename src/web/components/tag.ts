import { h } from 'preact'
import type { Markup } from '../markup.ts'

/** What a tag says beside its words: settled well, refused, waiting, over, or nothing. */
export type TagTone = 'good' | 'refused' | 'waiting' | 'closed' | 'plain'

const toneClass: Readonly<Record<TagTone, string>> = {
  good: ' govuk-tag--green',
  refused: ' govuk-tag--red',
  waiting: ' govuk-tag--yellow',
  closed: ' govuk-tag--grey',
  plain: '',
}

/** The design system's tag. The words alone must say it; the colour repeats it. */
export function Tag({ text, tone = 'plain' }: { text: string; tone?: TagTone }): Markup {
  return h('strong', { class: `govuk-tag${toneClass[tone]}` }, text)
}
