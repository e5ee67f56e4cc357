import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import * as fc from 'fast-check'

import {
  BytesError,
  canonicalJson,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
  readCanonicalJson,
} from '../bytes/index.ts'
import { EXCHANGE_KINDS, type ExchangeRecord, type GovernanceRecord } from './entry/index.ts'
import {
  chainLink,
  governanceOpening,
  LEAF_BYTES,
  exchangeEntry,
  makeEntry,
  type ChainPlace,
} from './make-entry.ts'

interface EntryVector {
  readonly note: string
  readonly r: string
  readonly record: ExchangeRecord | GovernanceRecord
  readonly canonical: string
  readonly commitment: string
  readonly leaf: string
  readonly opening?: { readonly index: number; readonly path: string; readonly bytes: string }
}

interface Vectors {
  readonly entries: readonly EntryVector[]
  readonly links: readonly (ChainPlace & { readonly c: string; readonly link: string })[]
  readonly refused: readonly { readonly reason: string; readonly record: ExchangeRecord }[]
}

const file = new URL('../../vectors/cloison-log-entry-v1.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))

/** RFC 8785 by other means: sorted members, else what ECMAScript writes. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${sortedJson(member)}`).join()}}`
}

/** The leaf of a vector, recomputed by OpenSSL from its text. */
function leafByOpenssl({ r, canonical, record }: EntryVector): string {
  const hash = createHash('sha256').update('cloison/commitment/v1\n').update(Buffer.from(r, 'hex'))
  const commitment = hash.update(canonical, 'utf8').digest('hex')
  return `01${record.class === 'exchange' ? '01' : '02'}${commitment}`
}

test('entries are those of the vectors, and OpenSSL computes the same', () => {
  for (const vector of vectors.entries) {
    const entry = makeEntry(vector.record, decodeHex(vector.r))
    assert.equal(decodeUtf8(entry.recordBytes), vector.canonical, vector.note)
    assert.equal(sortedJson(vector.record), vector.canonical, vector.note)
    assert.equal(encodeHex(entry.commitment), vector.commitment, vector.note)
    assert.equal(encodeHex(entry.leaf), vector.leaf, vector.note)
    assert.equal(leafByOpenssl(vector), vector.leaf, vector.note)
    if (vector.opening === undefined) continue
    const { index, bytes } = vector.opening
    assert.equal(decodeUtf8(governanceOpening(index, entry)), bytes)
  }
  for (const { c, chain, seq, prev, link } of vectors.links) {
    assert.equal(encodeHex(chainLink(decodeHex(c), { chain, seq, prev })), link)
    const hash = createHash('sha256').update('cloison/chain/v1\n').update(Buffer.from(c, 'hex'))
    assert.equal(hash.update(sortedJson({ chain, seq, prev })).digest('hex'), link)
  }
  for (const { reason, record } of vectors.refused) {
    const refused = (error: unknown): boolean =>
      error instanceof TypeError || (error instanceof BytesError && error.code === 'NOT_NFC')
    assert.throws(() => makeEntry(record, new Uint8Array(32)), refused, reason)
  }
  const run = vectors.entries.length + vectors.links.length + vectors.refused.length
  console.log(`cloison-log-entry-v1.json: ${run}/${run} vectors`)
})

test('a changed byte in a vector is noticed', () => {
  for (const vector of vectors.entries) {
    const changed = { ...vector, canonical: vector.canonical.replace('"v":1', '"v":2') }
    assert.notEqual(leafByOpenssl(changed), vector.leaf)
    const r = vector.r.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
    assert.notEqual(encodeHex(makeEntry(vector.record, decodeHex(r)).leaf), vector.leaf)
  }
})

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const digest = bytes32.map(encodeBase64)
const token = fc.stringMatching(/^[!#-[\]-~]{1,40}$/)
const organisation = fc.stringMatching(/^[a-z][a-z0-9-]{1,30}$/)
const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value)

const exchangeRecord: fc.Arbitrary<ExchangeRecord> = fc.record({
  v: fc.constant(1),
  class: fc.constant('exchange'),
  kind: fc.constantFrom(...EXCHANGE_KINDS),
  timeMs: fc.maxSafeNat(),
  exchangeId: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(encodeBase64Url),
  consumer: organisation,
  provider: organisation,
  agreement: nullable(
    fc.record({ id: token, version: fc.integer({ min: 1, max: 2 ** 31 - 1 }), digest }),
  ),
  purpose: nullable(token),
  legalBasis: nullable(token),
  elements: fc.array(token, { maxLength: 5 }),
  outcome: nullable(fc.constantFrom('permit', 'deny')),
  code: nullable(fc.constantFrom('CAP_EXCEEDED', 'CASE_CLOSED')),
  cap: nullable(token),
  official: nullable(token),
  case: nullable(digest),
  consent: nullable(digest),
  notice: nullable(fc.constantFrom('immediate', 'withheld')),
  noticeUntilMs: nullable(fc.maxSafeNat()),
  questionDigest: nullable(digest),
  resultDigest: nullable(digest),
  peer: nullable(digest),
  chain: nullable(digest),
})

const governanceRecord: fc.Arbitrary<GovernanceRecord> = fc.record({
  v: fc.constant(1),
  class: fc.constant('governance'),
  kind: fc.constantFrom('admin.start', 'agreement.published', 'counts.day', 'signal.raised'),
  timeMs: fc.maxSafeNat(),
  organisation,
  name: nullable(fc.stringMatching(/^[a-z/é ]{1,20}$/u)),
  digest: nullable(digest),
  body: nullable(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.integer(), { maxKeys: 4 })),
})

const record = fc.oneof(exchangeRecord, governanceRecord)

test('record bytes are canonical JSON that passes the gate and says the record', () => {
  const property = fc.property(record, bytes32, (record, r) => {
    const { recordBytes } = makeEntry(record, r)
    assert.equal(decodeUtf8(recordBytes), canonicalJson(JSON.parse(sortedJson(record))))
    assert.deepEqual(readCanonicalJson(recordBytes), JSON.parse(sortedJson(record)))
  })
  fc.assert(property, { numRuns: 200 })
})

test('an exchange record read from its bytes makes the entry that it was written for', () => {
  const property = fc.property(exchangeRecord, bytes32, (record, r) => {
    const entry = makeEntry(record, r)
    assert.deepEqual(exchangeEntry(entry.recordBytes, r), entry)
    assert.throws(() => exchangeEntry(entry.recordBytes, r.subarray(1)), RangeError)
  })
  fc.assert(property, { numRuns: 50 })
})

test('every leaf has 34 bytes and shows nothing but version, class and commitment', () => {
  const property = fc.property(record, bytes32, (record, r) => {
    const { leaf, commitment } = makeEntry(record, r)
    assert.equal(leaf.length, LEAF_BYTES)
    assert.deepEqual([...leaf.subarray(0, 2)], [1, record.class === 'exchange' ? 1 : 2])
    assert.deepEqual(leaf.subarray(2), commitment)
  })
  fc.assert(property, { numRuns: 100 })
})

test('changing any byte of the record or of r gives another commitment', () => {
  const property = fc.property(record, bytes32, fc.nat(), (record, r, at) => {
    const { commitment, recordBytes } = makeEntry(record, r)
    const otherR = r.map((byte, i) => (i === at % 32 ? byte ^ 1 : byte))
    assert.notDeepEqual(makeEntry(record, otherR).commitment, commitment)
    const otherTime = { ...record, timeMs: record.timeMs === 0 ? 1 : record.timeMs - 1 }
    assert.notDeepEqual(makeEntry(otherTime, r).commitment, commitment)
    const bytes = recordBytes.map((byte, i) => (i === at % recordBytes.length ? byte ^ 1 : byte))
    const hash = createHash('sha256').update('cloison/commitment/v1\n').update(r).update(bytes)
    assert.notEqual(hash.digest('hex'), encodeHex(commitment))
  })
  fc.assert(property, { numRuns: 100 })
})

test('equal records with different r share no byte string that links them', () => {
  const property = fc.property(record, bytes32, bytes32, (record, r1, r2) => {
    fc.pre(encodeHex(r1) !== encodeHex(r2))
    const [a, b] = [makeEntry(record, r1).leaf, makeEntry(record, r2).leaf]
    let common = 0
    for (let i = 2; i < LEAF_BYTES; i += 1) common += a[i] === b[i] ? 1 : 0
    // Of 32 random bytes, 9 or more agree by chance less than once in 10^14 pairs.
    assert.ok(common < 9, `${common} bytes agree`)
  })
  fc.assert(property, { numRuns: 200 })
})

test('a wrong length of r or c, a body that is too deep or too long: refused', () => {
  const governance: GovernanceRecord = {
    v: 1,
    class: 'governance',
    kind: 'admin.start',
    timeMs: 0,
    organisation: 'tax',
    name: null,
    digest: null,
    body: null,
  }
  for (const length of [0, 31, 33]) {
    assert.throws(() => makeEntry(governance, new Uint8Array(length)), RangeError)
    const place: ChainPlace = { chain: 'open', seq: 1, prev: null }
    assert.throws(() => chainLink(new Uint8Array(length), place), RangeError)
  }
  for (const seq of [-1, 0.5, 2 ** 53]) {
    const place: ChainPlace = { chain: 'open', seq, prev: null }
    assert.throws(() => chainLink(new Uint8Array(32), place), RangeError)
  }
  const deep = (depth: number): GovernanceRecord => ({
    ...governance,
    body: JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  })
  assert.ok(makeEntry(deep(11), new Uint8Array(32)))
  const code = (expected: string) => (error: unknown) =>
    error instanceof BytesError && error.code === expected
  assert.throws(() => makeEntry(deep(12), new Uint8Array(32)), code('TOO_DEEP'))
  const long = { ...governance, body: { text: 'x'.repeat(65_000) } }
  assert.throws(() => makeEntry(long, new Uint8Array(32)), code('TOO_LARGE'))
})

test('what is wrong with a record is named by its place, never by its value', () => {
  const [first] = vectors.entries
  assert.ok(first?.record.class === 'exchange')
  const wrong = { ...first.record, purpose: 'Jane Doe, 12 Mill Lane', cap: 'a b' }
  assert.throws(
    () => makeEntry(wrong, new Uint8Array(32)),
    new TypeError('record is not of version 1: purpose, cap'),
  )
})
