import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { utf8 } from '../../../bytes/index.ts'
import { parseJoinFile } from '../../../population/index.ts'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  signIn,
} from '../../../testing/web/index.ts'
import type { FixtureJoins, PageClient, VisitedPage } from '../../../testing/web/index.ts'
import { pairDraftOf } from './pairs/pair-form.ts'

const port = 8400
const site = `http://analyst.social.localhost:${port}`
const pair = { left: 'social-housing-joins', right: 'social-tax-joins' }
const builderAt = `${site}/pairs/${pair.left}/${pair.right}`

interface Setup {
  readonly client: PageClient
  readonly joins: FixtureJoins
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
  return { client: createPageClient(pages), joins: backend.joins, failures }
}

async function builderOf({ client }: Setup): Promise<VisitedPage> {
  await signIn(client, site, 1)
  return await client.get(builderAt)
}

const wanted = {
  measure: 'mean',
  element: 'left.rent',
  'left-by': 'need',
  'right-by': 'sex',
  epsilon: '0,5',
}

/** A page's words, as they are read: without its marks. */
function textOf({ text }: VisitedPage): string {
  return text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
}

test('nobody sees anything of a join before signing in, and no other organisation has it', async () => {
  const { client } = setUp()
  const number = '0'.repeat(32)
  for (const path of [`/pairs/${pair.left}/${pair.right}`, `/joins/${number}`])
    assert.equal(new URL((await client.get(site + path)).url).pathname, '/', path)
  const other = `http://analyst.housing.localhost:${port}`
  await signIn(client, other, 1)
  for (const path of [`/pairs/${pair.left}/${pair.right}`, `/joins/${number}`])
    assert.equal((await client.get(other + path)).status, 404, path)
})

test('the catalogue has both agreements, who must agree, who may audit, and both budgets', async () => {
  const { client } = setUp()
  const text = textOf(await signIn(client, site, 1))
  assert.match(text, /Housing Agency and Tax Agency/)
  assert.match(text, /Must agree to each question Housing Agency, Tax Agency and Social Security/)
  assert.match(text, /May audit afterwards Data Protection Inspector/)
  assert.match(text, /social-housing-joins 1/)
  assert.match(text, /social-tax-joins 1/)
  assert.equal(text.match(/This agreement: 0\.7 of 1/g)?.length, 2)
})

test('a preview says cost on both ledgers, precision, who carries it and what collusion could do, and asks nothing', async () => {
  const setup = setUp()
  const preview = await setup.client.send(await builderOf(setup), wanted)
  assert.equal(preview.status, 200)
  const text = textOf(preview)
  assert.match(text, /Groups 6/)
  assert.match(text, /People: ± 33, 97\.69 % of the time/)
  // 132 units of a quarter of 4,000 each.
  assert.match(text, /Sum: ± 132,000,/)
  assert.match(text, /Each of both: epsilon 0\.5, delta 6 × 10 to the power of −7/)
  assert.match(text, /Housing Agency: 0\.7 before, 0\.2 after Tax Agency: 0\.7 before, 0\.2 after/)
  assert.match(text, /Social Security Agency compares them/)
  assert.match(
    text,
    /Housing Agency and Social Security Agency together could mark the people of Hou/,
  )
  assert.match(text, /Tax Agency and Social Security Agency together could mark the people of Tax/)
  assert.match(text, /None of the three can do so alone/)
  assert.deepEqual(await setup.joins.results('analyst-1'), [])
})

test('what is asked is what was previewed, and comes with chart, numbers, both signatures and files', async () => {
  const setup = setUp()
  const { client, joins } = setup
  const preview = await client.send(await builderOf(setup), wanted)
  const result = await client.send(preview, Object.fromEntries(preview.forms[0]?.fields ?? []))
  assert.match(new URL(result.url).pathname, /^\/joins\/[0-9a-f]{32}$/)
  const [listed] = await joins.results('analyst-1')
  assert.deepEqual([listed?.plan.left.by, listed?.plan.right.by], [['need'], ['sex']])
  assert.equal(result.text.match(/class="app-chart__dot"/g)?.length, 12, 'two drawings of six dots')
  const text = textOf(result)
  assert.match(
    text,
    /Mean of Rent \(Housing Agency\) – Housing Agency and Tax Agency, 21 September 2026/,
  )
  assert.match(text, /Agreed to and signed by Housing Agency: \S+ Tax Agency: \S+ Social Security/)
  assert.match(text, /Entry 41 in the log of the Social Security Agency/)
  assert.match(text, /What the parties could do together/)
  const json = await client.get(`${result.url}/release.json`)
  const file = parseJoinFile(utf8(json.text))
  assert.deepEqual(file.receipt, { origin: 'social.localhost/log/2026h2', index: 41 })
  const csv = await client.get(`${result.url}/release.csv`)
  assert.match(csv.text, /^need,sex,statistic,ppm,value,lower,upper,level_ppm,level,release\r\n/)
  const { body } = await client.get(`${result.url}/release.parquet`)
  assert.ok(body instanceof Uint8Array)
  assert.equal(Buffer.from(body.subarray(0, 4)).toString('latin1'), 'PAR1')
  assert.match((await client.get(`${result.url}/release.svg`)).text, /^<svg xmlns=/)
  assert.match(textOf(await client.get(`${site}/history`)), /You asked for 1 table\..*Given/)
})

test('the same question again costs nothing and leads to the table that is there', async () => {
  const setup = setUp()
  const { client } = setup
  const builder = await builderOf(setup)
  const result = await client.send(builder, { ...wanted, do: 'ask' })
  const again = await client.send(builder, wanted)
  assert.match(textOf(again), /Cost Nothing: this table is there already/)
  assert.ok(again.text.includes(`href="${new URL(result.url).pathname}"`))
  assert.equal((await client.send(builder, { ...wanted, do: 'ask' })).url, result.url)
})

test('a run on its way shows each step and the time that is left, and the same address then has the table', async () => {
  const setup = setUp()
  const { client, joins } = setup
  const builder = await builderOf(setup)
  joins.setRunning(2)
  const running = await client.send(builder, { ...wanted, do: 'ask' })
  const text = textOf(running)
  assert.match(text, /40 % of the computing is done\. About 45 s left/)
  assert.match(text, /Tax Agency commits to its list and its size done on 21 September/)
  assert.match(text, /Tax Agency sends its list, masked not yet/)
  assert.equal(running.text.match(/class="app-proof__stage/g)?.length, 10)
  assert.doesNotMatch(running.text, /data-reload-ms|http-equiv/)
  assert.equal((await client.get(`${running.url}/release.csv`)).status, 404)
  await client.get(running.url)
  assert.match((await client.get(running.url)).text, /id="certificate"/)
})

test('a table says whether its inspector has made an audit public, and what it found of whom', async () => {
  const setup = setUp()
  const { client, joins } = setup
  const builder = await builderOf(setup)
  const none = await client.send(builder, { ...wanted, do: 'ask' })
  assert.match(textOf(none), /Data Protection Inspector has made no audit of this table public/)
  const audit = { atMs: fixtureNowMs, index: 7 }
  joins.setAudit({ ...audit, holds: true, findings: { left: 0, right: 0, tally: 0 } })
  const good = textOf(await client.get(none.url))
  assert.match(good, /An audit found nothing wrong/)
  assert.match(good, /Entry 7 in the log of the Data Protection Inspector/)
  joins.setAudit({ ...audit, holds: false, findings: { left: 0, right: 2, tally: 0 } })
  const bad = textOf(await client.get(none.url))
  assert.match(bad, /An audit found something wrong/)
  assert.match(bad, /Tax Agency: 2 findings/)
  assert.doesNotMatch(bad, /Housing Agency: \d+ finding/)
})

test('a table says whether its signatures hold; one that they speak against has no number and no file', async () => {
  const setup = setUp()
  const { client, joins } = setup
  const result = await client.send(await builderOf(setup), { ...wanted, do: 'ask' })
  const looked = async (change: Parameters<FixtureJoins['setProof']>[0]): Promise<string> => {
    joins.setProof(change)
    return textOf(await client.get(result.url))
  }
  const good = await looked({})
  assert.match(good, /All three signatures hold/)
  assert.match(good, /Tax Agency: signed/)
  assert.match(good, /The numbers are the ones that both organisations were sent/)
  assert.match(good, /Nobody signs the numbers/)
  for (const [signer, words] of [
    ['unknown', /Tax Agency: cannot be told/],
    ['revoked', /Tax Agency: signed with a key that was revoked/],
  ] as const) {
    const warned = await looked({ signer })
    assert.match(warned, /Not every signature can be relied on/)
    assert.match(warned, words)
    assert.match(warned, /Entry 41 in the log/, 'the table is shown')
  }
  for (const [change, words] of [
    [{ signer: 'invalid' }, /Tax Agency: not signed by the key that is named/],
    [{ table: 'changed' }, /The numbers are not the ones that both organisations were sent/],
  ] as const) {
    const refuted = await looked(change)
    assert.match(refuted, /This table is not to be relied on/)
    assert.match(refuted, words)
    assert.doesNotMatch((await client.get(result.url)).text, /app-chart|id="certificate"|release\./)
    for (const name of ['json', 'csv', 'parquet', 'vl.json', 'svg'])
      assert.equal((await client.get(`${result.url}/release.${name}`)).status, 404, name)
  }
})

test('a run that stopped says why, what it costs all the same, and has no file', async () => {
  const setup = setUp()
  const { client, joins } = setup
  const builder = await builderOf(setup)
  const blamed = /stopped it, and says that what Tax Agency sent shows the fault.*[0-9a-f]{64}/
  for (const [code, words, said] of [
    ['OPENING_INVALID', /A place of a list that was drawn could not be proven/, blamed],
    ['PLAN_EXPIRED', /The time for this question was over/, /^(?!.*stopped it)/],
    ['GIVEN_UP', /could not go on/, /Tax Agency stopped it, and blames nobody/],
    ['NEW_CODE', /A check failed on the way/, blamed],
  ] as const) {
    joins.setStopping(code)
    const stopped = await client.send(builder, { ...wanted, do: 'ask' })
    const text = textOf(stopped)
    assert.match(text, words)
    assert.match(text.replaceAll(/\s+/g, ' '), said)
    assert.ok(text.includes(code))
    assert.match(text, /Housing Agency and Tax Agency stay charged all the same/)
    assert.equal((await client.get(`${stopped.url}/release.json`)).status, 404)
  }
})

test('a question is refused in words before it costs; a holder that refuses later is named', async () => {
  const setup = setUp()
  const { client, joins } = setup
  const builder = await builderOf(setup)
  const dear = await client.send(builder, { ...wanted, epsilon: '0.9' })
  assert.match(textOf(dear), /One question may not spend so much/)
  assert.doesNotMatch(dear.text, /value="ask"/)
  const fine = { ...wanted, 'left-by': 'block', 'right-by': 'origin' }
  assert.match(textOf(await client.send(builder, fine)), /specially protected/)
  joins.setRefusing('BUDGET_SPENT')
  const late = textOf(await client.send(builder, { ...wanted, do: 'ask' }))
  assert.match(late, /Refused by: Tax Agency\. Nothing was spent/)
  assert.deepEqual(await joins.results('analyst-1'), [])
})

test('a form that does not say enough is shown again, with what is wrong', async () => {
  const setup = setUp()
  const builder = await builderOf(setup)
  for (const bad of [
    { ...wanted, epsilon: '' },
    { ...wanted, epsilon: '-1' },
    { ...wanted, element: '' },
    { ...wanted, element: 'middle.rent' },
    { ...wanted, measure: 'variance' },
    { ...wanted, measure: '' },
  ]) {
    const again = await setup.client.send(builder, { ...bad, do: 'ask' })
    assert.equal(again.status, 422, JSON.stringify(bad))
    assert.match(again.text, /There is a problem/)
  }
  assert.deepEqual(await setup.joins.results('analyst-1'), [])
})

test('holders that are away are told in words; a pair or a run that is not there is not there', async () => {
  const setup = setUp()
  const { client, joins, failures } = setup
  await builderOf(setup)
  const strange = await client.get(`${site}/pairs/social-tax-joins/social-housing-joins`)
  assert.equal(strange.status, 502)
  assert.match(strange.text, /no such agreement any more/)
  for (const path of [
    `/joins/${'0'.repeat(32)}`,
    '/joins/x',
    `/joins/${'0'.repeat(32)}/release.csv`,
  ])
    assert.equal((await client.get(site + path)).status, 404, path)
  joins.setAway(true)
  assert.equal((await client.get(builderAt)).status, 502)
  assert.deepEqual(
    failures.filter((one) => one instanceof Error),
    [],
  )
})

test('a form says all that a question needs, with the smaller of both deltas', async () => {
  const { joins } = setUp()
  const offer = await joins.offer(pair, 'analyst-1')
  const form = new URLSearchParams(
    'measure=quantiles&element=right.age&quantiles=quartiles&left-by=need&left-by=shoe&right-where-sex=1&epsilon=0,25',
  )
  assert.deepEqual(pairDraftOf(form, pair, offer), {
    left: { agreement: pair.left, by: ['need'], where: {} },
    right: { agreement: pair.right, by: [], where: { sex: ['m'] } },
    measure: { kind: 'quantiles', side: 'right', element: 'age', ppm: [250_000, 500_000, 750_000] },
    microEpsilon: 250_000,
    deltaExponent: 7,
  })
})

test('whatever a form holds, it is a question or none, and never an error', async () => {
  const { joins } = setUp()
  const offer = await joins.offer(pair, 'analyst-1')
  const field = fc.constantFrom(
    'measure',
    'element',
    'quantiles',
    'left-by',
    'right-where-sex',
    'epsilon',
  )
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('count', 'mean', 'right.age', 'need', '0', '0.1'),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(field, value)), (pairs) => {
      pairDraftOf(new URLSearchParams(pairs), pair, offer)
    }),
  )
})
