import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  CloisonProblem,
  statisticsClient,
  type StatisticsClient,
  type StatisticsOutcome,
  type StatisticsPending,
} from '../../client/index.ts'
import type { Release } from '../../population/index.ts'
import type { StatisticsRelease } from '../../client/index.ts'
import {
  leapingTime,
  openPopulationHouse,
  type PopulationHouse,
  sampleTableDescription,
} from '../../testing/population/index.ts'
import { callersOf } from './bearer.ts'
import { addStatistics } from './statistics-routes.ts'

/** What the client's types say of a release is what a release is: this compiles, or the types are mended. */
export const asClientHasIt = (release: Release): StatisticsRelease => release

let app: FastifyInstance
let house: PopulationHouse
let client: StatisticsClient

const register = {
  lookUp: () => Promise.resolve(undefined),
  describe: () => sampleTableDescription(4_000),
  aggregate: () =>
    Promise.resolve({
      by: ['sex'],
      cells: [
        { key: ['f'], numbers: [2_000] },
        { key: ['m'], numbers: [2_000] },
      ],
    }),
}

before(async () => {
  house = await openPopulationHouse({ register, time: leapingTime() })
  app = Fastify()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  addStatistics(app, {
    desk: house.desk,
    mayAnswer: () => true,
    analysts: {
      role: 'analyse',
      tokens: callersOf([{ name: 'analysts', token: 'a-token', roles: ['analyse'] }]),
      certificates: new Map(),
      issuers: [],
    },
  })
  client = statisticsClient({
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    fetch: (url, init) => fetch(url, init),
    token: () => 'a-token',
  })
})

after(async () => {
  await app.close()
  await house[Symbol.asyncDispose]()
})

const query = { by: ['sex'], measure: 'count', epsilon: '0.5' } as const
const asked = (): { agreement: string; analyst: string; query: typeof query } => ({
  agreement: house.agreement.id,
  analyst: 'analyst-1',
  query,
})

test('the client previews, waits for a release with whoever watches, and finds it again', async () => {
  const { preview } = await client.preview(asked())
  assert.equal(preview?.cells, 2)
  const waited: StatisticsPending[] = []
  const outcome: StatisticsOutcome = await client.run(asked(), {
    sleep: () => new Promise((done) => setImmediate(done)),
    onPending: (pending) => waited.push(pending),
  })
  assert.ok(outcome.state === 'released')
  assert.equal(outcome.release.cells.length, 2)
  for (const { state } of waited) assert.equal(state, 'pending')
  assert.deepEqual(await client.result(outcome.exchangeId, 'analyst-1'), outcome)
  const { preview: again } = await client.preview(asked())
  assert.equal(again?.held, true)
})

test('a refusal is an outcome, and what is no query a problem with its place', async () => {
  const sleep = (): Promise<void> => Promise.resolve()
  const refused = await client.run({ ...asked(), query: { ...query, by: ['origin'] } }, { sleep })
  assert.ok(refused.state === 'refused' && refused.code === 'ELEMENT_NOT_AGREED')
  await assert.rejects(
    client.run({ ...asked(), query: { ...query, epsilon: 'much' } }, { sleep }),
    (cause) => cause instanceof CloisonProblem && cause.code === 'QUERY_MALFORMED',
  )
  const stranger = statisticsClient({
    url: 'http://127.0.0.1:9',
    fetch: () => Promise.reject(new Error('away')),
  })
  await assert.rejects(stranger.preview({ agreement: 'some-tables' }), /away/)
})
