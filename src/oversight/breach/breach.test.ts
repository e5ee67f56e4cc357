import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ChainOrganisation,
  openOrganisation,
  personNumber,
  recordKeys,
} from '../../../tests/attack/chain-organisation.ts'
import { govern } from '../../../tests/attack/report-organisation.ts'
import { agreementDigest } from '../../agreement/index.ts'
import { encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { type ExchangeRecord, readEntry } from '../../log/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../platform/index.ts'
import { samplePersonAgreement } from '../../testing/index.ts'
import { exchangeRecordSchema } from '../../log/index.ts'
import { governanceIndex } from '../reports/index.ts'
import {
  breachBytes,
  breachesConcerning,
  breachIntent,
  countExposed,
  declaredBreaches,
  type Exposure,
  isBreachSigned,
  isExposed,
  parseBreachDeclaration,
  scopeOfKey,
  signBreach,
} from './index.ts'

const ed25519 = bestEd25519()
const seed = new Uint8Array(32).fill(9)
const timers = { sleep: async (): Promise<void> => undefined }
const beginMs = 1_800_000_000_000
const times = { fromMs: beginMs, untilMs: beginMs + 10_000, knownAtMs: beginMs + 20_000 }
const unsigned = { v: 1, organisation: 'tax', key: 'housing/gateway/00112233', ...times } as const
const party = { by: 'party', organisation: 'housing' } as const
const agreement = samplePersonAgreement()
const digest = encodeBase64(agreementDigest(agreement))
const known = [{ agreement, digest }]

function counting(
  organisation: ChainOrganisation,
  exposure: Exposure,
): ReturnType<typeof countExposed> {
  const { reader } = organisation
  return countExposed(exposure, { reader, timers, aead: aesGcm(systemRandomness), recordKeys })
}

async function recordAt(organisation: ChainOrganisation, index: number): Promise<ExchangeRecord> {
  const deps = { aead: aesGcm(systemRandomness), recordKeys }
  const entry = await readEntry(organisation.reader, index, deps)
  return exchangeRecordSchema.parse(JSON.parse(entry?.record ?? 'null'))
}

test('a declaration is read again as it was signed, and no byte of it can be changed', () => {
  const declaration = signBreach(unsigned, seed, ed25519)
  const bytes = breachBytes(declaration)
  const keys = [ed25519.publicKey(seed)]
  assert.deepEqual(parseBreachDeclaration(bytes), declaration)
  assert.ok(isBreachSigned(declaration, keys, ed25519))
  assert.ok(!isBreachSigned(declaration, [ed25519.publicKey(new Uint8Array(32))], ed25519))
  for (const place of bytes.keys()) {
    const changed = bytes.slice()
    changed[place] = (changed[place] ?? 0) ^ 1
    const read = parseBreachDeclaration(changed)
    assert.ok(read === undefined || !isBreachSigned(read, keys, ed25519), `byte ${place}`)
  }
  const backwards = { ...unsigned, untilMs: unsigned.fromMs }
  assert.equal(parseBreachDeclaration(breachBytes(signBreach(backwards, seed, ed25519))), undefined)
})

test('the numbers are those of a count by hand: of answers in the window, and of who they are about', async () => {
  const organisation = await openOrganisation()
  for (const who of [1, 2, 1]) await organisation.record(personNumber(who))
  await organisation.record(personNumber(3), { kind: 'person.denied', outcome: 'deny' })
  await organisation.record(personNumber(4), { consumer: 'social', official: 'other' })
  organisation.clock.nowMs = beginMs + 10_000
  await organisation.record(personNumber(5))
  const whole = { exchanges: 3, persons: 2, erased: 0 }
  assert.deepEqual(await counting(organisation, { ...times, scope: party }), whole)
  const later = { ...times, fromMs: beginMs + 1_000, scope: party }
  assert.deepEqual(await counting(organisation, later), { exchanges: 2, persons: 2, erased: 0 })
  const official = { by: 'official', consumer: 'social', official: 'other' } as const
  assert.equal((await counting(organisation, { ...times, scope: official })).exchanges, 1)
})

test('a record that was erased is neither exposed nor safe: it is told by itself', async () => {
  const organisation = await openOrganisation()
  for (const who of [1, 2]) await organisation.record(personNumber(who))
  const { reader } = organisation
  const blind = { of: (): undefined => undefined }
  const deps = { reader, timers, aead: aesGcm(systemRandomness), recordKeys: blind }
  const counted = await countExposed({ ...times, scope: party }, deps)
  assert.deepEqual(counted, { exchanges: 0, persons: 0, erased: 2 })
})

test('each use of a key exposes what it could open, and a key that nobody names exposes nothing', () => {
  const hexOf = (publicKey: Uint8Array): string => encodeHex(sha256(publicKey)).slice(0, 8)
  const caseKey = Buffer.from(agreement.caseRule.issuer.publicKey, 'base64')
  const under = { by: 'agreements', digests: [digest], consented: false }
  assert.deepEqual(scopeOfKey('housing/gateway/00000000', known), party)
  assert.deepEqual(scopeOfKey('tax/tls/00000000', known), { by: 'party', organisation: 'tax' })
  assert.deepEqual(scopeOfKey(`housing/case/${hexOf(caseKey)}`, known), under)
  const [signature] = agreement.signatures
  assert.ok(signature)
  assert.deepEqual(scopeOfKey(signature.keyId, known), under)
  for (const key of [
    'care/gateway/00000000',
    'housing/case/00000000',
    `tax/case/${hexOf(caseKey)}`,
    'housing/dpo/00000000',
    'housing/consent/00000000',
    'housing/log/00000000',
    'nonsense',
  ])
    assert.equal(scopeOfKey(key, known), undefined, key)
})

test('whoever has an exposed entry has the notice, and nobody else; a withheld one says nothing', async () => {
  const organisation = await openOrganisation()
  const { reader } = organisation
  for (const who of [1, 2]) await organisation.record(personNumber(who))
  organisation.clock.nowMs = beginMs + 10_000
  await organisation.record(personNumber(3))
  const declaration = signBreach(unsigned, seed, ed25519)
  const counts = { exchanges: 2, persons: 2, erased: 0 }
  const { kind, name, body } = breachIntent(declaration, party, counts)
  const index = governanceIndex({ reader, timers })
  assert.deepEqual(await declaredBreaches(index, reader), [])
  await govern(organisation, { kind, name, body })
  const breaches = await declaredBreaches(index, reader)
  const [breach] = breaches
  assert.deepEqual(
    [breaches.length, breach?.place.index, breach?.persons, breach?.key],
    [1, 3, 2, unsigned.key],
  )
  const [first, , third] = await Promise.all([0, 1, 2].map((at) => recordAt(organisation, at)))
  assert.ok(first && third)
  assert.equal(breachesConcerning([{ record: third }, { record: first }], breaches).length, 1)
  assert.equal(breachesConcerning([{ record: third }], breaches).length, 0)
  // What the person may not see yet is not among what is disclosed.
  assert.equal(breachesConcerning([], breaches).length, 0)
  assert.ok(isExposed(first, { ...times, scope: party }))
  assert.ok(!isExposed({ ...first, outcome: 'deny' }, { ...times, scope: party }))
})

test('the entry of a breach names nobody', async () => {
  const organisation = await openOrganisation()
  await organisation.record(personNumber(1))
  const handle = organisation.subjects.handleOf(personNumber(1))
  const counted = await counting(organisation, { ...times, scope: party })
  const intent = breachIntent(signBreach(unsigned, seed, ed25519), party, counted)
  const text = JSON.stringify([intent, counted])
  assert.ok(!text.includes(handle) && !text.includes(personNumber(1).value))
  assert.ok(utf8(text).length < 1_000)
})
