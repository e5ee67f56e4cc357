import { h } from 'preact'
import { PopulationError } from '../../../../population/index.ts'
import type { JoinHolderReport, JoinOffer } from '../../../../population/index.ts'
import { Button } from '../../../components/button.ts'
import { Card } from '../../../components/card.ts'
import { SummaryList } from '../../../components/summary-list.ts'
import type { SummaryRow } from '../../../components/summary-list.ts'
import type { Markup } from '../../../markup.ts'
import { nameOf } from '../../../organisation-name.ts'
import type { PageContext } from '../../../page-route.ts'
import { BudgetFacts } from '../../budget-facts.ts'
import { elementItem, peopleText } from '../../catalogue-words.ts'
import type { AskableTables } from '../../population-desk.ts'
import type { AskablePair, JoinTablesDesk } from '../join-tables-desk.ts'

/** A pair with what its holders say of themselves now. */
export interface OfferedPair {
  readonly pair: AskablePair
  /** `undefined` when one of them cannot be reached, or does not answer. */
  readonly offer: JoinOffer | undefined
}

/** All pairs that an organisation may ask under, with what can be asked. */
export async function offeredPairs(
  desk: JoinTablesDesk,
  analyst: string,
): Promise<readonly OfferedPair[]> {
  const pairs = await desk.pairs()
  return Promise.all(
    pairs.map(async (pair) => {
      const ids = { left: pair.left.id, right: pair.right.id }
      try {
        return { pair, offer: await desk.offer(ids, analyst) }
      } catch (cause) {
        if (cause instanceof PopulationError) return { pair, offer: undefined }
        throw cause
      }
    }),
  )
}

function agreementText({ id, version }: AskableTables): string {
  return `${id} ${version}`
}

function holderPart({ words, organisations }: PageContext, report: JoinHolderReport): Markup {
  const { answer, organisation, agreement } = report
  const { catalogue, budget, refusal } = answer
  const elements = catalogue.elements.map((element) => elementItem(words, element))
  const rows: readonly SummaryRow[] = [
    {
      key: words.t('catalogue.agreement'),
      value: agreementText({ ...agreement, provider: organisation, state: '' }),
    },
    { key: words.t('catalogue.population'), value: peopleText(words, catalogue) },
    { key: words.t('catalogue.elements'), value: h('ul', { class: 'govuk-list' }, elements) },
    { key: words.t('catalogue.budget'), value: h(BudgetFacts, { words, budget }) },
  ]
  return h(
    'div',
    null,
    h('h3', { class: 'govuk-heading-s' }, nameOf(organisations, words)(organisation)),
    h(SummaryList, { rows, classes: 'govuk-summary-list--no-border app-facts' }),
    refusal === null
      ? null
      : h('p', { class: 'govuk-body' }, words.named('tableCode', refusal.code)),
  )
}

function agreeRows(context: PageContext, { parties }: JoinOffer): readonly SummaryRow[] {
  const { words, organisations } = context
  const name = nameOf(organisations, words)
  const tally = name(parties.mustAgree.at(-1) ?? '')
  return [
    { key: words.t('pair.mustAgree'), value: words.list(parties.mustAgree.map(name)) },
    { key: words.t('pair.tally'), value: tally },
    { key: words.t('pair.inspector'), value: name(parties.inspector) },
  ]
}

/** A pair of registers: both agreements, who must agree, who may audit, what can be asked, and both budgets. */
export function PairCard({
  context,
  offered: { pair, offer },
}: {
  readonly context: PageContext
  readonly offered: OfferedPair
}): Markup {
  const { words, organisations } = context
  const name = nameOf(organisations, words)
  const title = words.t('pair.caption', {
    left: name(pair.left.provider),
    right: name(pair.right.provider),
  })
  const agreements = [pair.left, pair.right].map(agreementText).join(', ')
  if (offer === undefined)
    return h(
      Card,
      { title, level: 3 },
      h(SummaryList, {
        rows: [{ key: words.t('pair.agreements'), value: agreements }],
        classes: 'govuk-summary-list--no-border app-facts',
      }),
      h('p', { class: 'govuk-body' }, words.t('deskProblem.PEER_UNAVAILABLE')),
    )
  const isOpen = offer.holders.every(({ answer }) => answer.refusal === null)
  return h(
    Card,
    { title, level: 3 },
    h(SummaryList, {
      rows: agreeRows(context, offer),
      classes: 'govuk-summary-list--no-border app-facts',
    }),
    h(
      'div',
      { class: 'app-grid app-grid--two' },
      offer.holders.map((holder) => holderPart(context, holder)),
    ),
    isOpen
      ? h(Button, {
          text: words.t('catalogue.build'),
          href: `/pairs/${pair.left.id}/${pair.right.id}`,
          hiddenText: words.t('catalogue.under', { agreement: agreements }),
          classes: 'app-card__button',
        })
      : null,
  )
}
