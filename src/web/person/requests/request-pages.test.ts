import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  type FixtureBackend,
  type PageClient,
  signIn,
  type VisitedPage,
} from '../../../testing/web/index.ts'

const site = 'http://person.tax.localhost:8400'

async function asPerson(): Promise<{ client: PageClient; backend: FixtureBackend }> {
  const backend = createFixtureBackend()
  const onFailure = (_reference: string, cause: unknown): void => assert.fail(String(cause))
  const parts = { backend, port: 8400, assets: new Map(), onFailure }
  const client = createPageClient(createFixturePages(parts))
  await signIn(client, site, 1)
  return { client, backend }
}

function formTo(page: VisitedPage, action: string): { readonly form: number } {
  const form = page.forms.findIndex((one) => one.action === action)
  assert.ok(form >= 0, `${action} on ${page.url}`)
  return { form }
}

/** The form about the newest entry: housing asked tax. */
async function begun(client: PageClient): Promise<VisitedPage> {
  const entries = await client.get(`${site}/disclosures`)
  const begin = formTo(entries, '/requests/about')
  const entry = new Map(entries.forms[begin.form]?.fields).get('entry') ?? ''
  return await client.send(entries, { entry }, begin)
}

test('what is wrong stands at its group, which is described by it', async () => {
  const { client } = await asPerson()
  const write = await begun(client)
  const writing = formTo(write, '/requests/write')
  for (const [fields, group] of [
    [{ text: 'Please.' }, 'kind'],
    [{ kind: 'correction', text: 'Please.' }, 'elements'],
  ] as const) {
    const { status, text } = await client.send(write, fields, writing)
    assert.equal(status, 422)
    assert.match(text, new RegExp(`<fieldset[^>]* aria-describedby="[^"]*${group}-error"`))
    assert.match(text, new RegExp(`<p id="${group}-error" class="govuk-error-message">`))
    assert.equal(text.match(/govuk-error-message/g)?.length, 1)
  }
})

async function filedAs(
  client: PageClient,
  write: VisitedPage,
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly check: VisitedPage; readonly filed: VisitedPage }> {
  const check = await client.send(write, fields, formTo(write, '/requests/write'))
  return { check, filed: await client.send(check, {}, formTo(check, '/requests/check')) }
}

test('about an entry, the agency that asked can be told as well, with the entry of the other’s log in words', async () => {
  const { client, backend } = await asPerson()
  const write = await begun(client)
  assert.match(write.text, /Tax Agency, which was asked/)
  assert.match(write.text, /Housing Agency, which asked/)
  const wish = { to: 'housing', kind: 'objection', text: 'You do not need this.' }
  const { check, filed } = await filedAs(client, write, wish)
  assert.match(check.text, /Housing Agency/)
  assert.match(check.text, /This is about entry 3 of the log tax\.localhost\/log\/2026h2, of 21 /)
  assert.match(check.text, /until your objection is decided, questions about you go on being asked/)
  assert.match(filed.text, /<h1[^>]*>Your requests/)
  const [newest] = await backend.held.person.own('6629733206')
  assert.deepEqual(
    [newest?.organisation, newest?.kind, newest?.about],
    ['housing', 'objection', null],
  )
  assert.match(newest?.text ?? '', /^You do not need this\.\n\nThis is about entry 3 of/)
})

test('to the agency whose log it is in, the entry itself is named, and the words are the person’s alone', async () => {
  const { client, backend } = await asPerson()
  const wish = { to: 'tax', kind: 'access', text: 'Please explain.' }
  const { check } = await filedAs(client, await begun(client), wish)
  assert.doesNotMatch(check.text, /questions about you go on/)
  const [newest] = await backend.held.person.own('6629733206')
  const about = { origin: 'tax.localhost/log/2026h2', entryIndex: 3 }
  assert.deepEqual([newest?.organisation, newest?.about, newest?.text], ['tax', about, wish.text])
})

test('somebody about whom nobody asked can ask any agency for what it holds', async () => {
  const { client, backend } = await asPerson()
  const requests = await client.get(`${site}/requests`)
  const write = await client.send(requests, {}, formTo(requests, '/requests/about'))
  for (const name of ['Tax', 'Social Security', 'Housing'])
    assert.match(write.text, new RegExp(`<label[^>]*>${name} Agency<`))
  assert.doesNotMatch(write.text, /<label[^>]*>(Data Protection|Witness)|value="correction"/)
  const wish = { kind: 'access', text: 'What do you hold about me?' }
  const nobody = await client.send(write, wish, formTo(write, '/requests/write'))
  assert.equal(nobody.status, 422)
  assert.match(nobody.text, /<fieldset[^>]* aria-describedby="to-error"/)
  await filedAs(client, nobody, { ...wish, to: 'social' })
  const [newest] = await backend.held.person.own('6629733206')
  assert.deepEqual([newest?.organisation, newest?.kind, newest?.about], ['social', 'access', null])
})

test('whoever is no side of the question gets no request about it, and no organisation that keeps no list', async () => {
  const { client } = await asPerson()
  const write = await begun(client)
  for (const to of ['social', 'inspector', 'nobody']) {
    const wish = { to, kind: 'question', text: 'Why?' }
    assert.equal((await client.send(write, wish, formTo(write, '/requests/write'))).status, 422)
  }
})
