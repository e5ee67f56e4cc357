import { h } from 'preact'
import { reasonKeys } from '../check-reasons.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'

/**
 * Where the browser says whether a proof holds. Without scripts it keeps `text`, which claims
 * nothing that was not checked. `subject` is what the script reports on: `receipt-0`, `head-tax`; `holds` what it says of
 * a proof that holds, where that is less than usual.
 */
export function ProofMark(props: {
  words: Words
  subject: string
  text: string
  holds?: string
}): Markup {
  const { words, subject, text, holds = words.t('mark.holds') } = props
  return h(
    'p',
    {
      class: 'app-mark',
      'data-proof': subject,
      'data-holds': holds,
      'data-fails': words.t('mark.fails'),
      'data-waits': words.t('mark.waits'),
    },
    h('span', { class: 'app-mark__sign', 'aria-hidden': 'true' }),
    h('span', { class: 'app-mark__text' }, text),
  )
}

/** The sentence that sums the browser's check up; read out when it changes. */
export function ProofSummary({ words, evidence }: { words: Words; evidence: string }): Markup {
  return h(
    'p',
    {
      class: 'app-check',
      role: 'status',
      'data-evidence': evidence,
      'data-checking': words.t('check.browser.checking'),
      'data-holds': words.t('check.browser.holds'),
      'data-fails': words.t('check.browser.fails'),
      'data-waits': words.t('check.browser.waits'),
      'data-reasons': JSON.stringify(
        Object.fromEntries(reasonKeys.map((key) => [key, words.t(key)])),
      ),
      'data-unavailable': words.t('check.browser.unavailable'),
    },
    words.t('check.browser.without'),
  )
}
