import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  type InProcessExchange,
  openExchange,
} from '../../../../tests/fault/in-process-exchange.ts'
import { askQuestion } from '../../../person/index.ts'
import {
  addPublicRecord,
  agreementsInForceSchema,
  publicBudgetsSchema,
  publicCountsSchema,
  type PublicRecordDeps,
  sharedSeconds,
} from './index.ts'

interface Asked {
  readonly app: FastifyInstance
  /** How often the agreements were listed. */
  readonly listed: () => number
}

function appOver({ provider, clock, known }: InProcessExchange): Asked {
  let listed = 0
  const { reader } = provider
  const record: PublicRecordDeps = {
    organisation: 'tax',
    timeLockMs: 1_000,
    agreements: {
      reader,
      book: {
        held: () => {
          listed += 1
          // The second has no entry: one side alone has signed it.
          return [known, { ...known, digest: 'AA==' }].map((one) => ({ ...one, lifts: [] }))
        },
      },
      standing: { timeLock: { milliseconds: 1_000, demo: true }, agreements: [known] },
    },
    budgets: { reader, registers: async () => [] },
  }
  const app = Fastify()
  addPublicRecord(app, { reader, clock, record })
  return { app, listed: () => listed }
}

interface InForce {
  readonly agreements: readonly Record<string, unknown>[]
}

test('the agreements in force are told to anyone with where they stand, and without how much is used', async () => {
  using exchange = await openExchange()
  const { app } = appOver(exchange)
  await askQuestion(exchange.request(1), exchange.consumerDeps)
  const response = await app.inject({ method: 'GET', url: '/v1/agreements' })
  const { agreements } = response.json<InForce>()
  assert.deepEqual(
    agreements.map((one) => Object.keys(one).toSorted()),
    [['agreement', 'countersigned', 'digest', 'events', 'standing']],
  )
  assert.equal(response.headers['access-control-allow-origin'], '*')
  const budgets = await app.inject({ method: 'GET', url: '/v1/budgets' })
  assert.deepEqual(budgets.json(), { budgets: [] })
})

test('what is told has the form that the description gives', async () => {
  using exchange = await openExchange()
  const { provider, clock } = exchange
  const { app } = appOver(exchange)
  const from = { log: 'tax.localhost/log/1', entry: 0 }
  const cells = [{ sort: 'denied', agreement: null, count: 10 }] as const
  const month = { month: '2026-09', from, to: { ...from, entry: 40 }, exchanges: 40, cells }
  const counting = Fastify()
  addPublicRecord(counting, {
    reader: {
      emergencyCounts: () => provider.reader.emergencyCounts(),
      secrecyOrders: () =>
        Promise.resolve([
          {
            name: 'a',
            law: 'b',
            authority: 'c',
            issuedAtMs: 1,
            untilMs: 2,
            withheld: 3,
            opened: false,
            agreement: 'AA==',
            place: { origin: from.log, index: 7 },
          },
        ] as never),
    },
    clock,
    counts: () => ({ running: month, months: [{ counts: month, log: from.log, entry: 50 }] }),
  })
  for (const [from_, path, schema] of [
    [app, '/v1/agreements', agreementsInForceSchema],
    [app, '/v1/budgets', publicBudgetsSchema],
    [app, '/v1/public-counts', publicCountsSchema],
    [counting, '/v1/public-counts', publicCountsSchema],
  ] as const) {
    const told = (await from_.inject({ method: 'GET', url: path })).json<Record<string, unknown>>()
    assert.ok(schema.safeParse(told).success, `${path} ${JSON.stringify(told)}`)
    const [member] = Object.keys(told)
    assert.ok(!schema.safeParse({ ...told, [member ?? '']: 1 }).success, path)
  }
})

test('however many ask, an answer is made once in ten seconds, and whoever has it gets 304', async () => {
  using exchange = await openExchange()
  const { app, listed } = appOver(exchange)
  const first = await app.inject({ method: 'GET', url: '/v1/agreements' })
  await Promise.all(
    Array.from({ length: 50 }, () => app.inject({ method: 'GET', url: '/v1/agreements' })),
  )
  assert.equal(listed(), 1)
  assert.equal(first.headers['cache-control'], `public, max-age=${sharedSeconds}`)
  const etag = String(first.headers['etag'])
  const again = await app.inject({
    method: 'GET',
    url: '/v1/agreements',
    headers: { 'if-none-match': `"other", W/${etag}` },
  })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
  exchange.clock.advance(sharedSeconds * 1_000)
  await app.inject({ method: 'GET', url: '/v1/agreements' })
  assert.equal(listed(), 2)
})
