import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAct, parseAgreement } from '../../agreement/index.ts'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  signIn,
} from '../../testing/web/index.ts'
import type { FixtureBackend, PageClient, VisitedPage } from '../../testing/web/index.ts'
import { readForm } from '../read-form.ts'

const port = 8400
const site = `http://dpo.tax.localhost:${port}`
const rent = `${site}/agreements/housing-tax-rent`

interface Setup {
  readonly client: PageClient
  readonly backend: FixtureBackend
  readonly pass: (ms: number) => void
}

async function setUp(): Promise<Setup> {
  const backend = createFixtureBackend()
  let now = fixtureNowMs
  const pages = createFixturePages({
    backend,
    port,
    assets: new Map(),
    onFailure: () => undefined,
    now: () => now,
  })
  const client = createPageClient(pages)
  await client.get(`${site}/?lang=en`)
  await signIn(client, site, 1)
  return { client, backend, pass: (ms) => void (now += ms) }
}

function heading({ text }: VisitedPage): string {
  return /<h1[^>]*>([^<]*)</.exec(text)?.[1] ?? ''
}

test('whoever is not signed in is led to signing in, and sees no agreement', async () => {
  const backend = createFixtureBackend()
  const onFailure = (): void => undefined
  const client = createPageClient(
    createFixturePages({ backend, port, assets: new Map(), onFailure }),
  )
  for (const path of [
    'tasks',
    'agreements',
    'agreements/housing-tax-rent/1',
    'limits',
    'signals',
    'hand-in',
  ]) {
    const page = await client.get(`${site}/${path}`)
    assert.equal(heading(page), 'Sign in', path)
    assert.ok(!page.text.includes('housing-tax-rent'))
  }
})

test('an organisation without an officer’s desk has no such pages', async () => {
  const { client } = await setUp()
  const other = `http://dpo.social.localhost:${port}`
  assert.equal(heading(await signIn(client, other, 1)), 'My account')
  assert.equal((await client.get(`${other}/agreements`)).status, 404)
})

test('what waits is counted: one request that is late, one to sign, one lock, one suspended, one signal, two reviews, one budget', async () => {
  const { client } = await setUp()
  const { text } = await client.get(`${site}/tasks`)
  const status = (id: string): string =>
    new RegExp(`id="${id}-status"[^>]*>(?:<strong[^>]*>)?([^<]*)<`).exec(text)?.[1] ?? ''
  assert.deepEqual(
    ['requests', 'sign', 'locks', 'suspended', 'signals', 'emergencies', 'budgets', 'openings'].map(
      status,
    ),
    [
      '1 overdue',
      '1 waits',
      '1 runs',
      '1 waits',
      '1 waits',
      '2 wait',
      '1 waits',
      '1 of at most 10',
    ],
  )
})

test('an offer is signed on the page where the key is at hand: what is handed in bears the signature', async () => {
  const { client, backend } = await setUp()
  const offer = await client.get(`${rent}/2`)
  assert.match(offer.text, /Sign this agreement/)
  assert.match(offer.text, /What the law would ask/)
  assert.match(offer.text, /Wider in something: the time lock runs anew/)
  await client.send(offer, {})
  const [document] = backend.officer.handedIn
  assert.ok(document !== undefined)
  const signers = parseAgreement(document).signatures.map(({ organisation }) =>
    String(organisation),
  )
  assert.deepEqual(signers.toSorted(), ['housing', 'tax'])
})

test('an act needs a reason of one line, and is signed over the very document', async () => {
  const { client, backend } = await setUp()
  const page = await client.get(`${rent}/1/acts/suspend`)
  for (const reason of ['', '  ', 'two\nlines', 'x'.repeat(501), 'hidden\u{200b}']) {
    const refused = await client.send(page, { reason })
    assert.equal(refused.status, 422)
    assert.match(refused.text, /Give a reason of one line/)
  }
  assert.equal(backend.officer.handedIn.length, 0)
  await client.send(page, { reason: 'Audit 12' })
  const [shown] = await backend.officer.agreements()
  const act = parseAct(backend.officer.handedIn[0] ?? new Uint8Array())
  assert.deepEqual(
    [act.act, act.reason, act.agreement.digest, act.lifts],
    ['suspend', 'Audit 12', shown?.digest, []],
  )
})

test('resuming names the suspensions that stand', async () => {
  const { client, backend } = await setUp()
  const page = await client.get(`${site}/agreements/housing-tax-emergency/1/acts/resume`)
  await client.send(page, { reason: 'Audit 12 has ended' })
  assert.deepEqual(parseAct(backend.officer.handedIn[0] ?? new Uint8Array()).lifts, [
    'AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=',
  ])
})

test('what cannot be done to an agreement as it stands has no page', async () => {
  const { client } = await setUp()
  for (const path of [
    '1/acts/reject',
    '1/acts/resume',
    '1/acts/review',
    '1/acts/burn',
    '9/acts/suspend',
  ])
    assert.equal((await client.get(`${rent}/${path}`)).status, 404, path)
})

test('an old log-in signs and decides nothing; after a new one the officer is where they were', async () => {
  const { client, backend, pass } = await setUp()
  const act = await client.get(`${rent}/1/acts/suspend`)
  const signal = await client.get(`${site}/signals/AAAAAAAAAAA`)
  const offer = await client.get(`${rent}/2`)
  pass(15 * 60_000 + 1)
  for (const [page, fields] of [
    [act, { reason: 'Audit 12' }],
    [offer, {}],
    [signal, { verdict: 'misuse' }],
  ] as const)
    assert.equal(heading(await client.send(page, fields)), 'Log in again before you sign')
  assert.equal(backend.officer.handedIn.length, 0)
  const again = await client.get(`${rent}/1/acts/suspend`)
  assert.equal(heading(again), 'Log in again before you sign')
  const back = await client.send(await client.send(again, {}), { who: 1 })
  assert.equal(heading(back), 'Suspend this agreement')
})

test('where the officer’s key is elsewhere, no button signs: the page says what to type', async () => {
  const { client } = await setUp()
  const other = `http://dpo.housing.localhost:${port}`
  await signIn(client, other, 1)
  const path = `${other}/agreements/housing-tax-rent/1`
  const page = await client.get(`${path}/acts/suspend`)
  assert.match(page.text, /cloison agreement suspend housing-tax-rent --version 1/)
  assert.equal(page.forms.length, 0)
  const [form] = (await client.get(`${other}/`)).forms
  assert.ok(form !== undefined)
  const forms = [{ ...form, action: `${path}/acts/suspend` }]
  const sent = await client.send({ ...page, forms }, { reason: 'Audit 12' })
  assert.equal(sent.status, 404)
})

test('what the gateway refuses is told with its code, and nothing is said to be written', async () => {
  const { client, backend } = await setUp()
  backend.officer.setOutcome({
    state: 'refused',
    code: 'ACT_OUTDATED',
    reason: 'somebody suspended',
  })
  const page = await client.send(await client.get(`${rent}/1/acts/suspend`), { reason: 'Audit 12' })
  assert.equal(page.status, 422)
  assert.match(page.text, /Somebody suspended it meanwhile/)
  assert.match(page.text, /ACT_OUTDATED/)
})

test('a signed document is handed in as a file or as text, byte for byte', async () => {
  const { client, backend } = await setUp()
  const document = (await client.get(`${rent}/1/document.json`)).text
  const form = await client.get(`${site}/hand-in`)
  await client.send(form, { document })
  await client.send(form, { text: ` ${document}\n` })
  const texts = backend.officer.handedIn.map((bytes) => new TextDecoder().decode(bytes))
  assert.deepEqual(texts, [document, document])
  assert.equal((await client.send(form, {})).status, 422)
})

test('a file of a multipart form is read as its text, and what is no form is empty', async () => {
  const form = new FormData()
  form.set('form_token', 'abc')
  form.set('document', new File(['{"v":1}'], 'x.json'))
  const sent = new Response(form)
  const type = sent.headers.get('content-type') ?? ''
  const bytes = new Uint8Array(await sent.arrayBuffer())
  const read = new URLSearchParams(await readForm(bytes, type))
  assert.deepEqual([read.get('form_token'), read.get('document')], ['abc', '{"v":1}'])
  assert.equal(await readForm(bytes.subarray(0, 40), type), '')
  assert.equal(
    await readForm(new TextEncoder().encode('a=1'), 'application/x-www-form-urlencoded'),
    'a=1',
  )
})

test('a signal names a person by a handle that says nobody, and a statement by who made it', async () => {
  const { client } = await setUp()
  const { text } = await client.get(`${site}/signals/BBBBBBBBBBB`)
  assert.match(text, /it names nobody/)
  assert.match(text, /The case system itself says so of 1 question/)
})
