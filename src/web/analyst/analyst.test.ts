import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseReleaseFile } from '../../population/index.ts'
import type { Catalogue } from '../../population/index.ts'
import { utf8 } from '../../bytes/index.ts'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
} from '../../testing/web/index.ts'
import type { FixtureDesk, PageClient, VisitedPage } from '../../testing/web/index.ts'
import { partsText } from './exact-text.ts'
import { draftOf } from './table-form.ts'

const port = 8400
const site = `http://analyst.housing.localhost:${port}`

interface Setup {
  readonly client: PageClient
  readonly desk: FixtureDesk
  readonly failures: unknown[]
}

function setUp(): Setup {
  const backend = createFixtureBackend()
  const failures: unknown[] = []
  const pages = createFixturePages({
    backend,
    port,
    assets: new Map(),
    onFailure: (_reference, cause) => void failures.push(cause),
    now: () => fixtureNowMs,
  })
  return { client: createPageClient(pages), desk: backend.desk, failures }
}

async function signIn(client: PageClient, at: string): Promise<VisitedPage> {
  return await client.send(await client.send(await client.get(`${at}/?lang=en`), {}), { who: 1 })
}

async function builderOf({ client }: Setup): Promise<VisitedPage> {
  await signIn(client, site)
  return await client.get(`${site}/ask/housing-tax-rent`)
}

const wanted = { measure: 'mean', element: 'age', by: 'sex', epsilon: '0,1' }

test('nobody sees anything of it before signing in', async () => {
  const { client } = setUp()
  for (const path of ['/catalogue', '/ask/housing-tax-rent', '/history', '/results/AAAA'])
    assert.equal(new URL((await client.get(site + path)).url).pathname, '/', path)
})

test('a preview shows shape, precision and cost, and asks nothing', async () => {
  const setup = setUp()
  const preview = await setup.client.send(await builderOf(setup), wanted)
  assert.equal(preview.status, 200)
  assert.match(preview.text, /People: ± 74, 97\.58 % of the time/)
  assert.match(preview.text, /Epsilon 0\.1/)
  assert.deepEqual(await setup.desk.results(''), [])
})

test('what is asked for is what was previewed, and comes with chart, numbers, certificate and files', async () => {
  const setup = setUp()
  const { client } = setup
  const preview = await client.send(await builderOf(setup), wanted)
  // What the preview's own form holds, and nothing else, is sent.
  const result = await client.send(preview, Object.fromEntries(preview.forms[0]?.fields ?? []))
  assert.match(new URL(result.url).pathname, /^\/results\/[A-Za-z0-9_-]{22}$/)
  const [kept] = await setup.desk.results('')
  assert.ok(kept?.answer.state === 'released')
  const { query } = kept.answer.release
  assert.deepEqual((query as { by: unknown }).by, ['sex'])
  assert.equal(result.text.match(/class="app-chart__dot"/g)?.length, 4, 'two drawings of two dots')
  assert.match(result.text, /role="img"/)
  assert.match(result.text, /Entry 1 in the log of the Tax Agency/)
  const json = await client.get(`${result.url}/release.json`)
  const file = parseReleaseFile(utf8(json.text))
  assert.equal(file.release.query.measure.kind, 'mean')
  // The salt of the entry is the organisation's own.
  assert.doesNotMatch(json.text, /"s":/)
  const parquet = await client.get(`${result.url}/release.parquet`)
  assert.equal(parquet.headers['content-type'], 'application/vnd.apache.parquet')
  assert.ok(parquet.body instanceof Uint8Array)
  assert.equal(Buffer.from(parquet.body.subarray(0, 4)).toString('latin1'), 'PAR1')
  const csv = await client.get(`${result.url}/release.csv`)
  assert.match(csv.text, /^sex,statistic,ppm,value,lower,upper,level_ppm,level,release\r\n/)
  assert.match((await client.get(`${site}/history`)).text, /You asked for 1 table\./)
})

test('a form without a number or without a value is shown again, with what is wrong', async () => {
  const setup = setUp()
  const builder = await builderOf(setup)
  for (const bad of [
    { measure: 'count', epsilon: '' },
    { measure: 'count', epsilon: 'much' },
    { measure: 'count', epsilon: '-1' },
    { measure: 'mean', epsilon: '0.1' },
    { measure: 'everything', element: 'age', epsilon: '0.1' },
    { measure: 'mean', epsilon: '0.1', do: 'ask' },
  ]) {
    const again = await setup.client.send(builder, bad)
    assert.equal(again.status, 422)
    assert.match(again.text, /There is a problem/)
  }
  assert.deepEqual(await setup.desk.results(''), [])
})

test('a table that is not given is refused in words before it costs, and by its entry when it is asked for', async () => {
  const setup = setUp()
  const builder = await builderOf(setup)
  const dear = { ...wanted, epsilon: '0.4' }
  assert.match((await setup.client.send(builder, dear)).text, /may not spend so much/)
  const refused = await setup.client.send(builder, { ...dear, do: 'ask' })
  assert.match(refused.text, /No table was given/)
  assert.match(refused.text, /EPSILON_TOO_LARGE/)
  const file = await setup.client.get(`${refused.url}/release.csv`)
  assert.equal(file.status, 404)
})

test('a table that takes time is waited for, and then there', async () => {
  const setup = setUp()
  const builder = await builderOf(setup)
  setup.desk.setPending(2)
  const progress = await setup.client.send(builder, { ...wanted, do: 'ask' })
  assert.match(progress.text, /Your table is being made/)
  const there = await setup.client.send(progress, {})
  assert.match(new URL(there.url).pathname, /^\/results\//)
  assert.match(there.text, /Certificate/)
})

test('a register that is away is told in words, and never as a table', async () => {
  const setup = setUp()
  const builder = await builderOf(setup)
  setup.desk.setAway(true)
  const away = await setup.client.send(builder, wanted)
  assert.equal(away.status, 502)
  assert.match(away.text, /cannot be reached/)
  assert.deepEqual(setup.failures, [])
})

test('a result that is not the analyst’s own is not there', async () => {
  const setup = setUp()
  await builderOf(setup)
  const other = await setup.client.get(`${site}/results/AAAAAAAAAAAAAAAAAAAAAA`)
  assert.equal(other.status, 404)
})

test('where no desk is, nothing can be asked', async () => {
  const { client } = setUp()
  const bare = `http://analyst.tax.localhost:${port}`
  assert.match((await signIn(client, bare)).text, /no agreement to ask for tables/)
  assert.equal((await client.get(`${bare}/ask/housing-tax-rent`)).status, 404)
})

const catalogue: Catalogue = {
  provider: 'tax',
  register: 'people',
  population: { name: 'residents', size: 1_000 },
  snapshot: '2026-09',
  elements: [
    {
      name: 'sex',
      type: 'string',
      unit: null,
      domain: { kind: 'closed', keys: ['f', 'm'] },
      protected: false,
    },
    {
      name: 'age',
      type: 'integer',
      unit: null,
      domain: { kind: 'bounded', min: 0, max: 9 },
      protected: false,
    },
  ],
  mostMicroEpsilon: 500_000,
  deltaExponent: 9,
}

test('a form says all that a table needs', () => {
  const form = new URLSearchParams(
    'measure=quantiles&element=age&quantiles=quartiles&by=sex&by=shoe&where-sex=1&epsilon=0,25&delta=yes',
  )
  assert.deepEqual(draftOf(form, catalogue), {
    by: ['sex'],
    where: { sex: ['m'] },
    measure: { kind: 'quantiles', element: 'age', ppm: [250_000, 500_000, 750_000] },
    microEpsilon: 250_000,
    deltaExponent: 9,
  })
  assert.equal(draftOf(new URLSearchParams('measure=count&epsilon=1e9'), catalogue), undefined)
})

test('whatever a form holds, it is a table or none, and never an error', () => {
  const field = fc.constantFrom('measure', 'element', 'quantiles', 'by', 'where-sex', 'epsilon')
  const value = fc.oneof(fc.string(), fc.constantFrom('count', 'mean', 'age', 'sex', '0', '0.1'))
  fc.assert(
    fc.property(fc.array(fc.tuple(field, value)), (pairs) => {
      draftOf(new URLSearchParams(pairs), catalogue)
    }),
  )
})

test('parts are written out by digits', () => {
  assert.equal(partsText(952_700, 4), '95.27')
  assert.equal(partsText(1_000_000, 6), '1')
  assert.equal(partsText(1, 6), '0.000001')
  assert.equal(partsText(-25, 1), '-2.5')
  assert.equal(partsText(0, 6), '0')
})
