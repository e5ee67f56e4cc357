import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { PageRequest, PageResponse } from '../web/index.ts'
import { bodyCoder } from './code-body.ts'

const text = '<p>Who asked about you</p>'.repeat(200)
const page: PageResponse = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  setCookies: [],
  body: text,
}

function asked(headers: PageRequest['headers'], path = '/disclosures'): PageRequest {
  return { method: 'GET', path, query: '', headers, form: '' }
}

test('a page is coded as its reader can take it, best first, and reads the same', async () => {
  const coded = await bodyCoder()(asked({ 'accept-encoding': 'gzip, deflate, br' }), page)
  assert.equal(coded.coding, 'br')
  assert.equal(brotliDecompressSync(coded.body).toString(), text)
  const zipped = await bodyCoder()(asked({ 'accept-encoding': 'br;q=0, gzip;q=0.5' }), page)
  assert.equal(zipped.coding, 'gzip')
  assert.equal(gunzipSync(zipped.body).toString(), text)
  assert.equal((await bodyCoder()(asked({}), page)).coding, undefined)
})

test('what another site asks for, what is short and what is no text goes out as it is', async () => {
  const takes = { 'accept-encoding': 'br' }
  const code = bodyCoder()
  const foreign = asked({ ...takes, 'sec-fetch-site': 'cross-site' })
  assert.equal((await code(foreign, page)).coding, undefined)
  const neighbour = asked({ ...takes, 'sec-fetch-site': 'same-site' })
  assert.equal((await code(neighbour, page)).coding, undefined)
  assert.equal((await code(asked(takes), { ...page, body: 'short' })).coding, undefined)
  const parquet = { ...page, headers: { 'content-type': 'application/vnd.apache.parquet' } }
  assert.equal((await code(asked(takes), parquet)).coding, undefined)
  assert.equal((await code(asked({ ...takes, 'sec-fetch-site': 'none' }), page)).coding, 'br')
})

test('a file is coded once, a page each time', async () => {
  const code = bodyCoder()
  const takes = { 'accept-encoding': 'br' }
  const file = asked(takes, '/assets/page.css')
  assert.equal((await code(file, page)).body, (await code(file, page)).body)
  const changed = await code(asked(takes), { ...page, body: text.replaceAll('asked', 'looked') })
  assert.match(brotliDecompressSync(changed.body).toString(), /Who looked/)
})
