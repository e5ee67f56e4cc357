import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  type FixtureBackend,
  type PageClient,
  signIn,
} from '../../testing/web/index.ts'

const site = 'http://person.tax.localhost:8400'

async function asPerson(times: number): Promise<{ client: PageClient; backend: FixtureBackend }> {
  const backend = createFixtureBackend()
  backend.setRepeated(times)
  const onFailure = (_reference: string, cause: unknown): void => assert.fail(String(cause))
  const pages = createFixturePages({ backend, port: 8400, assets: new Map(), onFailure })
  const client = createPageClient(pages)
  await signIn(client, site, 1)
  return { client, backend }
}

const cards = (html: string): number => html.match(/class="app-card[ "]/g)?.length ?? 0

test('a list that fits on one page has no pages and no filter, and proves that nothing is missing', async () => {
  const { client } = await asPerson(1)
  const { text } = await client.get(`${site}/disclosures`)
  assert.equal(cards(text), 4)
  assert.doesNotMatch(text, /govuk-pagination|app-filter/)
  assert.match(text, /data-evidence="\/evidence.json"/)
  assert.match(text, /data-proof="chain-tax"/)
})

test('a long list comes in pages of twenty, newest first, each with the evidence for itself alone', async () => {
  const { client } = await asPerson(11)
  const first = await client.get(`${site}/disclosures`)
  assert.equal(cards(first.text), 20)
  assert.match(first.text, /44 questions were asked about you/)
  assert.match(first.text, /data-evidence="\/evidence.json\?page=1"/)
  assert.match(first.text, /<section[^>]* data-whole-list/)
  assert.match(first.text, /<div hidden data-file-lists><div[^>]*><p[^>]*data-proof="chain-tax"/)
  const last = await client.get(`${site}/disclosures?page=3`)
  assert.equal(cards(last.text), 4)
  assert.match(last.text, /<title>[^<]*page 3 of 3/)
  assert.match(last.text, /href="\/disclosures\?page=2"/)
  assert.equal(
    (await client.get(`${site}/disclosures?page=99`)).text.match(/page 3 of 3/g)?.length,
    2,
  )
  const evidence = JSON.parse((await client.get(`${site}/evidence.json?page=3`)).text)
  assert.equal(evidence.disclosures.length, 4)
  assert.deepEqual(evidence.chains, [])
})

test('a list is narrowed by organisation, year and outcome, and the pages keep what was chosen', async () => {
  const { client } = await asPerson(22)
  const { text } = await client.get(`${site}/disclosures?organisation=tax&outcome=deny&year=2026`)
  assert.match(text, /44 entries, page 1 of 3/)
  assert.match(
    text,
    /href="\/disclosures\?organisation=tax&amp;year=2026&amp;outcome=deny&amp;page=2"/,
  )
  assert.match(text, /<option value="deny" selected/)
  const none = await client.get(`${site}/disclosures?year=1999`)
  assert.match(none.text, /Nothing fits/)
  assert.equal(cards(none.text), 0)
})

test('the list and the requests lead to where consent is given, and to nothing where there is no issuer', async () => {
  const { client } = await asPerson(1)
  const backend = createFixtureBackend()
  const { consentPage, ...without } = backend
  const onFailure = (_reference: string, cause: unknown): void => assert.fail(String(cause))
  const bare = createFixturePages({ backend: without, port: 8400, assets: new Map(), onFailure })
  const other = createPageClient(bare)
  await signIn(other, site, 1)
  for (const path of ['/disclosures', '/requests']) {
    const { text } = await client.get(`${site}${path}`)
    assert.ok(text.includes(`<a class="govuk-link" href="${consentPage ?? ''}">`), path)
    assert.doesNotMatch((await other.get(`${site}${path}`)).text, /Your consent/)
  }
})

test('what is withheld from anybody is counted on everybody’s page, and an exposed key is told', async () => {
  const { client, backend } = await asPerson(1)
  const { text } = await client.get(`${site}/disclosures`)
  assert.match(
    text,
    /Social Security Agency: 3 notices, ordered by prosecutor.court. They open by themselves on/,
  )
  assert.match(text, /1 notice, ordered by prosecutor.court, opened on/)
  assert.match(text, /A key was exposed/)
  assert.doesNotMatch(text, /0badc0de/)
  assert.equal((await backend.withheldNotices()).length, 2)
})
