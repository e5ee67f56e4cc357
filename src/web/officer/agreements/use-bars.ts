import { h } from 'preact'
import type { Agreement } from '../../../agreement/index.ts'
import { epsilonText } from '../../analyst/exact-text.ts'
import { ShareBar } from '../../components/lists/index.ts'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'
import type { AgreementUse } from '../officer-desk.ts'

/** One limit that is counted for an agreement as a whole. */
export interface CountedLimit {
  readonly text: string
  readonly used: number
  readonly most: number
}

/** The limits that are counted for an agreement as a whole, with how much of each is used. */
export function countedLimits(
  words: Words,
  agreement: Agreement,
  use: AgreementUse,
): readonly CountedLimit[] {
  const used = (name: string): number => use[name] ?? 0
  switch (agreement.kind) {
    case 'person': {
      const most = agreement.caps.distinctSubjectsPer30Days
      const count = used('distinctSubjectsPer30Days')
      return [{ text: words.t('limits.people', { used: count, most }), used: count, most }]
    }
    case 'emergency': {
      const most = agreement.caps.perAgreementPer30Days
      const count = used('perAgreementPer30Days')
      return [{ text: words.t('limits.emergencies', { used: count, most }), used: count, most }]
    }
    case 'population':
    case 'join': {
      const most = agreement.privacyBudget.perYearMicroEpsilon
      const spent = used('perYearMicroEpsilon')
      const text = words.t('limits.epsilon', {
        used: epsilonText(words, spent),
        most: epsilonText(words, most),
      })
      return [{ text, used: spent, most }]
    }
  }
}

/** How much of an agreement's own limits is used, each as words and as a bar. */
export function UseBars(props: {
  readonly words: Words
  readonly agreement: Agreement
  readonly use: AgreementUse
}): Markup {
  const { words, agreement, use } = props
  return h(
    'ul',
    { class: 'govuk-list' },
    countedLimits(words, agreement, use).map((limit) => h('li', null, h(ShareBar, limit))),
  )
}
