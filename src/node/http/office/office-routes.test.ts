import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  type InProcessExchange,
  openExchange,
} from '../../../../tests/fault/in-process-exchange.ts'
import { askQuestion } from '../../../person/index.ts'
import { contractDescription, samplePersonAgreement } from '../../../testing/index.ts'
import { addOffice, type OfficeRouteDeps } from './office-routes.ts'

function appOver(
  { provider, clock, known }: InProcessExchange,
  change: Partial<OfficeRouteDeps> = {},
): FastifyInstance {
  const app = Fastify()
  addOffice(app, {
    organisation: provider.id,
    reader: provider.reader,
    book: { held: () => [{ ...known, lifts: ['a-suspension'] }] },
    standing: { timeLock: { milliseconds: 1, demo: true }, agreements: [known] },
    registers: () => Promise.resolve([contractDescription]),
    clock,
    ...change,
  })
  return app
}

interface Listed {
  readonly digest: string
  readonly agreement: { readonly id: string; readonly signatures: readonly object[] }
  readonly standing: { readonly state: string; readonly because: string | null }
  readonly lifts: readonly string[]
  readonly events: readonly { readonly kind: string; readonly entry: number }[]
  readonly use: Readonly<Record<string, number>> | null
}

async function listed(
  app: FastifyInstance,
): Promise<{ readonly rows: readonly Listed[]; readonly text: string }> {
  const response = await app.inject({ method: 'GET', url: '/v1/agreements' })
  assert.equal(response.statusCode, 200)
  return { rows: response.json<{ agreements: Listed[] }>().agreements, text: response.body }
}

test('agreements are listed with where they stand and how much of their caps is used, and nobody in it', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const [before] = (await listed(app)).rows
  assert.equal(before?.standing.state, 'active')
  assert.equal(before.use?.['distinctSubjectsPer30Days'], 0)
  assert.deepEqual(before.lifts, ['a-suspension'])
  assert.deepEqual(
    before.events.map(({ kind }) => kind),
    ['agreement.published'],
  )
  for (const number of [1, 2, 2]) await askQuestion(exchange.request(number), exchange.consumerDeps)
  const { rows, text } = await listed(app)
  assert.equal(rows[0]?.use?.['distinctSubjectsPer30Days'], 2)
  assert.equal(rows[0].digest, exchange.known.digest)
  for (const number of [1, 2])
    assert.ok(!text.includes(exchange.request(number).subject.value), 'a subject is listed')
  const { official } = exchange.request(1)
  assert.ok(!text.includes(official.id))
})

test('use is counted where it is answered: the one who asks is told of none', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange, { organisation: exchange.consumer.id })
  assert.equal((await listed(app)).rows[0]?.use, null)
})

test('agreements come by id and version, whatever the order in which they were taken up', async () => {
  using exchange = await openExchange()
  const one = (
    id: string,
    version: number,
  ): Awaited<ReturnType<OfficeRouteDeps['book']['held']>>[number] => ({
    agreement: samplePersonAgreement({ id, version }),
    digest: `${id} ${version}`,
    countersigned: false,
    lifts: [],
  })
  const app = appOver(exchange, {
    book: { held: () => [one('second', 10), one('second', 9), one('first', 1)] },
  })
  assert.deepEqual(
    (await listed(app)).rows.map(({ digest }) => digest),
    ['first 1', 'second 9', 'second 10'],
  )
})

test('a population without a year is listed as one, with how many it is about', async () => {
  using exchange = await openExchange()
  const response = await appOver(exchange).inject({ method: 'GET', url: '/v1/budgets' })
  const { name, size } = contractDescription.population
  assert.deepEqual(response.json(), { budgets: [{ population: name, size, year: null }] })
})

test('registers are told by names, types and categories, and openings by their number', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const told = (await app.inject({ method: 'GET', url: '/v1/registers' })).json<{
    registers: { name: string; elements: object[] }[]
  }>()
  assert.equal(told.registers[0]?.name, contractDescription.name)
  assert.deepEqual(Object.keys(told.registers[0].elements[0] ?? {}).toSorted(), [
    'category',
    'domain',
    'name',
    'type',
    'unit',
  ])
  const openings = await app.inject({ method: 'GET', url: '/v1/identity-openings' })
  assert.deepEqual(openings.json(), { opened: 0, most: 10, withinMs: 30 * 86_400_000 })
})
