import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  type FixtureBackend,
  fixtureNowMs,
  type PageClient,
  signIn,
  type VisitedPage,
} from '../../../testing/web/index.ts'

const site = 'http://dpo.tax.localhost:8400'
const minuteMs = 60_000

interface Office {
  readonly client: PageClient
  readonly backend: FixtureBackend
  readonly pass: (ms: number) => void
  /** How often request 2 was opened, as the gateway has it. */
  openings(): Promise<number>
}

async function office(): Promise<Office> {
  const backend = createFixtureBackend()
  let now = fixtureNowMs
  const onFailure = (_reference: string, cause: unknown): void => assert.fail(String(cause))
  const parts = { backend, port: 8400, assets: new Map(), onFailure, now: () => now }
  const client = createPageClient(createFixturePages(parts))
  await client.get(`${site}/?lang=en`)
  await signIn(client, site, 1)
  return {
    client,
    backend,
    pass: (ms) => void (now += ms),
    async openings() {
      const own = await backend.held.person.own('6629733206')
      return own.find(({ number }) => number === 2)?.openedAtMs.length ?? 0
    },
  }
}

function heading({ text }: VisitedPage): string {
  return /<h1[^>]*>([^<]*)</.exec(text)?.[1] ?? ''
}

function formTo(page: VisitedPage, action: string): { readonly form: number } {
  const form = page.forms.findIndex((one) => one.action === action)
  assert.ok(form >= 0, `${action} on ${page.url}`)
  return { form }
}

const theirs = /I do not want my income to be told/

async function opened({ client }: Office): Promise<VisitedPage> {
  const closed = await client.get(`${site}/requests/2`)
  assert.doesNotMatch(closed.text, theirs)
  return await client.send(closed, {}, formTo(closed, '/requests/2/open'))
}

test('a request is opened by a form alone: looking at it again is no entry, whenever it is', async () => {
  const at = await office()
  const { text: objection } = await opened(at)
  assert.match(objection, theirs)
  assert.match(objection, /<div id="restricts-hint"[^>]*>Nothing is held back until you decide/)
  assert.equal(await at.openings(), 1)
  for (const minutes of [0, 10, 20, 40, 29]) {
    at.pass(minutes * minuteMs)
    const { text } = await at.client.get(`${site}/requests/2`)
    assert.equal(theirs.test(text), minutes <= 10, `after ${minutes} minutes more`)
    assert.equal(await at.openings(), 1)
  }
})

test('an old log-in opens, extends and decides nothing; what was written is there after a new one', async () => {
  const at = await office()
  const { client } = at
  const closed = await client.get(`${site}/requests/2`)
  const page = await opened(at)
  at.pass(15 * minuteMs + 1)
  const answer = 'Nothing is told from today on.'
  const late = [
    await client.send(closed, {}, formTo(closed, '/requests/2/open')),
    await client.send(page, { outcome: 'granted', answer }, formTo(page, '/requests/2/decide')),
  ]
  for (const one of late) assert.equal(heading(one), 'Log in again before you sign')
  assert.equal(await at.openings(), 1)
  const [, again] = late
  assert.ok(again !== undefined)
  const back = await client.send(await client.send(again, {}), { who: 1 })
  assert.equal(back.url, `${site}/requests/2`)
  assert.doesNotMatch(back.text, theirs)
  const reopened = await client.send(back, {}, formTo(back, '/requests/2/open'))
  assert.match(reopened.text, theirs)
  assert.match(reopened.text, new RegExp(answer))
  const deciding = formTo(reopened, '/requests/2/decide')
  const decided = await client.send(reopened, { outcome: 'granted', answer }, deciding)
  assert.match(decided.text, new RegExp(answer))
  assert.ok(!decided.forms.some(({ action }) => action === '/requests/2/decide'))
})

test('nothing is decided about a request that is not open before the officer', async () => {
  const at = await office()
  const page = await opened(at)
  const other = await at.client.get(`${site}/requests/3`)
  await at.client.send(other, {}, formTo(other, '/requests/3/open'))
  const answer = 'Nothing is told from today on.'
  const deciding = formTo(page, '/requests/2/decide')
  const shown = await at.client.send(page, { outcome: 'granted', answer }, deciding)
  assert.doesNotMatch(shown.text, theirs)
  const [line] = (await at.backend.held.officer.list()).filter(({ number }) => number === 2)
  assert.equal(line?.state, 'received')
})

test('a decision without a choice says so at the choices', async () => {
  const at = await office()
  const page = await opened(at)
  const sent = await at.client.send(page, { answer: 'No.' }, formTo(page, '/requests/2/decide'))
  assert.equal(sent.status, 422)
  assert.match(sent.text, /<fieldset[^>]* aria-describedby="outcome-error"/)
  assert.match(sent.text, /<p id="outcome-error" class="govuk-error-message">/)
})
