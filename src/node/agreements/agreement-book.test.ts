import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  agreementDigest,
  capScope,
  compileAgreement,
  signAgreement,
  type Agreement,
  type DescribedRegister,
} from '../../agreement/index.ts'
import { encodeBase64, type JsonObject } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import {
  type AgreementEvent,
  type AgreementReader,
  type KnownAgreement,
  type PersonWriter,
  standingNow,
  type StandingReader,
} from '../../person/index.ts'
import { samplePersonSource, samplePublicKey, sampleSeeds } from '../../testing/index.ts'
import { AgreementBook } from './agreement-book.ts'
import { agreementRefusal } from './judge-agreement.ts'

const dayMs = 86_400_000
/** What tax's officer signed with before the key was changed. */
const oldSeed = new Uint8Array(32).fill(9)

function signed(
  {
    id,
    after,
    consentIssuers = [],
  }: {
    readonly id: string
    readonly after?: KnownAgreement
    readonly consentIssuers?: readonly JsonObject[]
  },
  taxSeed: Uint8Array,
): KnownAgreement {
  const supersedes =
    after === undefined ? null : { id: after.agreement.id, version: 1, digest: after.digest }
  const agreement = compileAgreement(samplePersonSource({ id, supersedes, consentIssuers }))
  const seeds = [
    [agreement.provider, taxSeed],
    [agreement.consumer, sampleSeeds.housing],
  ] as const
  const whole = seeds.reduce<Agreement>(
    (made, [organisation, seed]) =>
      signAgreement(made, { organisation, role: 'dpo', seed }, nobleEd25519),
    agreement,
  )
  return {
    agreement: whole,
    digest: encodeBase64(agreementDigest(whole)),
    countersigned: false,
  }
}

const first = signed({ id: 'rent-one' }, sampleSeeds.tax)
const middle = signed({ id: 'rent-two', after: first }, oldSeed)
const last = signed({ id: 'rent-three', after: middle }, sampleSeeds.tax)

/** A book whose tax officer changes from two keys to the new one alone. */
function bookOfThree(registers: readonly DescribedRegister[] = []): {
  readonly book: AgreementBook
  readonly revoke: () => readonly string[]
} {
  const key = (seed: Uint8Array): Uint8Array => nobleEd25519.publicKey(seed)
  let keys = [key(sampleSeeds.tax), key(oldSeed)]
  const book = new AgreementBook({
    organisation: 'tax',
    clock: { now: () => first.agreement.notBeforeMs },
    ed25519: nobleEd25519,
    officers: () => ({
      dpos: new Map([
        ['tax', keys],
        ['housing', [key(sampleSeeds.housing)]],
      ]),
      inspectors: new Map(),
    }),
    files: [first, middle, last],
    registers,
    isConsentKey: () => true,
  })
  return {
    book,
    revoke() {
      keys = keys.slice(0, 1)
      return book.refresh()
    },
  }
}

const agreementsIn = (list: readonly KnownAgreement[]): readonly Agreement[] =>
  list.map(({ agreement }) => agreement)

test('a version whose signature is by a revoked key lets nothing through, and stays in its line', () => {
  const { book, revoke } = bookOfThree()
  assert.equal(book.known.length, 3)
  assert.match(revoke().join(), /^rent-two v1: /)
  assert.deepEqual(agreementsIn(book.known), agreementsIn([first, last]))
  assert.deepEqual(agreementsIn(book.lineage), agreementsIn([first, middle, last]))
})

test('caps go on counting across a version that was dropped; along what is in force alone they would start anew', () => {
  const { book, revoke } = bookOfThree()
  revoke()
  assert.equal(capScope(last.agreement, agreementsIn(book.lineage)), 'rent-one')
  assert.equal(capScope(last.agreement, agreementsIn(book.known)), 'rent-two')
})

function eventOf(
  agreement: string,
  kind: 'agreement.published' | 'agreement.suspended',
  day: number,
): AgreementEvent {
  const atMs = first.agreement.notBeforeMs + day * dayMs
  const place = { origin: '', index: 0 }
  return { agreement, kind, by: 'tax', atMs, cosignedAtMs: atMs, place }
}

/** All three are published; the first is suspended. */
const reader: StandingReader = {
  agreementEvents: (digest) => {
    const published = eventOf(digest, 'agreement.published', 0)
    const suspended = eventOf(digest, 'agreement.suspended', 1)
    return Promise.resolve(digest === first.digest ? [published, suspended] : [published])
  },
  witnessedMs: () => Promise.resolve(first.agreement.notBeforeMs + 40 * dayMs),
}

test('a suspension holds across a version that was dropped; along what is in force alone it would not', async () => {
  const { book, revoke } = bookOfThree()
  revoke()
  const nowMs = first.agreement.notBeforeMs + 40 * dayMs
  const timeLock = { milliseconds: 14 * dayMs, demo: false }
  const { known: agreements, lineage } = book
  const held = await standingNow(reader, last, nowMs, { timeLock, agreements, lineage })
  assert.equal(held.state, 'suspended')
  const free = await standingNow(reader, last, nowMs, { timeLock, agreements })
  assert.equal(free.state, 'active')
})

const income: DescribedRegister = {
  name: 'income',
  category: 'ordinary',
  subject: { scheme: 'demo-nin' },
  population: { size: 1_000_000 },
  elements: [
    { name: 'annualIncome', type: 'integer', category: 'ordinary' },
    { name: 'insured', type: 'boolean', category: 'ordinary' },
  ],
}

/** What an organisation with these registers says to the first agreement. */
function refusalBy(own: string, registers: readonly DescribedRegister[], known = first) {
  const key = (seed: Uint8Array): readonly Uint8Array[] => [nobleEd25519.publicKey(seed)]
  const dpos = new Map([
    ['tax', key(sampleSeeds.tax)],
    ['housing', key(sampleSeeds.housing)],
  ])
  const keys = { dpos, inspectors: new Map() }
  const nowMs = first.agreement.notBeforeMs
  return agreementRefusal(known, {
    own,
    registers,
    keys,
    isConsentKey: ({ organisation }) => organisation === 'clinic',
    others: [],
    nowMs,
    ed25519: nobleEd25519,
  })
}

test('a provider takes up no agreement that its registers cannot answer, and says which element it is', () => {
  assert.equal(refusalBy('tax', [income]), undefined)
  const refusal = refusalBy('tax', [{ ...income, elements: income.elements.slice(0, 1) }])
  assert.equal(refusal?.code, 'AGREEMENT_REGISTER_MISMATCH')
  assert.match(refusal.reason, /dataElements\.1: the register does not have it$/)
  assert.equal(refusalBy('housing', []), undefined, 'who asks has no registers for it')
})

test('an agreement whose issuer of consent does not count is not taken up', () => {
  const naming = (organisation: string): KnownAgreement => {
    const issuer = { organisation, keyId: 'x/consent/1', publicKey: samplePublicKey('clinic') }
    return signed({ id: 'rent-one', consentIssuers: [issuer] }, sampleSeeds.tax)
  }
  assert.equal(refusalBy('tax', [income], naming('clinic')), undefined)
  const refusal = refusalBy('tax', [income], naming('friends'))
  assert.equal(refusal?.code, 'AGREEMENT_ISSUER_REFUSED')
})

/** A log that has nothing yet, or the publication of every document. */
function logWith(isPublished: boolean): AgreementReader {
  return {
    agreementEvents: (digest) =>
      Promise.resolve(isPublished ? [eventOf(digest, 'agreement.published', 0)] : []),
    agreementDocuments: () => Promise.resolve([]),
    witnessedMs: () => Promise.resolve(undefined),
  }
}

test('a file that is new here and that the registers cannot answer ends the start; one that was published does not', async () => {
  const nobody: PersonWriter = { commit: () => Promise.reject(new Error('nothing is written')) }
  const begin = (registers: readonly DescribedRegister[], isPublished: boolean): Promise<void> =>
    bookOfThree(registers).book.begin({
      reader: logWith(isPublished),
      writer: nobody,
      know: () => undefined,
    })
  await begin([income], false)
  await begin([], true)
  await assert.rejects(begin([], false), {
    code: 'AGREEMENT_FILE_INVALID',
    message: /rent-one v1 .*dataElements\.0: the register does not have it/,
  })
})
