import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personNumber } from '../../../tests/attack/chain-organisation.ts'
import { ann, digest, make, usualOrganisation } from '../../../tests/attack/report-organisation.ts'
import { agreementDigest } from '../../agreement/index.ts'
import { encodeBase64 } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { sampleEmergencyAgreement } from '../../testing/index.ts'
import type { ReportContent, ReportValue } from './report-content.ts'
import type { ReportFile } from './report-file.ts'
import { ReportFault } from './report-fault.ts'
import { reportKinds, reportTopics } from './report-kind.ts'
import { verifyReport } from './verify-report.ts'

const ed25519 = bestEd25519()

/** The code with which a report is refused, or `holds`. */
function verdictOf(file: ReportFile): string {
  try {
    verifyReport(file, { ed25519 })
    return 'holds'
  } catch (cause) {
    assert.ok(cause instanceof ReportFault, String(cause))
    return cause.code
  }
}

/** Every value, those in lists too. */
function values({ sections }: ReportContent): readonly ReportValue[] {
  const flat = (value: ReportValue): readonly ReportValue[] =>
    value.is === 'list' ? value.items.flatMap(flat) : [value]
  return sections.flatMap(({ facts, table }) => [
    ...facts.flatMap(({ value }) => flat(value)),
    ...(table?.rows ?? []).flatMap((row) => row.flatMap(flat)),
  ])
}

function figureAt(content: ReportContent, title: string, label: string): number | undefined {
  const found = content.sections
    .find((section) => section.title === title)
    ?.facts.find((one) => one.label === label)
  return found?.value.is === 'figure' ? found.value.value : undefined
}

test('every report holds, and one figure more or less in it does not', async () => {
  const organisation = await usualOrganisation()
  for (const report of reportKinds) {
    const file = await make(organisation, report)
    assert.equal(verdictOf(file), 'holds', report)
    const figures = values(file.content).filter(({ is }) => is === 'figure')
    assert.ok(figures.length > 0, report)
    for (const place of figures.keys()) {
      const changed = structuredClone(file)
      const figure = values(changed.content).filter((one) => one.is === 'figure')[place]
      assert.ok(figure)
      Object.assign(figure, { value: figure.value + 1 })
      assert.equal(verdictOf(changed), 'CONTENT_DIFFERS', `${report}, figure ${place}`)
    }
  }
})

test('figures are those of the log', async () => {
  const organisation = await usualOrganisation()
  const { content } = await make(organisation, 'accounting')
  assert.equal(figureAt(content, 'totals', 'answered'), 4)
  assert.equal(figureAt(content, 'totals', 'denied'), 1)
  assert.equal(figureAt(content, 'totals', 'withheld'), 1)
  const integrity = await make(organisation, 'integrity')
  assert.equal(figureAt(integrity.content, 'acts-of-the-year', 'signals-raised'), 1)
  assert.equal(figureAt(integrity.content, 'acts-of-the-year', 'epochs'), 1)
  const matching = await make(organisation, 'matching')
  assert.equal(figureAt(matching.content, 'register', 'agreements'), 1)
  const person = await make(organisation, 'access')
  // The withheld one is not there, and nothing says that it is not.
  assert.equal(figureAt(person.content, 'person', 'entries'), 3)
  assert.equal(figureAt(person.content, 'person', 'disclosures'), 2)
})

test('what a report rests on cannot be changed, left out, taken twice or brought from elsewhere', async () => {
  const organisation = await usualOrganisation()
  const file = await make(organisation, 'integrity')
  const change = (evidence: Partial<ReportFile['evidence']>): ReportFile => ({
    ...file,
    evidence: { ...file.evidence, ...evidence },
  })
  const { entries, counts, heads, records } = file.evidence
  const [first] = entries
  assert.ok(first && counts && entries.length > 2)
  const renamed = { ...first, record: first.record.replace('"tax"', '"tap"') }
  assert.equal(verdictOf(change({ entries: [renamed, ...entries.slice(1)] })), 'ENTRY_UNPROVEN')
  assert.equal(verdictOf(change({ entries: [first, ...entries] })), 'ENTRY_UNPROVEN')
  assert.equal(verdictOf(change({ entries: entries.toReversed() })), 'ENTRY_UNPROVEN')
  assert.equal(verdictOf(change({ entries: entries.slice(0, -1) })), 'CONTENT_DIFFERS')
  assert.equal(verdictOf(change({ heads: [] })), 'ENTRY_UNPROVEN')
  const unsigned = heads.map((head) => ({ ...head, checkpoint: head.checkpoint.slice(0, -30) }))
  assert.equal(verdictOf(change({ heads: unsigned })), 'HEAD_REFUSED')
  assert.equal(verdictOf(change({ policy: 'nonsense' })), 'KEYS_UNUSABLE')
  assert.equal(verdictOf(change({ records: [] })), 'DOCUMENT_WRONG')
  const other = records.map((text) => text.replace('Tax Agency', 'Tax Office'))
  assert.equal(verdictOf(change({ records: other })), 'DOCUMENT_WRONG')
  const [row, ...rest] = counts.rows
  assert.ok(row)
  const more = { ...counts, rows: [{ ...row, count: row.count + 1 }, ...rest] }
  assert.equal(verdictOf(change({ counts: more })), 'COUNTS_WRONG')
  const many = { ...more, entries: 900, erased: 900 - counts.entries - 1 }
  assert.equal(verdictOf(change({ counts: many })), 'COUNTS_WRONG')
  assert.equal(verdictOf({ ...file, report: 'ropa' }), 'ENTRY_FOREIGN')
  assert.equal(verdictOf({ ...file, organisation: 'housing' }), 'ENTRY_FOREIGN')
})

test("a report about a person needs that person's whole chain, of this organisation", async () => {
  const organisation = await usualOrganisation()
  const file = await make(organisation, 'access')
  const { person } = file.evidence
  assert.ok(person)
  const short = { ...person, chain: { ...person.chain, links: person.chain.links.slice(0, -1) } }
  const without = (part: ReportFile['evidence']['person']): ReportFile => ({
    ...file,
    evidence: { ...file.evidence, person: part },
  })
  assert.equal(verdictOf(without(short)), 'CHAIN_WRONG')
  assert.equal(verdictOf(without(null)), 'DOCUMENT_WRONG')
  const ben = await organisation.fileFor(personNumber(2))
  assert.equal(verdictOf(without(ben)), 'CONTENT_DIFFERS')
})

test('a report about the organisation names no person, official or case', async () => {
  const organisation = await usualOrganisation()
  for (const report of reportKinds) {
    if (reportTopics[report] === 'person') continue
    const text = JSON.stringify(await make(organisation, report))
    assert.ok(!text.includes(ann.value) && !text.includes('official-1'), report)
  }
  assert.ok(JSON.stringify(await make(organisation, 'access')).includes('official-1'), 'the twin')
})

test('a period is told by log time, and a report of one agreement is about that one', async () => {
  const organisation = await usualOrganisation()
  const first = 1_800_000_000_000
  const parameters = { fromMs: first + 3_000, untilMs: first + 5_000, agreement: null }
  const { content } = await make(organisation, 'accounting', { parameters })
  assert.equal(figureAt(content, 'totals', 'answered'), 2)
  const whole = { fromMs: 0, untilMs: organisation.clock.nowMs }
  const stranger = encodeBase64(agreementDigest(sampleEmergencyAgreement()))
  const none = await make(organisation, 'dpia', { parameters: { ...whole, agreement: stranger } })
  assert.deepEqual(
    none.content.sections.map(({ title }) => title),
    ['source'],
  )
  const one = await make(organisation, 'dpia', { parameters: { ...whole, agreement: digest } })
  assert.ok(one.content.sections.length > 3)
})
