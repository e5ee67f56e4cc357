import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { addMonths, compileAgreement } from '../../agreement/index.ts'
import { encodeBase64Url } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { checkChains, disclosuresFor } from '../../oversight/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import {
  type SecrecyOrderClaims,
  signConsentToken,
  signSecrecyOrder,
} from '../../protocol/index.ts'
import {
  sampleBeginMs,
  samplePersonAgreement,
  samplePersonSource,
  samplePublicKey,
  sampleSeeds,
} from '../../testing/index.ts'
import { askQuestion } from '../ask-question.ts'
import type { AskOutcome } from '../ask-outcome.ts'
import type { ExchangeTransaction } from '../exchange-store.ts'
import type { KnownAgreement } from '../question-facts.ts'
import { type OrderRefusal, readSecrecyOrder } from './read-secrecy-order.ts'
import type { NewOrder, SafeguardCommitted } from './safeguard-act.ts'

const dayMs = 86_400_000
const law = 'celex:32016R0679'
const notice = {
  kind: 'withheld',
  law,
  authority: { name: 'Court of Audit', publicKey: samplePublicKey('inspector') },
  untilMs: sampleBeginMs + 200 * dayMs,
} as const
const agreement = samplePersonAgreement({ notice })

function claimsOf(
  { known, clock }: InProcessExchange,
  changes: Partial<SecrecyOrderClaims> = {},
): SecrecyOrderClaims {
  const iat = Math.floor(clock.now() / 1000) - 60
  return {
    iss: notice.authority.name,
    iat,
    exp: iat + 30 * 86_400,
    law,
    agreement: known.agreement.id,
    version: known.agreement.version,
    digest: known.digest,
    ...changes,
  }
}

function read(
  order: string,
  { known, clock }: InProcessExchange,
  partyKeys: readonly Uint8Array[] = [],
  about: KnownAgreement = known,
): Promise<NewOrder | OrderRefusal> {
  return readSecrecyOrder(order, about, { nowMs: clock.now(), ed25519: nobleEd25519, partyKeys })
}

/** The order as both organisations take it up. */
async function take(
  exchange: InProcessExchange,
  changes: Partial<SecrecyOrderClaims> = {},
  by: readonly ('provider' | 'consumer')[] = ['provider', 'consumer'],
): Promise<readonly SafeguardCommitted[]> {
  const token = await signSecrecyOrder(claimsOf(exchange, changes), sampleSeeds.inspector)
  const order = await read(token, exchange)
  assert.ok(typeof order !== 'string')
  const done: SafeguardCommitted[] = []
  for (const one of by) {
    const committed = await exchange[one].writer.commit({
      type: 'safeguard',
      act: 'withhold',
      order,
    })
    if (committed.type === 'safeguard') done.push(committed)
  }
  return done
}

function ask(exchange: InProcessExchange, number = 1): Promise<AskOutcome> {
  return askQuestion(exchange.request(number), exchange.consumerDeps)
}

/** What the person whom question 1 is about sees, at both organisations. */
async function seen(exchange: InProcessExchange): Promise<readonly string[]> {
  const { subject } = exchange.request(1)
  const kinds: string[] = []
  for (const { reader, recordKeys, subjects } of [exchange.provider, exchange.consumer]) {
    const aead = aesGcm(systemRandomness)
    const deps = { reader, recordKeys, subjects, aead, clock: exchange.clock }
    const { disclosures: found } = await disclosuresFor(
      subject,
      () => Promise.resolve(undefined),
      deps,
    )
    kinds.push(...found.map(({ record }) => record.kind))
  }
  return kinds.toSorted()
}

test('an order is taken only from the named authority, for this agreement and law, and 12 months at most', async () => {
  using exchange = await openExchange({ agreement })
  const good = claimsOf(exchange)
  const sign = (changes: Partial<SecrecyOrderClaims>, seed = sampleSeeds.inspector) =>
    signSecrecyOrder({ ...good, ...changes }, seed)
  assert.equal(typeof (await read(await sign({}), exchange)), 'object')
  const issuedAtMs = good.iat * 1000
  const latest = addMonths(issuedAtMs, 12) / 1000
  assert.equal(typeof (await read(await sign({ exp: latest }), exchange)), 'object')
  const genuine = await sign({})
  const consent = await signConsentToken(
    {
      iss: good.iss,
      aud: 'tax',
      iat: good.iat,
      exp: good.exp,
      exchangeId: encodeBase64Url(new Uint8Array(16)) as never,
      agreement: good.agreement,
      version: good.version,
      elements: ['insured'],
      subject: exchange.request(1).subject,
      auth_time: good.iat,
    },
    sampleSeeds.inspector,
  )
  const refused: readonly (readonly [OrderRefusal, string])[] = [
    ['ORDER_INVALID', await sign({}, sampleSeeds.housing)],
    ['ORDER_INVALID', `${genuine.slice(0, -4)}AAAA`],
    ['ORDER_INVALID', await sign({ iss: 'Another Court' })],
    ['ORDER_INVALID', await sign({ exp: good.iat })],
    ['ORDER_INVALID', await sign({ iat: good.iat + 200 })],
    ['ORDER_INVALID', ''],
    ['ORDER_INVALID', consent],
    ['ORDER_NOT_IN_FORCE', await sign({ iat: good.iat - 100, exp: good.iat })],
    ['ORDER_FOREIGN', await sign({ law: 'celex:32016L0680' })],
    ['ORDER_FOREIGN', await sign({ agreement: 'another-agreement' })],
    ['ORDER_FOREIGN', await sign({ version: 2 })],
    ['ORDER_FOREIGN', await sign({ digest: Buffer.alloc(32, 1).toString('base64') })],
    ['ORDER_TOO_LONG', await sign({ exp: latest + 1 })],
  ]
  for (const [code, order] of refused) assert.equal(await read(order, exchange), code, order)
})

test('neither party is the authority: not by a key of its own, nor by name, nor through the case source', async () => {
  using exchange = await openExchange({ agreement })
  const order = await signSecrecyOrder(claimsOf(exchange), sampleSeeds.inspector)
  const key = nobleEd25519.publicKey(sampleSeeds.inspector)
  assert.equal(await read(order, exchange, [key]), 'AUTHORITY_NOT_INDEPENDENT')
  const { authority } = notice
  for (const own of [
    { name: 'tax', publicKey: authority.publicKey },
    { name: 'Housing', publicKey: authority.publicKey },
    { name: authority.name, publicKey: samplePublicKey('cases') },
  ]) {
    const source = samplePersonSource({ notice: { ...notice, authority: own } })
    assert.throws(() => compileAgreement(source), { code: 'RULE_NOTICE' })
  }
  using plain = await openExchange()
  assert.equal(await read(order, plain), 'ORDER_NOT_NEEDED')
})

test('without an order nothing is asked, and the person sees that it was tried', async () => {
  using exchange = await openExchange({ agreement })
  const refused = await ask(exchange)
  assert.deepEqual([refused.code, refused.receipt], ['SECRECY_NOT_AUTHORISED', null])
  assert.deepEqual(await seen(exchange), ['person.denied'])
  // The provider has its own order, or refuses: it does not take the consumer's word.
  await take(exchange, {}, ['consumer'])
  const there = await ask(exchange, 2)
  assert.equal(there.code, 'SECRECY_NOT_AUTHORISED')
  assert.notEqual(there.receipt, null)
  assert.deepEqual(exchange.lookUps, [])
})

test('under an order the person sees nothing at either organisation until its end, and then all of it', async () => {
  using exchange = await openExchange({ agreement })
  await take(exchange)
  assert.equal((await ask(exchange)).outcome, 'permit')
  assert.deepEqual(await seen(exchange), [])
  const endMs = claimsOf(exchange).exp * 1000
  exchange.clock.advance(endMs - exchange.clock.now() - 1)
  assert.deepEqual(await seen(exchange), [])
  exchange.clock.advance(1)
  assert.deepEqual(await seen(exchange), ['person.answered', 'person.asked', 'person.received'])
  const again = { ...exchange.request(1), idempotencyKey: 'after-the-end-of-it' }
  const outcome = await askQuestion(again, exchange.consumerDeps)
  assert.equal(outcome.code, 'SECRECY_NOT_AUTHORISED')
})

test('what is withheld is in the second chain at both organisations, linked to what was withheld before', async () => {
  using exchange = await openExchange({ agreement })
  await take(exchange)
  await ask(exchange)
  exchange.clock.advance(31 * dayMs)
  await take(exchange, { exp: claimsOf(exchange).exp })
  await askQuestion(
    { ...exchange.request(1), idempotencyKey: 'a-month-later' },
    exchange.consumerDeps,
  )
  const { subject } = exchange.request(1)
  for (const [side, count] of [
    ['provider', 2],
    ['consumer', 4],
  ] as const) {
    const { reader, subjects, recordKeys } = exchange[side]
    assert.equal(await reader.chainEnd(subjects.handleOf(subject), 'open'), undefined)
    const end = await reader.chainEnd(subjects.handleOf(subject, 'withheld'), 'withheld')
    assert.equal(end?.seq, count - 1)
    const aead = aesGcm(systemRandomness)
    const timers = { sleep: () => Promise.resolve() }
    const { checked, flaws } = await checkChains({ reader, subjects, recordKeys, aead, timers })
    assert.deepEqual([checked, flaws], [count, []])
  }
})

test('a denial under an order is withheld like an answer', async () => {
  const caps = { ...agreement.caps, perSubjectPer30Days: 1 }
  using exchange = await openExchange({ agreement: samplePersonAgreement({ notice, caps }) })
  await take(exchange)
  await ask(exchange)
  const again = { ...exchange.request(1), idempotencyKey: 'the-second-question' }
  assert.equal((await askQuestion(again, exchange.consumerDeps)).code, 'CAP_EXCEEDED')
  assert.deepEqual(await seen(exchange), [])
})

test('every withheld exchange is counted in public at once; a later order extends, an earlier one does not', async () => {
  using exchange = await openExchange({ agreement })
  const { reader } = exchange.provider
  await take(exchange)
  for (const number of [1, 2]) await ask(exchange, number)
  const [first] = await reader.secrecyOrders()
  assert.deepEqual([first?.withheld, first?.opened], [2, false])
  const [same] = await take(exchange)
  assert.deepEqual(same, { type: 'safeguard', state: 'refused', code: 'ORDER_NOT_LATER' })
  const later = claimsOf(exchange).exp + 86_400
  await take(exchange, { exp: later })
  await ask(exchange, 3)
  const orders = await reader.secrecyOrders()
  assert.deepEqual(
    orders.map(({ withheld }) => withheld),
    [2, 1],
  )
  // What was promised with the first order is kept, whatever was extended since.
  exchange.clock.advance((later - 86_400) * 1000 - exchange.clock.now())
  assert.ok((await seen(exchange)).length > 0)
})

test('the end of an order is an entry, once; notices open without it', async () => {
  using exchange = await openExchange({ agreement })
  const { reader, writer } = exchange.provider
  await take(exchange)
  const open = () => writer.commit({ type: 'safeguard', act: 'open' })
  assert.deepEqual(await open(), { type: 'safeguard', state: 'done', indices: [] })
  exchange.clock.advance(31 * dayMs)
  const size = (await reader.head())?.size ?? 0
  assert.deepEqual(await open(), { type: 'safeguard', state: 'done', indices: [size] })
  assert.deepEqual(await open(), { type: 'safeguard', state: 'done', indices: [] })
})

/** A commit that takes every notice for authorised until the end of the agreement. */
function credulous(tx: ExchangeTransaction): ExchangeTransaction {
  const safeguards: ExchangeTransaction['safeguards'] = async (...axes) => ({
    ...(await tx.safeguards(...axes)),
    secrecyUntilMs: notice.untilMs,
  })
  return { ...tx, safeguards }
}

test('an order that ends between look-up and commit withholds nothing; a commit that did not look would', async () => {
  for (const isBlind of [false, true]) {
    // With revealed presence a slow register is waited for.
    const slow = samplePersonAgreement({ notice, presence: { mode: 'revealed' } })
    using exchange = await openExchange({
      agreement: slow,
      ...(isBlind && { seen: credulous }),
    })
    await take(exchange)
    const register = exchange.providerDeps.registers.get('income')?.register
    assert.ok(register !== undefined)
    const lookUp = register.lookUp.bind(register)
    exchange.clock.advance(claimsOf(exchange).exp * 1000 - exchange.clock.now() - 60_000)
    register.lookUp = async (...subject) => {
      const row = await lookUp(...subject)
      exchange.clock.advance(60_001)
      return row
    }
    const { code, outcome } = await ask(exchange)
    assert.equal(code ?? outcome, isBlind ? 'permit' : 'SECRECY_NOT_AUTHORISED')
    assert.equal(exchange.lookUps.length, 1)
  }
})
