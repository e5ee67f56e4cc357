import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  type PageClient,
} from '../../testing/web/index.ts'
import type { PublicDesk } from '../index.ts'

const site = 'http://public.tax.localhost:8400'

function visitor(change: (desk: PublicDesk) => PublicDesk = (desk) => desk): PageClient {
  const backend = createFixtureBackend()
  const tax = backend.desks.get('tax')
  assert.ok(tax?.open !== undefined)
  const desks = new Map([...backend.desks, ['tax', { ...tax, open: change(tax.open) }] as const])
  const onFailure = (): void => undefined
  return createPageClient(
    createFixturePages({
      backend: { ...backend, desks },
      port: 8400,
      assets: new Map(),
      onFailure,
    }),
  )
}

test('everybody reads who asks whom what, why, under which law, how much and how long, without signing in', async () => {
  const { text } = await visitor().get(`${site}/`)
  assert.match(text, /Housing Agency asks, Tax Agency answers/)
  assert.match(text, /housing-tax-rent, version 1/)
  assert.match(text, /different people in 30 days/)
  assert.match(text, /\d+ days left/)
  assert.match(text, /Epsilon 0\.85 of 1 this year/)
  assert.match(text, /Cloison 0\.1\.0/)
})

test('an offer and what has ended are not in force, and how much of a cap is used is nowhere', async () => {
  const client = visitor()
  const { text } = await client.get(`${site}/`)
  assert.doesNotMatch(text, /housing-tax-rent, version 2|housing-tax-join/)
  assert.doesNotMatch(text, /84 of/)
  const inner = await client.get(`${site}/agreements/housing-tax-rent/2`)
  assert.equal(inner.status, 404)
  const known = await client.get(`${site}/agreements/housing-tax-rent/1`)
  assert.doesNotMatch(known.text, /84 of/)
})

test('an agreement is given as the document that was signed', async () => {
  const client = visitor()
  const { text } = await client.get(`${site}/agreements/housing-tax-rent/1/document.json`)
  const { id, signatures } = JSON.parse(text) as { id: string; signatures: unknown[] }
  assert.deepEqual([id, signatures.length], ['housing-tax-rent', 2])
})

test('the page stays under 100 KB with 500 agreements, and says how many it leaves out', async () => {
  const many = (desk: PublicDesk): PublicDesk => ({
    async record() {
      const record = await desk.record()
      const [first] = record.agreements
      assert.ok(first !== undefined)
      return { ...record, agreements: Array.from({ length: 500 }, () => first) }
    },
  })
  const { text } = await visitor(many).get(`${site}/`)
  assert.match(text, /470 more agreements/)
  assert.ok(Buffer.byteLength(text) <= 100_000, `${Buffer.byteLength(text)} bytes`)
})
