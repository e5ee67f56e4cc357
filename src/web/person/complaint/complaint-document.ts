import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { AccountableOrganisation, Disclosure, OpenDisclosure } from '../../demo-backend.ts'
import type { Markup } from '../../markup.ts'
import { entryOwner, nameOf } from '../../organisation-name.ts'
import type { PageContext } from '../../page-route.ts'
import { reportStyle } from '../../report/report-style.ts'
import { purposeId } from '../../vocabulary.ts'
import { agreementRows, type Rows } from './agreement-rows.ts'
import { agreementOf, citedAgreements, type HeldAgreement } from './cited-agreements.ts'
import { complaintForm } from './complaint-form.ts'

/** What a document about a person's entries is made of. Personal data. */
export interface EntriesDocument {
  readonly context: PageContext
  readonly personName: string
  readonly disclosures: readonly Disclosure[]
  readonly accountable: readonly AccountableOrganisation[]
  /** Name of the file with the proofs beside this one. */
  readonly evidenceName: string
}

const style = `${reportStyle}
.line { display: block; min-height: 2.2em; border-bottom: 1px solid var(--soft); }
.blank { margin-bottom: 20px; }
ul.boxes { list-style: none; margin-bottom: 20px; padding: 0; }
ul.boxes li { position: relative; padding: 2px 0 2px 1.7em; }
ul.boxes li::before { content: "\\2610"; position: absolute; left: 0; }
h3 { margin: 24px 0 8px; font-size: 1.1rem; overflow-wrap: anywhere; }
@media (min-width: 40rem) { .signing { display: grid; grid-template-columns: 1fr 1fr; gap: 0 24px; } }
@media print {
  .signing { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; }
  .blank, section { break-inside: avoid; }
  h2 { margin-top: 22px; }
  h3 { margin: 16px 0 6px; break-after: avoid; }
  dl > div { padding: 4px 0; }
}
`

function facts(rows: Rows): Markup {
  return h(
    'dl',
    null,
    rows.map(([key, value]) => h('div', null, h('dt', null, key), h('dd', null, value))),
  )
}

function heldBy(
  accountable: readonly AccountableOrganisation[],
  disclosure: Disclosure,
): readonly HeldAgreement[] {
  return citedAgreements([disclosure], accountable)
}

/** The agreement of an entry by name, and in words where nobody holds its text any more. */
function agreementText(
  { context: { words }, accountable }: EntriesDocument,
  disclosure: Disclosure,
): string {
  const cited = agreementOf(disclosure)
  if (cited === undefined) return words.t('complaint.noAgreement')
  const name = words.t('agreements.name', { id: cited.id, version: cited.version })
  const isHeld = heldBy(accountable, disclosure).length > 0
  return isHeld ? name : words.t('complaint.agreementGone', { name })
}

function askedRows(
  { context: { words, organisations } }: EntriesDocument,
  { provider, elements }: OpenDisclosure,
): Rows {
  return [
    [words.t('complaint.answered'), nameOf(organisations, words)(provider)],
    [
      words.t('disclosure.facts'),
      words.list(elements.map((element) => words.named('element', element))),
    ],
  ]
}

function outcomeRows(document: EntriesDocument, disclosure: OpenDisclosure): Rows {
  const { words } = document.context
  const { outcome, code } = disclosure
  return [
    [
      words.t('complaint.outcome'),
      code === undefined
        ? words.named('outcome', outcome)
        : `${words.t('label.before', { text: words.named('outcome', outcome) })} ${words.named('code', code)}`,
    ],
    [words.t('agreements.name1'), agreementText(document, disclosure)],
  ]
}

function entry(document: EntriesDocument, disclosure: Disclosure, at: number): Markup {
  const { words, organisations } = document.context
  const name = nameOf(organisations, words)
  const { consumer, origin, entryIndex } = disclosure
  const owner = name(entryOwner(organisations, disclosure))
  const isSealed = disclosure.outcome === 'sealed'
  return h(
    'section',
    null,
    h(
      'h3',
      null,
      words.t('complaint.entry', { number: at + 1, when: words.dateTime(disclosure.atMs) }),
    ),
    facts([
      [words.t('complaint.asked'), name(consumer)],
      ...(isSealed ? [] : askedRows(document, disclosure)),
      [words.t('disclosure.purpose'), words.named('purpose', purposeId(disclosure.purpose))],
      [
        words.t('disclosure.law'),
        words.list(disclosure.legalBasis.map((basis) => words.named('law', basis))),
      ],
      ...(isSealed
        ? [[words.t('complaint.outcome'), words.t('disclosure.sealed')] as const]
        : outcomeRows(document, disclosure)),
      [
        words.t('trace.entry'),
        `${words.t('entry.number', { index: entryIndex, organisation: owner })} (${origin})`,
      ],
    ]),
  )
}

function entries(document: EntriesDocument): ComponentChildren {
  const { disclosures, context } = document
  return [
    h('h2', null, context.words.t('complaint.entries', { count: disclosures.length })),
    disclosures.map((one, at) => entry(document, one, at)),
  ]
}

/** Who asked and who answered: both are responsible for what they did. */
function responsible({ context, disclosures, accountable }: EntriesDocument): ComponentChildren {
  const { words, organisations } = context
  const ids = new Set(
    disclosures.flatMap((one) => [
      one.consumer,
      one.outcome === 'sealed' ? entryOwner(organisations, one) : one.provider,
    ]),
  )
  return [
    h('h2', null, words.t('complaint.responsible')),
    facts(
      [...ids].map((id) => {
        const lines = accountable.find(({ organisation }) => organisation === id)?.postalAddress
        const text =
          lines === undefined || lines.length === 0
            ? words.t('complaint.noAddress')
            : lines.join(', ')
        return [nameOf(organisations, words)(id), text] as const
      }),
    ),
  ]
}

/** What was agreed, once for each agreement that an entry names: also where it has ended since. */
function agreements(document: EntriesDocument): ComponentChildren {
  const { context, disclosures, accountable } = document
  const { words } = context
  const cited = citedAgreements(disclosures, accountable)
  if (cited.length === 0) return null
  return [
    h('h2', null, words.t('complaint.agreements', { count: cited.length })),
    cited.map((held) => {
      const { id, version } = held.agreement
      return h(
        'section',
        null,
        h('h3', null, words.t('agreements.name', { id, version })),
        facts(agreementRows(context, held)),
      )
    }),
  ]
}

function verifying(
  document: EntriesDocument,
  { inArchive }: { readonly inArchive: boolean },
): ComponentChildren {
  const { context, evidenceName, disclosures, accountable } = document
  const { words } = context
  const hasAgreements = citedAgreements(disclosures, accountable).length > 0
  return [
    h('h2', null, words.t('report.verify')),
    h('p', null, words.t('complaint.verifyText', { file: evidenceName })),
    inArchive && hasAgreements ? h('p', null, words.t('complaint.verifyAgreements')) : null,
    h('pre', null, `cloison log verify ${evidenceName}`),
  ]
}

function whole(
  { context: { words, nowMs } }: EntriesDocument,
  { title, lead, main }: { title: string; lead: string; main: ComponentChildren },
): string {
  const html = h(
    'html',
    { lang: words.language },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', null, title),
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ),
    h(
      'body',
      null,
      h(
        'header',
        null,
        h('h1', null, title),
        h('p', { class: 'report-lead' }, lead),
        h(
          'p',
          { class: 'report-soft' },
          words.t('complaint.made', { when: words.dateTime(nowMs) }),
        ),
        h('p', { class: 'report-personal' }, words.t('complaint.personal')),
      ),
      h('main', null, main),
    ),
  )
  return `<!DOCTYPE html>${renderToString(html)}\n`
}

/** The cover page of a complaint to a supervisory authority (GDPR, Article 77): read and printed without anything else. */
export function complaintDocument(document: EntriesDocument): string {
  const { words } = document.context
  return whole(document, {
    title: words.t('complaint.title'),
    lead: words.t('complaint.lead'),
    main: [
      complaintForm(words, document.personName),
      responsible(document),
      entries(document),
      agreements(document),
      h('h2', null, words.t('complaint.rights')),
      h('p', null, words.t('complaint.rightsText')),
      verifying(document, { inArchive: true }),
    ],
  })
}

/** A person's list in words, to be read, kept or printed without anything else. */
export function readableList(document: EntriesDocument): string {
  const { words } = document.context
  return whole(document, {
    title: words.t('disclosures.title'),
    lead: document.personName,
    main: [
      entries(document),
      agreements(document),
      responsible(document),
      verifying(document, { inArchive: false }),
    ],
  })
}
