import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { AccountableOrganisation, Disclosure, OpenDisclosure } from '../../demo-backend.ts'
import type { Markup } from '../../markup.ts'
import { entryOwner, nameOf } from '../../organisation-name.ts'
import type { PageContext } from '../../page-route.ts'
import { reportStyle } from '../../report/report-style.ts'
import { purposeId } from '../../vocabulary.ts'
import { agreementOf } from './cited-agreements.ts'

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
ul.boxes { list-style: none; padding: 0; }
ul.boxes li::before { content: "\\2610"; padding-right: 8px; }
h3 { margin: 24px 0 8px; font-size: 1.1rem; }
`

function facts(rows: Rows): Markup {
  return h(
    'dl',
    null,
    rows.map(([key, value]) => h('div', null, h('dt', null, key), h('dd', null, value))),
  )
}

function agreementText({ context: { words } }: EntriesDocument, disclosure: Disclosure): string {
  const cited = agreementOf(disclosure)
  return cited === undefined
    ? words.t('complaint.noAgreement')
    : words.t('agreements.name', { id: cited.id, version: cited.version })
}

type Rows = readonly (readonly [key: string, value: ComponentChildren])[]

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

function blank(label: string, lines = 1): Markup {
  return h(
    'div',
    null,
    h('p', null, label),
    Array.from({ length: lines }, () => h('span', { class: 'line' })),
  )
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
        const text = lines === undefined ? words.t('complaint.noAddress') : lines.join(', ')
        return [nameOf(organisations, words)(id), text] as const
      }),
    ),
  ]
}

const reasons = ['notMine', 'noLaw', 'tooMuch', 'wrong', 'noReply', 'other'] as const

function complaint(document: EntriesDocument): ComponentChildren {
  const { words } = document.context
  return [
    h('h2', null, words.t('complaint.to')),
    blank(words.t('complaint.toText'), 3),
    h('h2', null, words.t('complaint.from')),
    h('p', null, document.personName),
    blank(words.t('complaint.fromText'), 3),
    h('h2', null, words.t('complaint.why')),
    h(
      'ul',
      { class: 'boxes' },
      reasons.map((reason) => h('li', null, words.t(`complaint.reason.${reason}`))),
    ),
    blank(words.t('complaint.ownWords'), 8),
  ]
}

function verifying({ context: { words }, evidenceName }: EntriesDocument): ComponentChildren {
  return [
    h('h2', null, words.t('report.verify')),
    h('p', null, words.t('complaint.verifyText', { file: evidenceName })),
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
        h('p', { class: 'report-personal' }, words.t('report.personal')),
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
      complaint(document),
      responsible(document),
      entries(document),
      h('h2', null, words.t('complaint.rights')),
      h('p', null, words.t('complaint.rightsText')),
      verifying(document),
    ],
  })
}

/** A person's list in words, to be read, kept or printed without anything else. */
export function readableList(document: EntriesDocument): string {
  const { words } = document.context
  return whole(document, {
    title: words.t('disclosures.title'),
    lead: document.personName,
    main: [entries(document), responsible(document), verifying(document)],
  })
}
