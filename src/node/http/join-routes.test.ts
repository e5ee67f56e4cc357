import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  CloisonProblem,
  type JoinClientPreview,
  type JoinClientRelease,
  type JoinOutcome,
  statisticsClient,
  type StatisticsClient,
} from '../../client/index.ts'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import {
  type JoinPreviewReport,
  type JoinRelease,
  parseJoinRelease,
  readDraftJoin,
  readJoinList,
  readJoinOffer,
  readJoinPreview,
  readJoinView,
} from '../../population/index.ts'
import { openPopulationHouse, type PopulationHouse } from '../../testing/population/index.ts'
import { sampleTableDescription } from '../../testing/population/index.ts'
import { type JoinHouse, numbersFrom, openJoinHouse, people } from '../../testing/join/index.ts'
import { callersOf } from './bearer.ts'
import { addStatistics } from './statistics-routes.ts'

/** What the client's types say of a release and a preview is what they are: this compiles, or the types are mended. */
export const asClientHasIt = (release: JoinRelease): JoinClientRelease => release
export const previewAsClientHasIt = (report: JoinPreviewReport): JoinClientPreview => report

let app: FastifyInstance
let house: JoinHouse
let tables: PopulationHouse
let client: StatisticsClient
let url: string

before(async () => {
  tables = await openPopulationHouse({
    register: {
      lookUp: () => Promise.resolve(undefined),
      describe: () => sampleTableDescription(4_000),
      aggregate: () => Promise.reject(new TypeError('no table is asked for here')),
    },
  })
  house = await openJoinHouse({
    waits: true,
    rowsOf: () => ({
      left: [people(...numbersFrom(0, 60))],
      right: [[], people(...numbersFrom(20, 80)), []],
    }),
  })
  app = Fastify()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  addStatistics(app, {
    desk: tables.desk,
    joins: house.desk,
    mayAnswer: () => true,
    analysts: {
      role: 'analyse',
      tokens: callersOf([{ name: 'analysts', token: 'a-token', roles: ['analyse'] }]),
      certificates: new Map(),
      issuers: [],
    },
  })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  client = statisticsClient({
    url,
    fetch: (to, init) => fetch(to, init),
    token: () => 'a-token',
  })
})

after(async () => {
  await app.close()
  await house[Symbol.asyncDispose]()
  await tables[Symbol.asyncDispose]()
})

const question = {
  left: { agreement: 'tax-joins' },
  right: { agreement: 'labour-joins', by: ['need'] },
  measure: 'count',
  epsilon: '0.5',
  delta: '1e-7',
} as const
const asked = { analyst: 'analyst-1', question }

test('the client previews a join, watches its legs, and gets a release that reads back', async () => {
  const { preview, parties, held } = await client.previewJoin(asked)
  assert.equal(preview?.cost.microEpsilon, 500_000)
  assert.deepEqual(parties.mustAgree, ['tax', 'labour', 'housing'])
  assert.equal(held, null)
  const watched: JoinOutcome[] = []
  const outcome = await client.runJoin(asked, {
    sleep: () => Promise.resolve(house.finish(house.rows[0]?.qid ?? '')),
    onProgress: (running) => watched.push(running),
  })
  assert.ok(outcome.state === 'released')
  assert.equal(watched.length, 1)
  const release = parseJoinRelease(canonicalBytes(outcome.release as unknown as Json))
  assert.equal(release.cells.length, 3)
  assert.deepEqual(await client.joinResult(outcome.qid, 'analyst-1'), outcome)
  assert.equal((await client.previewJoin(asked)).held, outcome.qid)
})

async function post(path: string, body: object): Promise<unknown> {
  const response = await fetch(`${url}/v1/statistics/joins${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer a-token', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.status === 200 ? response.json() : response.status
}

test('own programs read back what is offered, previewed, listed and released', async () => {
  const analyst = 'analyst-1'
  const pair = { left: 'tax-joins', right: 'labour-joins' }
  const offer = readJoinOffer(await post('/offers', { analyst, ...pair }))
  assert.deepEqual(offer, await house.desk.offer(pair, analyst))
  assert.deepEqual(
    offer.holders.map(({ answer }) => answer.preview),
    [null, null],
  )
  const preview = readJoinPreview(await post('/previews', asked))
  assert.deepEqual(preview, await house.desk.preview(readDraftJoin(question), analyst))
  const [listed, ...others] = readJoinList(await post('/results', { analyst }))
  assert.deepEqual(others, [])
  assert.ok(listed?.state === 'released')
  assert.ok(!('release' in listed), 'a list has no numbers')
  const view = readJoinView(await post('/result', { analyst, qid: listed.qid }))
  assert.ok(view.state === 'released')
  assert.deepEqual(view.plan, listed.plan)
  assert.deepEqual(await house.desk.result(listed.qid), view)
  assert.equal(await post('/offers', { analyst, left: 'tax-joins' }), 400)
  assert.throws(() => readJoinView({ ...listed, release: { ...view.release, v: 2 } }))
})

test('a refusal is an outcome; what is no question, and who is nobody, is a problem', async () => {
  const sleep = (): Promise<void> => Promise.resolve()
  const protectedOne = { ...question, left: { agreement: 'tax-joins', by: ['origin'] } }
  const refused = await client.runJoin({ ...asked, question: protectedOne }, { sleep })
  assert.ok(refused.state === 'refused' && refused.code === 'PROTECTED_ELEMENT')
  await assert.rejects(
    client.runJoin({ ...asked, question: { ...question, epsilon: 'much' } }, { sleep }),
    (cause) => cause instanceof CloisonProblem && cause.code === 'QUERY_MALFORMED',
  )
  await assert.rejects(client.joinResult('0'.repeat(32)), { code: 'MALFORMED' })
  await assert.rejects(client.joinResult('0'.repeat(32), 'analyst-1'), { code: 'RESULT_UNKNOWN' })
  const stranger = statisticsClient({ url, fetch: (to, init) => fetch(to, init) })
  await assert.rejects(stranger.previewJoin(asked), { code: 'UNAUTHENTICATED' })
})

test('pairs of agreements and own runs are listed, without a route for a person', async () => {
  const pairs = (await post('/agreements', { analyst: 'a' })) as readonly Json[]
  assert.equal(pairs.length, 1)
  assert.deepEqual(await post('/results', { analyst: 'somebody' }), [])
  assert.equal(await post('/results', { analyst: 'a', subject: '1' }), 400)
})
