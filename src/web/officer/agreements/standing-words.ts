import type { AgreementStanding } from '../../../agreement/index.ts'
import { h } from 'preact'
import { Tag } from '../../components/tag.ts'
import type { TagTone } from '../../components/tag.ts'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'

const tones: Readonly<Record<AgreementStanding['state'], TagTone>> = {
  drafted: 'plain',
  offered: 'waiting',
  agreed: 'waiting',
  rejected: 'refused',
  published: 'waiting',
  active: 'good',
  suspended: 'refused',
  expired: 'closed',
  terminated: 'closed',
}

/** Where an agreement stands, in one word that is coloured as well. */
export function StandingTag({
  words,
  standing,
}: {
  words: Words
  standing: AgreementStanding
}): Markup {
  return h(Tag, {
    text: words.named('agreementState', standing.state),
    tone: tones[standing.state],
  })
}

/** Where an agreement stands, in a sentence that says what follows. `nameOf` names organisations. */
export function standingSentence(
  words: Words,
  { state, effectiveFromMs, suspendedBy, because }: AgreementStanding,
  nameOf: (organisation: string) => string,
): string {
  switch (state) {
    case 'drafted':
      return words.t('standing.drafted')
    case 'offered':
      return words.t('standing.offered')
    case 'agreed':
      return words.t('standing.agreed')
    case 'rejected':
      return words.t('standing.rejected')
    case 'published':
      return lockSentence(words, effectiveFromMs)
    case 'active':
      return words.t('standing.active')
    case 'suspended':
      return because === 'review-overdue'
        ? words.t('standing.overdue')
        : words.t('standing.suspended', { who: words.list(suspendedBy.map(nameOf)) })
    case 'expired':
      return because === 'replaced' ? words.t('standing.replaced') : words.t('standing.expired')
    case 'terminated':
      return words.t('standing.terminated')
  }
}

function lockSentence(words: Words, effectiveFromMs: number | null): string {
  return effectiveFromMs === null
    ? words.t('standing.unwitnessed')
    : words.t('standing.locked', { date: words.dateTime(effectiveFromMs) })
}
