import type { ComponentChildren } from 'preact'
import { written } from '../../components/written.ts'
import { standingSentence } from '../../officer/agreements/standing-words.ts'
import { firstDay, lastDay } from '../../officer/agreements/term-days.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext } from '../../page-route.ts'
import { purposeId } from '../../vocabulary.ts'
import type { HeldAgreement } from './cited-agreements.ts'

/** Facts of a document, each with what it is called. */
export type Rows = readonly (readonly [key: string, value: ComponentChildren])[]

/**
 * What both organisations had agreed when a question was asked, and how their agreement stands today, in the
 * language of the document; what they wrote themselves stays as they wrote it.
 */
export function agreementRows(
  { words, organisations }: PageContext,
  { agreement, standing }: HeldAgreement,
): Rows {
  const name = nameOf(organisations, words)
  const { consumer, provider, purpose, legalBasis, legalReference } = agreement
  const elements = agreement.dataElements.map((one) => words.named('element', one.name))
  return [
    [
      words.t('agreements.who'),
      words.t('agreements.asks', { consumer: name(consumer), provider: name(provider) }),
    ],
    [words.t('fact.purpose'), words.named('purpose', purposeId(purpose))],
    [words.t('fact.basis'), words.list(legalBasis.map((basis) => words.named('law', basis)))],
    [words.t('fact.reference'), words.list(legalReference)],
    [words.t('fact.why'), written(agreement.justification)],
    [words.t('fact.elements'), words.list(elements)],
    [
      words.t('fact.term'),
      words.t('fact.fromTo', {
        from: words.date(firstDay(agreement.notBeforeMs)),
        to: words.date(lastDay(agreement.notAfterMs)),
      }),
    ],
    [words.t('complaint.standing'), standingSentence(words, standing, name)],
  ]
}
