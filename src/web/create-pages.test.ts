import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixturePeople,
  fixtureNowMs,
  signIn,
  tourPages,
} from '../testing/web/index.ts'
import type { FixtureBackend, JoinEnding, PageClient, Tour } from '../testing/web/index.ts'
import type { DemoBackend, RestoreRow } from './demo-backend.ts'
import { languages } from './messages/words.ts'
import { pageRoutes } from './page-routes.ts'

const port = 8400

/** How a setup differs from the usual one. */
interface SetupOptions {
  readonly isStarting?: () => Promise<boolean>
}

interface Setup {
  readonly client: PageClient
  readonly backend: FixtureBackend
  readonly failures: unknown[]
  /** Turns the clock. */
  readonly pass: (ms: number) => void
}

function setUp(
  bend: (backend: FixtureBackend) => DemoBackend = (backend) => backend,
  { isStarting = () => Promise.resolve(false) }: SetupOptions = {},
): Setup {
  const backend = createFixtureBackend()
  const failures: unknown[] = []
  let now = fixtureNowMs
  const pages = createFixturePages({
    backend: bend(backend),
    port,
    assets: new Map([['/assets/page.css', { contentType: 'text/css', body: new Uint8Array(3) }]]),
    onFailure: (_reference, cause) => void failures.push(cause),
    now: () => now,
    isStarting,
  })
  const pass = (ms: number): void => void (now += ms)
  return { client: createPageClient(pages), backend, failures, pass }
}

function tourIn(setup: Setup, language: string): Promise<Tour> {
  const pendTables = (): void => setup.backend.desk.setPending(2)
  const endJoins = (ending: JoinEnding): void => setup.backend.joins.endAs(ending)
  const { reports } = setup.backend
  const endReports = (ending: 'made' | 'running' | 'refused'): void => reports.endAs(ending)
  const { client } = setup
  return tourPages({ client, port, language, pendTables, endJoins, endReports })
}

const demo = `http://demo.localhost:${port}`
const caseworker = `http://caseworker.housing.localhost:${port}`
const person = `http://person.tax.localhost:${port}`

for (const language of languages) {
  test(`every page renders in ${language}, says so and forbids the browser all but itself`, async () => {
    const tour = await tourIn(setUp(), language)
    for (const [id, page] of tour) {
      const policy = page.headers['content-security-policy'] ?? ''
      assert.match(policy, /^default-src 'none'; style-src 'self'; script-src 'self'/, id)
      assert.match(
        policy,
        /; form-action 'self'[^;]*; frame-ancestors 'none'; base-uri 'none'$/,
        id,
      )
      assert.doesNotMatch(policy, /unsafe|\*/, id)
      const targets = policy.match(/http:[^ ;]*/g) ?? []
      const leads = /^(?:demo|verify)/.test(id) ? 0 : 1
      assert.ok(targets.length <= leads && targets.every((to) => to.endsWith(`:${port}`)), id)
      assert.equal(page.headers['x-content-type-options'], 'nosniff', id)
      assert.equal(page.headers['cache-control'], 'no-store', id)
      if (!(page.headers['content-type'] ?? '').startsWith('text/html')) continue
      assert.match(page.text, new RegExp(`^<!DOCTYPE html><html lang="${language}"`), id)
      assert.equal(page.text.match(/<h1\b/g)?.length, 1, `${id} has one main heading`)
      assert.doesNotMatch(page.text, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/, id)
    }
  })
}

test('the tour visits every address that is got', async () => {
  const tour = await tourIn(setUp(), 'en')
  const visited = new Set([...tour.keys()].map((id) => id.split(':')[0]))
  const missing = pageRoutes.filter(({ id, method }) => method === 'GET' && !visited.has(id))
  assert.deepEqual(
    missing.map(({ id }) => id),
    [],
  )
})

test('every address and every name of a route is there once', () => {
  const ids = pageRoutes.map(({ id }) => id)
  const addresses = pageRoutes.map(({ role, method, path }) => `${role} ${method} ${path}`)
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(new Set(addresses).size, addresses.length)
})

test('nothing personal is in an address, in a form’s action or in a choice', async () => {
  const setup = setUp()
  const tour = await tourIn(setup, 'en')
  const [people, cases] = [fixturePeople, await setup.backend.cases('official-1')]
  const secrets = [
    ...people.flatMap(({ id, name }) => [id, name, ...name.split(' ')]),
    ...cases.flatMap(({ reference, subjectName }) => [reference, ...subjectName.split(' ')]),
  ].filter((secret) => secret.length > 3)
  const places = [
    ...setup.client.addresses,
    ...[...tour.values()].flatMap(({ text, forms }) => [
      ...forms.flatMap(({ action, fields }) => [action, ...fields.map(([, value]) => value)]),
      ...[...text.matchAll(/(?:href|src|action|value)="([^"]*)"/g)].map(([, found = '']) => found),
    ]),
  ].map((place) => decodeURIComponent(place))
  for (const secret of secrets) {
    const found = places.filter((place) => place.includes(secret))
    assert.deepEqual(found, [], `an address holds ${secret}`)
  }
  assert.ok(places.some((place) => place.includes('/cheats/')))
})

test('an identifier in an address would be found by the check above', () => {
  const places = [`${person}/disclosures?person=6629733206`]
  assert.equal(places.filter((place) => place.includes('6629733206')).length, 1)
})

test('hostile text from behind is shown as text, on every page', async () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;`
  const text = { en: hostile }
  const tour = await tourIn(
    setUp((backend) => ({
      ...backend,
      officials: async () =>
        (await backend.officials()).map((one) => ({ ...one, name: hostile, team: text })),
      cases: async (official) =>
        (await backend.cases(official)).map((one) => ({
          ...one,
          subjectName: hostile,
          kind: text,
        })),
      needs: async () =>
        (await backend.needs()).map((one) => ({
          ...one,
          label: text,
          hint: text,
          elements: [hostile],
          legalBasis: [hostile],
          purpose: hostile,
          provider: hostile,
          agreement: { id: hostile, version: 1 },
        })),
      trace: async (official) =>
        (await backend.trace(official)).map((one) => ({
          ...one,
          elements: [hostile],
          provider: hostile,
          caseReference: hostile,
          code: hostile,
        })),
      person: async (subject, given) => {
        const found = await backend.person(subject, given)
        return found && { ...found, name: hostile }
      },
      disclosures: async (id) =>
        (await backend.disclosures(id)).map((one) => ({
          ...one,
          consumer: hostile,
          elements: [hostile],
          purpose: hostile,
          legalBasis: [hostile],
        })),
      heads: async () =>
        (await backend.heads()).map((head) => ({
          ...head,
          checkpointNote: hostile,
          cosignedBy: [hostile],
        })),
      cheat: async (kind) => ({
        ...(await backend.cheat(kind)),
        stoppedBy: hostile,
        detail: text,
        steps: [
          { what: text, outcome: { kind: 'replies', replies: [{ code: hostile, times: 1 }] } },
        ],
      }),
    })),
    'en',
  )
  for (const [id, page] of tour) {
    if (!(page.headers['content-type'] ?? '').startsWith('text/html')) continue
    assert.doesNotMatch(page.text, /<script>|<img/, id)
  }
  assert.match(tour.get('caseworker.cases')?.text ?? '', /&lt;script>alert\(1\)/)
})

test('a form without its token, with another’s or from another site does nothing', async () => {
  const { client, backend } = setUp()
  const cases = await signIn(client, caseworker, 1)
  const choice = new Map(cases.forms[0]?.fields).get('case') ?? ''
  const need = await client.send(cases, { case: choice })
  const check = await client.send(need, { need: 1 })
  for (const token of [null, '', 'AAAAAAAAAAAAAAAAAAAAAA']) {
    const refused = await client.send(check, {}, { token })
    assert.equal(refused.status, 403)
  }
  for (const from of ['cross-site', 'same-site', 'none']) {
    assert.equal((await client.send(check, {}, { from })).status, 403)
  }
  assert.equal(backend.asked.length, 0)
  await client.send(check, {}, { from: 'same-origin' })
  assert.equal(backend.asked.length, 1)
})

test('the strict cookie alone and the field alone are each not enough', async () => {
  const { client } = setUp()
  const page = await client.get(`${person}/`)
  const cookies = client.cookies(`person.tax.localhost:${port}`)
  const held = cookies.get('__Host-form') ?? ''
  cookies.set('__Host-form', 'BBBBBBBBBBBBBBBBBBBBBB')
  assert.equal((await client.send(page, {})).status, 403)
  cookies.delete('__Host-form')
  assert.equal((await client.send(page, {})).status, 403)
  cookies.set('__Host-form', held)
  assert.equal((await client.send(page, {})).status, 200)
})

test('arriving from another site, without the strict cookie, keeps the session and its forms', async () => {
  const { client } = setUp()
  const cases = await signIn(client, caseworker, 1)
  client.cookies(`caseworker.housing.localhost:${port}`).delete('__Host-form')
  assert.match((await client.get(`${caseworker}/cases`)).text, /My cases/)
  const choice = new Map(cases.forms[0]?.fields).get('case') ?? ''
  assert.equal((await client.send(cases, { case: choice })).status, 200)
})

test('under a name that is not this machine’s, pages are shown and nothing is done', async () => {
  const { client } = setUp()
  const page = await client.get('http://demo.attacker.example/')
  assert.match(page.text, /Three agencies/)
  assert.equal((await client.send(page, { cheat: 'no-case' })).status, 403)
})

test('one person’s entries are for nobody without their session', async () => {
  const { client } = setUp()
  for (const path of ['/disclosures', '/proofs', '/evidence.json']) {
    assert.equal((await client.get(`${person}${path}`)).url, `${person}/`)
  }
  await signIn(client, person, 1)
  assert.match((await client.get(`${person}/disclosures`)).text, /4 questions were asked about you/)
  assert.equal((await client.get(`${person}/leave`)).headers['clear-site-data'], '"cache"')
  assert.equal((await client.get(`${person}/disclosures`)).url, `${person}/`)
})

test('a choice of one visitor means nothing in another visitor’s form', async () => {
  const [one, other] = [setUp(), setUp()]
  await other.client.get(`${demo}/`)
  const mine = await signIn(one.client, caseworker, 1)
  const theirs = await signIn(other.client, caseworker, 1)
  const choice = new Map(mine.forms[0]?.fields).get('case') ?? ''
  assert.equal((await one.client.send(mine, { case: choice })).url, `${caseworker}/ask/need`)
  assert.equal((await other.client.send(theirs, { case: choice })).url, `${caseworker}/cases`)
})

test('an entry in another log than the provider’s is named after that log', async () => {
  const { client } = setUp((backend) => ({
    ...backend,
    disclosures: async (id) =>
      (await backend.disclosures(id)).map((one) => ({
        ...one,
        origin: 'housing.localhost/log/2026h2',
      })),
  }))
  const page = await signIn(client, person, 1)
  assert.match(page.text, /Entry 3 in the log of the Housing Agency/)
})

test('what came of a step is told in words, with its cap and how often', async () => {
  const { client } = setUp()
  const page = await client.send(await client.get(`${demo}/`), { cheat: 'enumerate' })
  assert.match(page.text, /Refused ×6. The person is not a party to the case\./)
  assert.match(page.text, />Answered ×12</)
  assert.match(page.text, /tried on Léonie Brindleholt, who sees the refusal/)
  assert.match(
    page.text,
    /href="http:\/\/person\.tax\.localhost:8400\/[^"]*"[^>]*>Log in as this person/,
  )
  assert.match(page.text, /The limit for questions is reached: This person has been asked about as/)
  const edited = await client.send(await client.get(`${demo}/`), { cheat: 'edit-log' })
  assert.match(edited.text, /not the one that the log committed to \(entry 11, file tile/)
})

test('a head without a witness is never called fresh', async () => {
  const { client } = setUp((backend) => ({
    ...backend,
    heads: async () => (await backend.heads()).map((head) => ({ ...head, cosignedBy: [] })),
  }))
  const page = await client.get(`http://verify.localhost:${port}/`)
  assert.match(page.text, /app-status--unknown/)
  assert.match(page.text, /No witness yet/)
  assert.doesNotMatch(page.text, /Witnessed 12 s ago/)
})

test('an answer is shown for a quarter of an hour and then forgotten', async () => {
  const { client, pass } = setUp()
  const cases = await signIn(client, caseworker, 1)
  const choice = new Map(cases.forms[0]?.fields).get('case') ?? ''
  const check = await client.send(await client.send(cases, { case: choice }), { need: 1 })
  const answer = await client.send(check, {})
  assert.match(answer.text, />Yes</)
  pass(15 * 60_000)
  assert.equal((await client.get(answer.url)).status, 200)
  pass(1)
  assert.equal((await client.get(answer.url)).status, 404)
})

test('an answer is provisional until a witness covers it', async () => {
  const { client, backend } = setUp()
  const cases = await signIn(client, caseworker, 1)
  const choice = new Map(cases.forms[0]?.fields).get('case') ?? ''
  const check = await client.send(await client.send(cases, { case: choice }), { need: 1 })
  const answer = await client.send(check, {})
  assert.match(answer.text, /until then the answer is provisional/)
  assert.equal((await client.get(`${answer.url}/state`)).text, '{"witnessed":false}')
  backend.setWitnessed(true)
  assert.match((await client.get(answer.url)).text, /Witnessed 12 s ago/)
  assert.equal((await client.get(`${answer.url}/state`)).text, '{"witnessed":true}')
})

test('another official’s answers and cases go when the official changes', async () => {
  const { client } = setUp()
  const cases = await signIn(client, caseworker, 1)
  const choice = new Map(cases.forms[0]?.fields).get('case') ?? ''
  const check = await client.send(await client.send(cases, { case: choice }), { need: 1 })
  const answer = await client.send(check, {})
  const again = await client.send(await client.get(`${caseworker}/sign-in/again`), {})
  await client.send(again, { who: 2 })
  assert.equal((await client.get(answer.url)).status, 404)
  assert.equal((await client.get(`${caseworker}/ask/check`)).url, `${caseworker}/cases`)
})

test('the language is the one asked for, then the cookie’s, then the browser’s', async () => {
  const { client } = setUp()
  assert.match((await client.get(`${demo}/`)).text, /<html lang="en"/)
  assert.match((await client.get(`${demo}/?lang=es`)).text, /<html lang="es"/)
  assert.match((await client.get(`${demo}/`)).text, /<html lang="es"/)
  assert.match((await client.get(`${demo}/?lang=tlh`)).text, /<html lang="es"/)
})

test('a failure behind is a page with a reference, and the reason stays in the server', async () => {
  const setup = setUp()
  setup.backend.setBroken(true)
  const page = await setup.client.get(`${demo}/`)
  assert.equal(page.status, 500)
  assert.match(page.text, /Something went wrong here/)
  assert.match(page.text, /The state of the log is not known/)
  assert.doesNotMatch(page.text, /the fixture is broken/)
  assert.ok(setup.failures[0] instanceof Error)
})

test('a failure while a gateway starts says so and when to come again; another one does not', async () => {
  let starts = true
  const setup = setUp(undefined, { isStarting: () => Promise.resolve(starts) })
  const well = await setup.client.get(`${demo}/`)
  assert.deepEqual([well.status, well.headers['retry-after']], [200, undefined])
  setup.backend.setBroken(true)
  const page = await setup.client.get(`${demo}/`)
  assert.deepEqual([page.status, page.headers['retry-after']], [503, '5'])
  assert.match(page.text, /is still starting\. Nothing was changed by this page/)
  assert.equal(setup.failures.length, 1)
  const missing = await setup.client.get(`${demo}/cheats/unknown`)
  assert.deepEqual([missing.status, missing.headers['retry-after']], [404, undefined])
  starts = false
  const failed = await setup.client.get(`${demo}/`)
  assert.deepEqual([failed.status, failed.headers['retry-after']], [500, undefined])
})

test('a failure of asking whether something starts leaves the failure as it is', async () => {
  const setup = setUp(undefined, { isStarting: () => Promise.reject(new Error('down')) })
  setup.backend.setBroken(true)
  assert.equal((await setup.client.get(`${demo}/`)).status, 500)
})

test('heads that cannot be had do not take the page with them', async () => {
  const setup = setUp((backend) => ({ ...backend, heads: () => Promise.reject(new Error('down')) }))
  const page = await setup.client.get(`${caseworker}/`)
  assert.equal(page.status, 200)
  assert.match(page.text, /app-status--unknown/)
})

test('an address that is not there, and one that takes another method, say so', async () => {
  const { client } = setUp()
  assert.equal((await client.get(`${demo}/cheats/unknown`)).status, 404)
  assert.equal((await client.get(`${caseworker}/answers/AAAAAAAAAAAAAAAAAAAAAA`)).status, 200)
  const chosen = await signIn(client, caseworker, 1)
  assert.equal(chosen.status, 200)
  assert.equal((await client.get(`${caseworker}/answers/AAAAAAAAAAAAAAAAAAAAAA`)).status, 404)
  const page = await client.get(`${person}/`)
  const wrong = {
    ...page,
    url: `${person}/disclosures`,
    forms: [{ action: '/disclosures', fields: [], choices: [] }],
  }
  assert.equal((await client.send(wrong, {})).status, 405)
})

test('assets are served under the same rules', async () => {
  const { client } = setUp()
  const asset = await client.get(`${demo}/assets/page.css`)
  assert.equal(asset.status, 200)
  assert.equal(asset.headers['x-content-type-options'], 'nosniff')
})

test('a long attempt to cheat shows how far it is, without scripts, and then who noticed', async () => {
  const told: ((row: RestoreRow) => void)[] = []
  const done = Promise.withResolvers<void>()
  const { client } = setUp((backend) => ({
    ...backend,
    cheat: async (kind, tell) => {
      if (tell !== undefined) told.push(tell)
      await done.promise
      return backend.cheat(kind)
    },
  }))
  const first = await client.send(await client.get(`${demo}/`), { cheat: 'restore' })
  assert.match(first.text, /0 of 7 attempts made/)
  told[0]?.({ parts: ['state', 'head'], noticedBy: 'folder' })
  const second = await client.get(first.url)
  assert.match(second.text, /1 of 7 attempts made/)
  assert.match(second.text, /State store \+ Head store/)
  assert.doesNotMatch(second.text, /What stopped it/)
  done.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  const last = await client.get(first.url)
  assert.match(last.text, /An older state of the log had been put back/)
  assert.match(last.text, /State store \+ Head store \+ Published log/)
})

test('a long attempt to cheat that fails is an error page, and not a page without an end', async () => {
  const { client } = setUp((backend) => ({
    ...backend,
    cheat: () => Promise.reject(new Error('no process could be started')),
  }))
  const page = await client.send(await client.get(`${demo}/`), { cheat: 'restore' })
  const again = page.status === 200 ? await client.get(page.url) : page
  assert.equal(again.status, 500)
})
