import assert from 'node:assert/strict'
import test from 'node:test'
import { type InProcessExchange, openExchange } from '../../tests/fault/in-process-exchange.ts'
import { utf8 } from '../bytes/index.ts'
import { cosign, formatVerifierKey, SIGNATURE_TYPES } from '../log/index.ts'
import { parseNote, parsePolicy, type Policy, policyWithout } from '../log/verify/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { askQuestion } from './ask-question.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import { settleAnswers } from './settle-answers.ts'

const ed25519 = bestEd25519()
const names = ['w1', 'tax', 'housing', 'social'] as const
type Name = (typeof names)[number]
const nameOf = (name: Name): string =>
  name === 'w1' ? 'keeper.localhost/w1' : `${name}.localhost/w`
const seedOf = (name: Name): Uint8Array => new Uint8Array(32).fill(names.indexOf(name) + 1)

/** The independent witness, and one agency of three. */
const policy = parsePolicy(
  [
    ...names.map((name) => {
      const key = ed25519.publicKey(seedOf(name))
      return `witness ${name} ${formatVerifierKey(nameOf(name), SIGNATURE_TYPES.cosignature, key)}`
    }),
    'group agencies any tax housing social',
    'group both all w1 agencies',
    'quorum both\n',
  ].join('\n'),
)
const exchangePolicy = policyWithout(policy, ['tax.localhost', 'housing.localhost'])

interface Cosigned {
  readonly by: readonly Name[]
  readonly ageSeconds?: Partial<Record<Name, number>>
}

/** The consumer, with a provider whose published checkpoint is its head, cosigned by these. */
async function consumerSeeing(
  exchange: InProcessExchange,
  { by, ageSeconds = {} }: Cosigned,
  quorum: Policy,
): Promise<ConsumerDeps> {
  const { provider, consumerDeps, clock } = exchange
  const head = await provider.reader.head()
  assert.ok(head !== undefined)
  const { text } = parseNote(head.checkpoint)
  const lines = by.map((name) => {
    const timeSeconds = Math.floor(clock.now() / 1000) - (ageSeconds[name] ?? 0)
    return cosign(text, { name: nameOf(name), seed: seedOf(name), timeSeconds }, ed25519)
  })
  const body = utf8(head.checkpoint + lines.join(''))
  const [[id, known] = assert.fail()] = consumerDeps.providers
  const judged = { ...known, quorumPolicy: { ...quorum, logs: known.quorumPolicy.logs } }
  return {
    ...consumerDeps,
    providers: new Map([[id, judged]]),
    http: { send: () => Promise.resolve({ status: 200, headers: {}, body }) },
  }
}

async function settledBy(cosigned: Cosigned, quorum = exchangePolicy): Promise<number | undefined> {
  using exchange = await openExchange()
  const outcome = await askQuestion(exchange.request(1), exchange.consumerDeps)
  assert.ok(outcome.provisional)
  const deps = await consumerSeeing(exchange, cosigned, quorum)
  const { settled } = await settleAnswers(deps)
  const row = await exchange.consumer.reader.ask(outcome.exchangeId)
  const isFinal = row?.witnessedAtMs !== undefined
  assert.equal(settled, isFinal ? 1 : 0)
  return isFinal ? exchange.clock.now() - row.witnessedAtMs : undefined
}

test('a receipt is final once an independent witness and an agency that takes no part cosigned', async () => {
  const age = await settledBy({ by: ['w1', 'social'], ageSeconds: { w1: 20, social: 7 } })
  assert.ok(age !== undefined && age >= 20_000 && age < 21_000, String(age))
})

test('cosignatures of the two parties do not make a receipt final, however many', async () => {
  for (const by of [['w1', 'tax'], ['w1', 'housing'], ['w1', 'tax', 'housing'], ['w1']] as const) {
    assert.equal(await settledBy({ by }), undefined, by.join())
  }
  // Judged by the policy as it stands, the same checkpoint would do.
  assert.ok((await settledBy({ by: ['w1', 'tax'] }, policy)) !== undefined)
})

test('the age of a final receipt is that of its quorum, not of an older line beside it', async () => {
  const by = ['w1', 'social', 'tax'] as const
  const age = await settledBy({ by, ageSeconds: { tax: 5_000, w1: 3 } })
  assert.ok(age !== undefined && age < 4_000, String(age))
})

test('a receipt is looked for in its own log, whichever logs the provider has opened since', async () => {
  using exchange = await openExchange()
  const { receipt } = await askQuestion(exchange.request(1), exchange.consumerDeps)
  const deps = await consumerSeeing(exchange, { by: ['w1', 'social'] }, exchangePolicy)
  // One more entry, so that the published checkpoint is not the one of the receipt.
  await askQuestion({ ...exchange.request(2), idempotencyKey: 'another' }, exchange.consumerDeps)
  const [[id, known] = assert.fail()] = deps.providers
  const origins = [...known.origins, 'tax.localhost/log/2099h1']
  const urls: string[] = []
  const http: ConsumerDeps['http'] = {
    send(request) {
      urls.push(request.url)
      return deps.http.send(request)
    },
  }
  await settleAnswers({ ...deps, http, providers: new Map([[id, { ...known, origins }]]) })
  const path = receipt?.origin.slice(receipt.origin.indexOf('/')) ?? assert.fail()
  assert.ok(urls[0]?.endsWith(`${path}/checkpoint`), urls.join(' '))
  assert.ok(!urls.some((url) => url.includes('2099h1')), urls.join(' '))
})
