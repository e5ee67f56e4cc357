import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bystanderCases } from '../../tests/fault/bystander-cases.ts'
import { openExchange } from '../../tests/fault/in-process-exchange.ts'
import {
  addHonestly,
  type ChainOrganisation,
  openOrganisation,
  origin,
  periodMs,
  personNumber,
  recordKeys,
} from '../../tests/attack/chain-organisation.ts'
import { encodeBase64 } from '../bytes/index.ts'
import { bystanderMarks, readEntry } from '../log/index.ts'
import {
  type ChainLink,
  parseSubjectFile,
  type SubjectFile,
  verifySubjectFile,
} from '../log/verify/index.ts'
import { askQuestion } from '../person/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../platform/index.ts'
import { disclosureLists, disclosuresFor } from './index.ts'

const ed25519 = bestEd25519()
const aead = aesGcm(systemRandomness)
const heir = personNumber(1)

/** Words that stand in a record of the organisation under test and that its bystander must not read. */
const hidden = [
  'income_below_limit',
  'official-1',
  'permit',
  'person.answered',
  'person.denied',
  '"deny"',
  'CAP_EXCEEDED',
]

type Change = NonNullable<Parameters<typeof addHonestly>[2]['change']>

/** An entry about the heir, marked. */
async function recordMarked(organisation: ChainOrganisation, change: Change = {}): Promise<void> {
  await organisation.act(async (tx, batch) =>
    addHonestly(
      tx,
      { ...batch, add: (record, s) => batch.add(record, s, bystanderMarks) },
      { subject: heir, subjects: organisation.subjects, change },
    ),
  )
  organisation.clock.nowMs += 1000
}

/** An own entry of the heir, and three of another person's case in between. */
async function usualOrganisation(): Promise<ChainOrganisation> {
  const organisation = await openOrganisation()
  await recordMarked(organisation)
  await organisation.record(heir, { elements: ['own_fact'] })
  const denial = { kind: 'person.denied', outcome: 'deny', code: 'CAP_EXCEEDED' } as const
  await recordMarked(organisation, denial)
  await recordMarked(organisation)
  organisation.clock.nowMs += periodMs
  assert.equal(await organisation.closeEpoch(), 'closed')
  return organisation
}

function depsOf({ reader, subjects, clock }: ChainOrganisation) {
  return { reader, subjects, aead, recordKeys, clock: { now: () => clock.nowMs } }
}

/** All that opens a sealed entry, or stands in its record and in no other. */
async function secretsOf({ reader, disk }: ChainOrganisation): Promise<readonly string[]> {
  const secrets: string[] = []
  for (const index of [0, 2, 3]) {
    const entry = await readEntry(reader, index, { aead, recordKeys })
    assert.ok(entry?.marks !== undefined)
    const record: unknown = JSON.parse(entry.record)
    assert.ok(typeof record === 'object' && record !== null && 'exchangeId' in record)
    secrets.push(encodeBase64(entry.r), String(record.exchangeId))
    if ('chain' in record) secrets.push(String(record.chain))
  }
  assert.ok(disk.tables.head !== undefined)
  return secrets
}

async function assertTellsNothing(organisation: ChainOrganisation, output: unknown): Promise<void> {
  const text = JSON.stringify(output)
  for (const secret of await secretsOf(organisation)) assert.ok(!text.includes(secret), secret)
}

test('of a sealed entry the person gets who asked, why, under which law and when, and its proof', async () => {
  const organisation = await usualOrganisation()
  const head = { checkpoint: await organisation.checkpoint(), size: 4 }
  const found = await disclosuresFor(heir, async () => head, depsOf(organisation))
  assert.deepEqual(
    found.disclosures.map(({ index }) => index),
    [1],
  )
  assert.deepEqual(
    found.sealed.map(({ index }) => index),
    [3, 2, 0],
  )
  const members = [
    'consumer',
    'index',
    'leaf',
    'legalBasis',
    'origin',
    'proof',
    'purpose',
    'timeMs',
  ]
  for (const one of found.sealed) assert.deepEqual(Object.keys(one).toSorted(), members)
  const text = JSON.stringify(found.sealed)
  for (const word of hidden) assert.ok(!text.includes(word), word)
  assert.ok(text.includes('https://cloison.eu/purpose/service') && text.includes('eu-gdpr:A6-1-e'))
  await assertTellsNothing(organisation, [found.sealed, found.disclosures])
})

test('a list tells neither kind nor outcome of a sealed entry, and a picked entry is no fuller', async () => {
  const organisation = await usualOrganisation()
  const lines = await disclosureLists(depsOf(organisation))(heir, async () => undefined)
  assert.deepEqual([lines.listed.length, lines.sealed.length], [1, 3])
  for (const one of lines.sealed)
    assert.deepEqual(Object.keys(one).toSorted(), [
      'consumer',
      'index',
      'origin',
      'published',
      'timeMs',
    ])
  const only = [{ origin, index: 2 }]
  const picked = await disclosuresFor(heir, async () => undefined, depsOf(organisation), only)
  assert.deepEqual([picked.disclosures.length, picked.sealed.length], [0, 1])
})

test('an exported file with sealed entries is whole, says how many, and opens none', async () => {
  const organisation = await usualOrganisation()
  const file = await organisation.fileFor(heir)
  const verdict = verifySubjectFile(file, { ed25519 })
  assert.ok(verdict.ok)
  assert.deepEqual([verdict.records.length, verdict.sealed, verdict.erased], [4, 3, 0])
  const sealed = file.chain.links.filter(({ entry }) => entry.sealed !== undefined)
  for (const { c, entry } of sealed)
    assert.deepEqual([c, entry.r, entry.record], [null, null, null])
  const text = JSON.stringify(sealed)
  for (const word of hidden) assert.ok(!text.includes(word), word)
  await assertTellsNothing(organisation, file)
  assert.deepEqual(parseSubjectFile(JSON.stringify(file)), file)
  assert.deepEqual((await organisation.check()).flaws, [])
})

function withLink(
  file: SubjectFile,
  at: number,
  change: (link: ChainLink) => ChainLink | undefined,
): SubjectFile {
  const links = file.chain.links.flatMap((link, place) =>
    place === at ? (change(link) ?? []) : [link],
  )
  return { ...file, chain: { ...file.chain, links } }
}

function verdictOf(file: SubjectFile): string {
  const verdict = verifySubjectFile(file, { ed25519 })
  return verdict.ok ? 'whole' : verdict.code
}

test('a sealed entry that was changed, exchanged, opened beside, or left out is found', async () => {
  const organisation = await usualOrganisation()
  const file = await organisation.fileFor(heir)
  const { leaf, proof } = file.chain.links[3]?.entry ?? assert.fail()
  const entryWith = (change: object) =>
    withLink(file, 2, (link) => ({ ...link, entry: { ...link.entry, ...change } }))
  assert.equal(verdictOf(file), 'whole')
  assert.equal(verdictOf(entryWith({ leaf })), 'NOT_INCLUDED')
  assert.equal(verdictOf(entryWith({ index: 3 })), 'ENTRY_MALFORMED')
  assert.equal(verdictOf(entryWith({ leaf, index: 3, proof })), 'LINK_WRONG')
  assert.equal(verdictOf(entryWith({ r: encodeBase64(new Uint8Array(32)) })), 'ENTRY_MALFORMED')
  assert.equal(verdictOf(entryWith({ record: '{}' })), 'ENTRY_MALFORMED')
  const { sealed } = file.chain.links[2]?.entry ?? assert.fail()
  const besides = withLink(file, 1, (link) => {
    return sealed === undefined ? link : { ...link, entry: { ...link.entry, sealed } }
  })
  assert.equal(verdictOf(besides), 'ENTRY_MALFORMED')
  const withC = withLink(file, 2, (link) => ({ ...link, c: encodeBase64(new Uint8Array(32)) }))
  assert.equal(verdictOf(withC), 'LINK_WRONG')
  assert.equal(verdictOf(withLink(file, 2, () => undefined)), 'CHAIN_GAP')
  assert.equal(verdictOf(withLink(file, 3, () => undefined)), 'CHAIN_GAP')
})

test('what stays withheld is not there at all; once it has opened it is sealed', async () => {
  const organisation = await openOrganisation()
  const untilMs = organisation.clock.nowMs + 2 * periodMs
  await recordMarked(organisation, { notice: 'withheld', noticeUntilMs: untilMs })
  organisation.clock.nowMs += periodMs
  await organisation.closeEpoch()
  const seen = () => disclosuresFor(heir, async () => undefined, depsOf(organisation))
  const before = await seen()
  assert.deepEqual([before.sealed.length, before.exposable.length], [0, 0])
  assert.deepEqual((await organisation.fileFor(heir)).opened, [])
  organisation.clock.nowMs = untilMs + periodMs
  assert.equal(await organisation.closeEpoch(), 'closed')
  assert.deepEqual([(await seen()).sealed.length, (await seen()).disclosures.length], [1, 0])
  const file = await organisation.fileFor(heir)
  assert.equal(file.opened[0]?.record, null)
  const verdict = verifySubjectFile(file, { ed25519 })
  assert.ok(verdict.ok)
  assert.deepEqual([verdict.opened, verdict.sealed], [1, 1])
})

test('a question that was asked for real is sealed at both organisations', async () => {
  using exchange = await openExchange()
  const deps = { ...exchange.consumerDeps, cases: bystanderCases(exchange) }
  assert.equal((await askQuestion(exchange.request(1), deps)).outcome, 'permit')
  const { subject, elements } = exchange.request(1)
  for (const { reader, recordKeys: keys, subjects } of [exchange.provider, exchange.consumer]) {
    const reads = { reader, subjects, aead, recordKeys: keys, clock: exchange.clock }
    const found = await disclosuresFor(subject, async () => undefined, reads)
    assert.equal(found.disclosures.length, 0)
    assert.ok(found.sealed.length > 0)
    const text = JSON.stringify(found.sealed)
    for (const word of [...elements, 'permit', 'official', 'provider', 'person.'])
      assert.ok(!text.includes(word), word)
  }
})
