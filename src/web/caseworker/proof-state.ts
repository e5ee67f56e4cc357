import { h } from 'preact'
import type { PermitOutcome } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'

/** One stage of the proof of an answer. */
function stage(done: boolean, text: string, attributes: Readonly<Record<string, string>>): Markup {
  return h(
    'li',
    { class: `app-proof__stage${done ? ' app-proof__stage--done' : ''}`, ...attributes },
    text,
  )
}

/** What the proof of an answer rests on, and where its witnessing can be asked about again. */
export interface ProofStateProps {
  readonly context: PageContext
  readonly answer: PermitOutcome
  readonly provider: string
}

/**
 * How far the proof of an answer is: written by both organisations, and witnessed or still
 * provisional. With scripts the last stage turns by itself; without, the page is loaded again.
 */
export function ProofState({ context, answer, provider }: ProofStateProps): Markup {
  const { words, organisations, nowMs, site } = context
  const name = nameOf(organisations, words)
  const witnessed = answer.witnessedAtMs
  const statusText =
    witnessed === undefined
      ? words.t('proof.provisional')
      : words.t('proof.witnessed', { age: words.duration(nowMs - witnessed) })
  const live: Record<string, string> = { 'aria-live': 'polite' }
  if (witnessed === undefined) {
    live['data-proof-state'] = `/answers/${answer.exchangeId}/state`
    live['data-proof-done'] = words.t('proof.witnessedNow')
  }
  return h(
    'section',
    { 'aria-labelledby': 'proof' },
    h('h2', { class: 'govuk-heading-m', id: 'proof' }, words.t('proof.title')),
    h(
      'ol',
      { class: 'app-proof' },
      stage(true, words.t('proof.ours', { organisation: name(site.organisation ?? '') }), {}),
      stage(
        true,
        words.t('proof.theirs', { organisation: name(provider), index: answer.entryIndex }),
        {},
      ),
      stage(witnessed !== undefined, statusText, live),
    ),
    witnessed === undefined
      ? h(
          'p',
          { class: 'govuk-body', 'data-proof-again': '' },
          h(
            'a',
            { class: 'govuk-link', href: `/answers/${answer.exchangeId}` },
            words.t('proof.again'),
          ),
        )
      : null,
  )
}
