import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  signIn,
} from '../../../testing/web/index.ts'
import type { FixtureBackend, PageClient, VisitedPage } from '../../../testing/web/index.ts'
import { parseReport } from '../../../oversight/index.ts'
import { requestTasks } from '../officer-tasks.ts'
import { officeReports } from './at-reports.ts'

const port = 8400
const site = `http://dpo.tax.localhost:${port}`
const days = { from: '2026-01-01', until: '2026-09-21', agreement: '' }

async function setUp(): Promise<{
  readonly client: PageClient
  readonly backend: FixtureBackend
}> {
  const backend = createFixtureBackend()
  const onFailure = (): void => undefined
  const client = createPageClient(
    createFixturePages({ backend, port, assets: new Map(), onFailure }),
  )
  await client.get(`${site}/?lang=en`)
  await signIn(client, site, 1)
  return { client, backend }
}

function heading({ text }: VisitedPage): string {
  return /<h1[^>]*>([^<]*)</.exec(text)?.[1] ?? ''
}

async function send(client: PageClient, fields: Record<string, string>): Promise<VisitedPage> {
  return await client.send(await client.get(`${site}/reports/accounting`), fields)
}

test('whoever is not signed in, and an organisation without the desk, has no reports', async () => {
  const { client } = await setUp()
  const other = `http://dpo.social.localhost:${port}`
  assert.equal(heading(await client.get(`${other}/reports`)), 'Sign in')
  await signIn(client, other, 1)
  for (const path of [
    'reports',
    'reports/accounting',
    'reports/made/x',
    'reports/made/x/report.json',
  ])
    assert.equal((await client.get(`${other}/${path}`)).status, 404, path)
})

test('kinds are those about the organisation: none about one person can be asked for here', async () => {
  const { client, backend } = await setUp()
  const { text } = await client.get(`${site}/reports`)
  const linked = [...text.matchAll(/href="\/reports\/([a-z-]+)"/g)].map(([, kind]) => kind)
  assert.deepEqual(linked, officeReports)
  for (const kind of ['access', 'fan-out', 'everything'])
    assert.equal((await client.get(`${site}/reports/${kind}`)).status, 404, kind)
  const form = await client.get(`${site}/reports/accounting`)
  const action = form.forms[0]?.action ?? ''
  assert.equal(action, '/reports/accounting')
  assert.deepEqual(backend.reports.wanted, [])
})

test('both days are in the period, and an agreement is one of those there are', async () => {
  const { client, backend } = await setUp()
  await send(client, { ...days, agreement: 'housing-tax-rent 1' })
  await send(client, days)
  const period = { fromMs: Date.UTC(2026, 0, 1), untilMs: Date.UTC(2026, 8, 22) }
  assert.deepEqual(backend.reports.wanted, [
    { report: 'accounting', ...period, agreement: { id: 'housing-tax-rent', version: 1 } },
    { report: 'accounting', ...period, agreement: null },
  ])
})

test('a mistake in the form is told at its field, and asks the gateway nothing', async () => {
  const { client, backend } = await setUp()
  for (const [wrong, field] of [
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-02-30' }, 'from'],
    [{ from: '2027-01-01', until: '2027-02-01' }, 'from'],
    [{ until: '' }, 'until'],
    [{ until: '2025-12-31' }, 'until'],
  ] as const) {
    const page = await send(client, { ...days, ...wrong })
    assert.equal(page.status, 422)
    assert.ok(page.text.includes(`href="#${field}"`), JSON.stringify(wrong))
  }
  assert.deepEqual(backend.reports.wanted, [])
})

test('a made report shows its figures and how each is proven, and its file is one that others can read', async () => {
  const { client } = await setUp()
  const report = await send(client, days)
  assert.equal(heading(report), 'Accounting of disclosures')
  assert.ok(report.text.includes('1 January 2026 to 21 September 2026'), 'the days of the form')
  for (const told of ['1,204', '2026-08', '6 figures', 'An inspector counts them again', '1,512'])
    assert.ok(report.text.includes(told), told)
  const json = await client.get(`${report.url}/report.json`)
  assert.equal(json.headers['content-disposition'], 'attachment; filename="accounting.json"')
  const file = parseReport(json.text)
  assert.ok(file !== undefined && file !== 'malformed')
  assert.equal(file.report, 'accounting')
  const html = await client.get(`${report.url}/report.html`)
  assert.equal(html.headers['content-disposition'], 'attachment; filename="accounting.html"')
  assert.doesNotMatch(html.headers['content-type'] ?? '', /html/)
  assert.match(html.text, /^<!DOCTYPE html><html lang="en">/)
  assert.match(html.text, /@media print/)
  assert.match(report.text, /a gateway starts no browser/)
  const print = 'cloison report print accounting.json --pdf accounting.pdf --language en'
  assert.ok(report.text.includes(print))
})

test('a report under way says so until it is there; a refused one says why; one that does not hold is an error', async () => {
  const { client, backend } = await setUp()
  backend.reports.endAs('running')
  const running = await send(client, days)
  assert.match(running.text, /data-reload-ms/)
  assert.equal((await client.get(`${running.url}/report.json`)).status, 404)
  backend.reports.endAs('refused')
  const refused = await send(client, days)
  assert.match(refused.text, /REPORT_PENDING/)
  assert.equal((await client.get(`${refused.url}/report.html`)).status, 404)
  backend.reports.endAs('failed')
  assert.equal((await send(client, days)).status, 500)
})

test('a visit keeps the newest five reports, and shows nobody else’s', async () => {
  const { client, backend } = await setUp()
  const made: string[] = []
  for (let number = 0; number < 6; number += 1) made.push((await send(client, days)).url)
  const statuses = await Promise.all(made.map(async (url) => (await client.get(url)).status))
  assert.deepEqual(statuses, [404, 200, 200, 200, 200, 200])
  const onFailure = (): void => undefined
  const other = createPageClient(
    createFixturePages({ backend, port, assets: new Map(), onFailure }),
  )
  await signIn(other, site, 1)
  assert.equal((await other.get(made[5] ?? '')).status, 404)
})

test('requests of persons are counted with the clock of the first, decided ones left out', () => {
  const line = { kind: 'access', filedAtMs: 0, state: 'received', decidedAtMs: null } as const
  const lines = [
    { ...line, number: 1, dueMs: fixtureNowMs - 1 },
    { ...line, number: 2, dueMs: fixtureNowMs },
    { ...line, number: 3, dueMs: 5, state: 'granted' as const, decidedAtMs: 9 },
  ]
  assert.deepEqual(requestTasks(lines, fixtureNowMs), {
    open: 2,
    late: 1,
    firstDueMs: fixtureNowMs - 1,
  })
  assert.deepEqual(requestTasks([], fixtureNowMs), { open: 0, late: 0, firstDueMs: undefined })
})
