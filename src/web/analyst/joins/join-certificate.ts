import { h } from 'preact'
import type { JoinView } from '../../../population/index.ts'
import { joinReleaseDigest } from '../../../population/index.ts'
import { SummaryList } from '../../components/summary-list.ts'
import type { SummaryRow } from '../../components/summary-list.ts'
import type { Words } from '../../messages/words.ts'
import type { Markup } from '../../markup.ts'
import { logOwner, nameOf } from '../../organisation-name.ts'
import type { PageContext } from '../../page-route.ts'
import { heldElement, partiesOf } from './join-words.ts'
import type { PartyNames } from './join-words.ts'
import { planPrice } from './plan-price.ts'

type Released = Extract<JoinView, { state: 'released' }>

function code(text: string): Markup {
  return h('code', { class: 'app-code' }, text)
}

function boundsRows(
  { words }: PageContext,
  { release }: Released,
  names: PartyNames,
): readonly SummaryRow[] {
  const { bounds } = release.certificate
  if (bounds === null) return []
  const value = words.t('certificate.boundsText', {
    element: heldElement(words, bounds.element, names[bounds.side]),
    min: words.exact(String(bounds.min)),
    max: words.exact(String(bounds.max)),
  })
  return [{ key: words.t('certificate.bounds'), value }]
}

function signatureList({ release }: Released, names: PartyNames, words: Words): Markup {
  const { signatures } = release.certificate
  return h(
    'ul',
    { class: 'govuk-list' },
    (['left', 'right', 'tally'] as const).map((party) =>
      h(
        'li',
        null,
        words.t('label.before', { text: names[party] }),
        ' ',
        code(signatures[party].keyId),
      ),
    ),
  )
}

/** How a table over two registers was made private, what it cost whom, and who has signed that it be made. */
export function JoinCertificateList({
  context,
  view,
}: {
  readonly context: PageContext
  readonly view: Released
}): Markup {
  const { words, organisations } = context
  const { release, place, plan } = view
  const { certificate } = release
  const names = partiesOf(context, plan)
  const owner = logOwner(organisations, place.origin, plan.tally)
  const entry = { index: place.index, organisation: nameOf(organisations, words)(owner) }
  const laws = certificate.legalLine.map((line) => words.named('legalLine', line))
  const rows: readonly SummaryRow[] = [
    { key: words.t('catalogue.snapshot'), value: words.dateTime(release.asOfMs) },
    { key: words.t('certificate.method'), value: words.named('method', certificate.method) },
    { key: words.t('pair.charged'), value: planPrice(words, certificate) },
    { key: words.t('certificate.unit'), value: words.t('join.hides') },
    ...boundsRows(context, view, names),
    { key: words.t('certificate.composition'), value: words.t('certificate.basic') },
    { key: words.t('pair.inspector'), value: names.inspector },
    { key: words.t('certificate.law'), value: words.list(laws) },
    { key: words.t('join.signatures'), value: signatureList(view, names, words) },
    { key: words.t('certificate.entry'), value: words.t('entry.number', entry) },
    { key: words.t('join.planHash'), value: code(certificate.planHash) },
    { key: words.t('certificate.digest'), value: code(joinReleaseDigest(release)) },
  ]
  return h(SummaryList, { classes: 'app-facts', rows })
}
