import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  signIn,
} from '../../testing/web/index.ts'

const port = 8400
const site = `http://admin.tax.localhost:${port}`

test('an administrator sees each act with its entry, and which command does it', async () => {
  const pages = createFixturePages({
    backend: createFixtureBackend(),
    port,
    assets: new Map(),
    onFailure: () => undefined,
  })
  const client = createPageClient(pages)
  assert.ok(!(await client.get(`${site}/acts?lang=en`)).text.includes('Peer’s keys accepted'))
  await signIn(client, site, 1)
  const { text } = await client.get(`${site}/acts`)
  const [acts = '', commands = ''] = text.split('</table>')
  assert.match(acts, /Peer’s keys accepted[\s\S]*?housing[\s\S]*?Entry 52</)
  assert.match(acts, /Key of the log added/)
  assert.match(acts, /Gateway started/)
  // What officers do is on their own pages.
  assert.doesNotMatch(acts, /housing-tax-rent/)
  assert.match(commands, /cloison peer add directory\.json/)
  assert.match(commands, /cloison key rotate gateway/)
})
