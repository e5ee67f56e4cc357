import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  signIn,
} from '../../testing/web/index.ts'
import type { FixtureBackend, PageClient, VisitedPage } from '../../testing/web/index.ts'

const port = 8400
const site = `http://caseworker.housing.localhost:${port}`

interface Setup {
  readonly client: PageClient
  readonly backend: FixtureBackend
  readonly cases: VisitedPage
}

async function setUp(): Promise<Setup> {
  const backend = createFixtureBackend()
  const pages = createFixturePages({
    backend,
    port,
    assets: new Map(),
    onFailure: () => undefined,
    now: () => fixtureNowMs,
  })
  const client = createPageClient(pages)
  await client.get(`${site}/?lang=en`)
  return { client, backend, cases: await signIn(client, site, 1) }
}

/** Asks about the case at `index` (from the end when negative). */
async function ask({ client, cases }: Setup, index: number): Promise<VisitedPage> {
  const form = index < 0 ? cases.forms.length + index : index
  const reference = new Map(cases.forms[form]?.fields).get('case') ?? ''
  const need = await client.send(cases, { case: reference }, { form })
  return await client.send(await client.send(need, { need: 1 }), {})
}

function notes({ text }: VisitedPage): readonly string[] {
  const sections = text.match(/<section class="app-corrected"[\s\S]*?<\/section>/g) ?? []
  return sections.map((section) => section.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '))
}

test('an answer that was corrected says which facts, by whom, since when, by which entry, and what to do', async () => {
  const setup = await setUp()
  const answer = await ask(setup, 0)
  assert.deepEqual(notes(answer), [])
  setup.backend.setCorrected(true)
  const again = await setup.client.get(answer.url)
  const [note = '', ...more] = notes(again)
  assert.deepEqual(more, [])
  for (const told of [
    'This answer was corrected',
    'Whether the income is below the limit for rent support',
    'Tax Agency, on 21 September 2026',
    '21 September 2026 at 04:30',
    'Entry 7 in the log of the Housing Agency',
    'Do not use the old answer any more.',
    'ask again from the case',
  ])
    assert.ok(note.includes(told), told)
  // The old answer stands below the note, so that nobody reads it first.
  assert.ok(again.text.indexOf('app-corrected') < again.text.indexOf('app-verdict'))
})

test('a refused question has no note, since nothing was answered that could be corrected', async () => {
  const setup = await setUp()
  setup.backend.setCorrected(true)
  const refused = await ask(setup, -1)
  assert.match(refused.text, /app-verdict--refused/)
  assert.deepEqual(notes(refused), [])
})

test('own questions show each note at its answer, and count the corrected ones first', async () => {
  const { client } = await setUp()
  const trace = await client.get(`${site}/trace`)
  assert.equal(notes(trace).length, 1)
  assert.match(trace.text, /1 answer was corrected since/)
  const cards = trace.text.split('<article')
  assert.deepEqual(
    cards.flatMap((card, at) => (card.includes('app-corrected') ? [at] : [])),
    [2],
  )
})

test('where corrections cannot be had the answer is not shown as if there were none', async () => {
  const setup = await setUp()
  const answer = await ask(setup, 0)
  setup.backend.setBroken(true)
  const again = await setup.client.get(answer.url)
  assert.equal(again.status, 500)
  assert.doesNotMatch(again.text, /app-verdict/)
})
