import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decodeBase64, encodeBase64 } from '../bytes/index.ts'
import { nobleEd25519 } from '../crypto/index.ts'
import { createFixtureBackend, fixtureNowMs, makeFixtureLog } from '../testing/web/index.ts'
import { checkEvidence } from './check-evidence.ts'
import type { EvidenceReport } from './check-evidence.ts'
import { gatherEvidence } from './evidence.ts'
import type { Evidence, EvidenceDisclosure, OpenEvidence } from './evidence.ts'
import { parseEvidence } from './evidence-file.ts'
import { receiptTree } from './receipt-tree.ts'

const backend = createFixtureBackend()
const disclosures = await backend.disclosures('anybody')
const evidence = await gatherEvidence(backend, { disclosures }, fixtureNowMs)

function check(changed: Evidence): EvidenceReport {
  return checkEvidence(changed, nobleEd25519)
}

/** The evidence with its first disclosure changed. */
function withFirst(change: (first: OpenEvidence) => EvidenceDisclosure): Evidence {
  const [first, ...others] = evidence.disclosures
  assert.ok(first !== undefined && first.outcome !== 'sealed')
  return { ...evidence, disclosures: [change(first), ...others] }
}

function flipBit(base64: string, bit: number): string {
  const bytes = decodeBase64(base64)
  const at = (bit >> 3) % bytes.length
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7))
  return encodeBase64(bytes)
}

test('evidence as it is gathered holds: heads, receipts and their links', () => {
  const report = check(evidence)
  assert.equal(report.state, 'holds')
  assert.equal(report.heads.length, 3)
  assert.deepEqual(
    report.receipts.map(({ state, reason }) => [state, reason]),
    disclosures.map(() => ['holds', 'witnessed']),
  )
})

test('one changed bit of a leaf, its opening or a link is found, and named at its receipt', () => {
  fc.assert(
    fc.property(fc.constantFrom('leaf', 'r'), fc.nat(34 * 8 - 1), (field, bit) => {
      const report = check(
        withFirst((first) => ({ ...first, [field]: flipBit(first[field], bit) })),
      )
      return (
        report.state === 'fails' &&
        report.receipts[0]?.state === 'fails' &&
        report.receipts[1]?.state === 'holds'
      )
    }),
    { numRuns: 20 },
  )
  const other = withFirst((first) => ({
    ...first,
    consistency: (first.consistency ?? []).map((hash) => flipBit(hash, 3)),
  }))
  assert.equal(check(other).receipts[0]?.reason, 'LOG_FORKED')
})

test('a page that shows something else than the record says is found', () => {
  const changes: Partial<OpenEvidence>[] = [
    { consumer: 'social' },
    { provider: 'social' },
    { elements: ['annual_income'] },
    { elements: [] },
    { outcome: 'permit' },
    { code: 'CASE_CLOSED' },
    { purpose: 'https://cloison.eu/purpose/care' },
    { legalBasis: ['eu-gdpr:A6-1-a'] },
    { atMs: (evidence.disclosures[0]?.atMs ?? 0) + 1 },
  ]
  for (const change of changes) {
    const report = check(withFirst((first) => ({ ...first, ...change })))
    assert.equal(report.receipts[0]?.state, 'fails', JSON.stringify(change))
  }
})

test('a receipt of another entry, place, log or size proves nothing', () => {
  const [first, second] = evidence.disclosures
  assert.ok(first !== undefined && second !== undefined)
  const reason = (change: Partial<OpenEvidence>): string | undefined =>
    check(withFirst((one) => ({ ...one, ...change }))).receipts[0]?.reason
  assert.equal(reason({ proof: second.proof }), 'NOT_INCLUDED')
  assert.equal(reason({ origin: 'social.localhost/log/2026h2' }), 'ORIGIN_UNKNOWN')
  assert.equal(reason({ proof: first.proof.replace('\nindex 3\n', '\nindex 2\n') }), 'NOT_INCLUDED')
  assert.equal(reason({ entryIndex: 2 }), 'INDEX_DIFFERS')
  assert.equal(reason({ proof: 'no proof' }), 'MALFORMED')
  assert.equal(reason({ leaf: '!' }), 'BASE64_INVALID')
  assert.equal(reason({ record: '{"v": 1}' }), 'NOT_CANONICAL')
})

test('a head that no witness signed makes its receipts wait', () => {
  const heads = evidence.heads.map((head) => {
    const log = backend.logs.get(head.organisation)
    return { ...head, checkpoint: log?.note(log.size, []) ?? '' }
  })
  const report = check({ ...evidence, heads })
  assert.equal(report.state, 'waits')
  assert.ok(report.heads.every(({ reason }) => reason === 'QUORUM_NOT_MET'))
  assert.ok(report.receipts.every(({ state }) => state === 'waits'))
})

test('a head that is behind the receipt makes it wait, if the two are one log', async () => {
  const tax = backend.logs.get('tax')
  const [first] = evidence.disclosures
  assert.ok(tax !== undefined && first !== undefined)
  const size = receiptTree(first.proof)?.size ?? 0
  const heads = evidence.heads.map((head) =>
    head.organisation === 'tax'
      ? { ...head, checkpoint: tax.note(size - 1, [backend.witness]) }
      : head,
  )
  const consistency = await tax.consistency(size - 1, size)
  const behind = { ...withFirst((one) => ({ ...one, consistency })), heads }
  assert.equal(check(behind).receipts[0]?.reason, 'HEAD_BEHIND')
  assert.equal(check(behind).receipts[0]?.state, 'waits')
  const forked = { ...withFirst((one) => ({ ...one, consistency: [] })), heads }
  assert.equal(check(forked).receipts[0]?.state, 'fails')
})

test('a log that shows everybody another history than the person is found', () => {
  const tax = backend.logs.get('tax')
  assert.ok(tax !== undefined)
  const other = makeFixtureLog(
    'tax.localhost/log/2026h2',
    Array.from({ length: tax.size }, (_, index) => ({
      v: 1,
      class: 'governance',
      kind: 'admin.start',
      timeMs: index,
      organisation: 'tax',
      name: null,
      digest: null,
      body: null,
    })),
  )
  const heads = evidence.heads.map((head) =>
    head.organisation === 'tax'
      ? { ...head, checkpoint: other.note(other.size, [backend.witness]) }
      : head,
  )
  const report = check({ ...evidence, heads })
  assert.equal(report.receipts[0]?.reason, 'LOG_FORKED')
  assert.equal(report.heads.find(({ organisation }) => organisation === 'tax')?.state, 'holds')
})

test('without a link, a head or keys nothing is claimed', () => {
  const unlinked = check(withFirst((first) => ({ ...first, consistency: null })))
  assert.deepEqual(unlinked.receipts[0], { state: 'waits', reason: 'LINK_MISSING' })
  assert.equal(check({ ...evidence, heads: [] }).receipts[0]?.reason, 'HEAD_MISSING')
  assert.equal(check({ ...evidence, vkeys: '' }).state, 'fails')
  assert.equal(check({ ...evidence, vkeys: 'no key' }).reason, 'KEY_MALFORMED')
  assert.equal(check({ ...evidence, policy: '' }).reason, 'POLICY_MALFORMED')
  const [tax] = evidence.vkeys.split('\n')
  assert.equal(check({ ...evidence, vkeys: `${tax ?? ''}\n` }).state, 'fails')
})

test('a signature of a head that was changed is found', () => {
  const heads = evidence.heads.map((head) => ({
    ...head,
    checkpoint: head.checkpoint.replace(/\n(\d)\n/, (_, size: string) => `\n${Number(size) + 1}\n`),
  }))
  const report = check({ ...evidence, heads })
  assert.ok(report.heads.every(({ state }) => state === 'fails'))
})

test('an evidence file is read back as it was written, and nothing else is read', () => {
  assert.deepEqual(parseEvidence(JSON.stringify(evidence)), evidence)
  for (const text of ['', '{}', 'null', '[]', JSON.stringify({ ...evidence, more: 1 })]) {
    assert.equal(parseEvidence(text), undefined)
  }
})

test('no check throws, whatever a file of the right shape says', () => {
  fc.assert(
    fc.property(
      fc.record({ vkeys: fc.string(), policy: fc.string() }),
      fc.record({ leaf: fc.string(), r: fc.string(), record: fc.string(), proof: fc.string() }),
      (keys, entry) => {
        const odd = withFirst((first) => ({ ...first, ...entry }))
        return check(odd).state === 'fails' && check({ ...odd, ...keys }).state === 'fails'
      },
    ),
    { numRuns: 20 },
  )
})
