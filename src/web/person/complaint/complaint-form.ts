import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'

/** Why a person may complain; each is a box to tick. */
const reasons = ['notMine', 'noLaw', 'tooMuch', 'wrong', 'noReply', 'other'] as const

/** Lines to write on by hand, kept on one sheet with what is to be written. */
function blank(label: string, lines = 1): Markup {
  return h(
    'div',
    { class: 'blank' },
    h('p', null, label),
    Array.from({ length: lines }, () => h('span', { class: 'line' })),
  )
}

/** What the person fills in by hand: to whom, from whom, what about, and the signature. */
export function complaintForm(words: Words, personName: string): ComponentChildren {
  return [
    h('h2', null, words.t('complaint.to')),
    blank(words.t('complaint.toText'), 3),
    h('h2', null, words.t('complaint.from')),
    h('p', null, personName),
    blank(words.t('complaint.fromText'), 2),
    h('h2', null, words.t('complaint.why')),
    h(
      'ul',
      { class: 'boxes' },
      reasons.map((reason) => h('li', null, words.t(`complaint.reason.${reason}`))),
    ),
    blank(words.t('complaint.ownWords'), 8),
    h(
      'div',
      { class: 'signing' },
      blank(words.t('complaint.placeDate')),
      blank(words.t('complaint.signature')),
    ),
  ]
}
