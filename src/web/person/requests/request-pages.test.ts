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
