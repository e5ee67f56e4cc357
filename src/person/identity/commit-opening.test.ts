import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ExchangeOptions,
  type InProcessExchange,
  openExchange,
} from '../../../tests/fault/in-process-exchange.ts'
import { addMonths } from '../../agreement/index.ts'
import { canonicalBytes, encodeBase64, readCanonicalJson } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { readPublicEntry } from '../../log/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { holderSecrets, sampleSealing, testBox } from '../../testing/index.ts'
import { askQuestion } from '../ask-question.ts'
import type { ExchangeTransaction } from '../exchange-store.ts'
import type { PersonCommitted } from '../writer.ts'
import type { IdentityCommitted, IdentityIntent } from './identity-act.ts'
import { readIdentityRequest, requestJson } from './identity-request.ts'
import { mostOpenings, openingsWithinMs } from './identity-store.ts'
import { openIdentity, openShare } from './open-identity.ts'
import { sealedIdentitySchema } from './sealed-identity.ts'

type Done = Extract<IdentityCommitted, { state: 'done' }>

const deps = { box: testBox(), aead: aesGcm(systemRandomness) }

/** One question with its official sealed; its "asked" is entry 0 of the consumer's log. */
async function asked(options: ExchangeOptions = {}, numbers = [1]): Promise<InProcessExchange> {
  const exchange = await openExchange(options)
  const consumerDeps = { ...exchange.consumerDeps, sealing: sampleSealing() }
  for (const number of numbers) await askQuestion(exchange.request(number), consumerDeps)
  return exchange
}

function intent(entry: number, log: string | null = null): IdentityIntent {
  return { type: 'identity', log, entry, case: 'DPI-17', reason: 'a complaint' }
}

function identityOf(done: PersonCommitted | undefined): IdentityCommitted {
  return done?.type === 'identity' ? done : assert.fail()
}

async function open(
  { consumer }: InProcessExchange,
  entry: number,
  log: string | null = null,
): Promise<IdentityCommitted> {
  return identityOf(await consumer.writer.commit(intent(entry, log)))
}

function codeOf(done: IdentityCommitted): string {
  return done.state === 'refused' ? done.code : 'opened'
}

function opened({ opening, entry, sealed }: Done): string {
  const read = sealedIdentitySchema.parse(readCanonicalJson(sealed))
  const request = readIdentityRequest(canonicalBytes(requestJson({ opening, entry, sealed: read })))
  const first = openShare(request, holderSecrets.dpo, deps)
  return openIdentity(request, { secretKey: holderSecrets.inspector, first }, deps)
}

async function sizeOf({ consumer }: InProcessExchange): Promise<number> {
  return (await consumer.reader.head())?.size ?? 0
}

test('an opening is a public entry that names parties, case and reason, and nobody', async () => {
  using exchange = await asked()
  const { consumer } = exchange
  const size = await sizeOf(exchange)
  const done = await open(exchange, 0)
  assert.ok(done.state === 'done')
  assert.equal(opened(done), exchange.request(1).official.id)
  assert.equal(done.opening.index, size)
  const said = await readPublicEntry(consumer.reader, size)
  assert.ok(said !== undefined)
  assert.equal(new TextDecoder().decode(said.recordBytes), done.opening.record)
  const { kind, name, digest, body } = JSON.parse(done.opening.record)
  assert.deepEqual([kind, name], ['inspection.identity-opened', 'inspector'])
  assert.equal(digest, encodeBase64(sha256(done.sealed)))
  const parties = { dpo: 'housing', inspector: 'inspector' }
  const log = done.entry.log
  assert.deepEqual(body, { log, entry: 0, ...parties, case: 'DPI-17', reason: 'a complaint' })
  const { official } = JSON.parse(done.entry.record)
  assert.ok(!done.opening.record.includes(official))
  assert.ok(!done.opening.record.includes(exchange.request(1).official.id))
})

test('nothing of it goes to the provider, and one that seals nothing asks as before', async () => {
  using exchange = await openExchange()
  const bodies: string[] = []
  exchange.transport = (request, deliver) => {
    bodies.push(new TextDecoder().decode(request.body))
    return deliver(request)
  }
  await askQuestion(exchange.request(1), exchange.consumerDeps)
  const sealing = { ...exchange.consumerDeps, sealing: sampleSealing() }
  await askQuestion(exchange.request(2), sealing)
  assert.equal(bodies.length, 2)
  assert.ok(bodies.every((body) => !body.includes('sealed') && !body.includes('official-')))
  assert.deepEqual(codeOf(await open(exchange, 0)), 'IDENTITY_NOT_SEALED')
  const { reader } = exchange.provider
  const origin = (await reader.logs())[0] ?? assert.fail()
  for (const index of [0, 1, 2])
    assert.equal(await reader.sealedIdentity({ origin, index }), undefined)
})

test('a refusal by the own case system is sealed too: who tried can be found out', async () => {
  using exchange = await openExchange()
  const cases = {
    grant: () => Promise.resolve({ state: 'refused', code: 'CASE_CLOSED' } as const),
  }
  const consumerDeps = { ...exchange.consumerDeps, cases, sealing: sampleSealing() }
  await askQuestion(exchange.request(1), consumerDeps)
  const done = await open(exchange, 0)
  assert.ok(done.state === 'done')
  assert.equal(opened(done), exchange.request(1).official.id)
})

test('an id that cannot be sealed is asked nothing with', async () => {
  using exchange = await openExchange()
  const request = exchange.request(1)
  const official = { ...request.official, id: 'x'.repeat(255) }
  const consumerDeps = { ...exchange.consumerDeps, sealing: sampleSealing() }
  await assert.rejects(askQuestion({ ...request, official }, consumerDeps), /at most 254 bytes/)
  assert.equal(await sizeOf(exchange), 0)
  assert.deepEqual(exchange.lookUps, [])
})

test('what is no question of this organisation has nothing sealed, and nothing is written', async () => {
  using exchange = await asked()
  const size = await sizeOf(exchange)
  const attempts: readonly (readonly [number, string | null])[] = [
    [1, null],
    [99, null],
    [0, 'other.example/log/2026h2'],
  ]
  for (const [entry, log] of attempts)
    assert.equal(codeOf(await open(exchange, entry, log)), 'IDENTITY_NOT_SEALED')
  assert.equal(await sizeOf(exchange), size)
  const origin = (await exchange.consumer.reader.logs())[0] ?? assert.fail()
  assert.equal(codeOf(await open(exchange, 0, origin)), 'opened')
})

test('ten are opened within 30 days of log time, in one batch or in many, and the next ones after that', async () => {
  using exchange = await asked()
  const { consumer, clock } = exchange
  const batch = await consumer.log.commit(Array.from({ length: 8 }, () => intent(0)))
  assert.ok(batch.every((done) => codeOf(identityOf(done)) === 'opened'))
  clock.advance(1)
  const codes = await consumer.log.commit(Array.from({ length: 4 }, () => intent(0)))
  assert.deepEqual(
    codes.map((done) => codeOf(identityOf(done))),
    ['opened', 'opened', 'IDENTITY_CAP_REACHED', 'IDENTITY_CAP_REACHED'],
  )
  const size = await sizeOf(exchange)
  clock.advance(openingsWithinMs - 2)
  assert.equal(codeOf(await open(exchange, 0)), 'IDENTITY_CAP_REACHED')
  assert.equal(await sizeOf(exchange), size)
  clock.advance(1)
  assert.equal(codeOf(await open(exchange, 0)), 'opened')
})

test('a commit that does not count opens as many as anybody asks for', async () => {
  const seen = (tx: ExchangeTransaction): ExchangeTransaction => ({
    ...tx,
    identityOpenings: () => Promise.resolve(0),
  })
  using exchange = await asked({ seen })
  for (let turn = 0; turn <= mostOpenings; turn += 1)
    assert.equal(codeOf(await open(exchange, 0)), 'opened')
})

test('with the record the sealed identity is gone, and no other one', async () => {
  using exchange = await asked({}, [1, 2])
  const { consumer, clock } = exchange
  const origin = (await consumer.reader.logs())[0] ?? assert.fail()
  const covered = { origin, peer: 'tax', first: 0, last: 3 }
  await consumer.writer.commit({
    type: 'governance',
    kind: 'reconciliation.signed',
    name: 'tax',
    digest: null,
    body: { log: origin, first: 0, last: 3 },
    agreement: undefined,
    reconciliation: covered,
  })
  clock.advance(addMonths(clock.now(), 72) - clock.now())
  const erased = await consumer.writer.commit({
    type: 'erase',
    selection: { log: origin, entries: [0] },
    reason: 'retention-ended',
  })
  assert.ok(erased.type === 'erase' && erased.state === 'done')
  assert.equal(await consumer.reader.sealedIdentity({ origin, index: 0 }), undefined)
  const size = await sizeOf(exchange)
  assert.equal(codeOf(await open(exchange, 0)), 'IDENTITY_NOT_SEALED')
  assert.equal(await sizeOf(exchange), size)
  assert.equal(codeOf(await open(exchange, 2)), 'opened')
})
