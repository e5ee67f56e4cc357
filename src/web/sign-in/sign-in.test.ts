import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixtureIdentity,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  signIn,
} from '../../testing/web/index.ts'
import type { FixtureBackend, FixtureIdentity, PageClient } from '../../testing/web/index.ts'
import type { IdentityPort, Pages } from '../index.ts'

const port = 8400
const caseworker = `http://caseworker.housing.localhost:${port}`
const person = `http://person.tax.localhost:${port}`
const dpo = `http://dpo.housing.localhost:${port}`
const hostOf = (site: string): string => new URL(site).host
const minuteMs = 60_000

interface Setup {
  readonly pages: Pages
  readonly client: PageClient
  readonly backend: FixtureBackend
  readonly login: FixtureIdentity
  readonly failures: unknown[]
  readonly pass: (ms: number) => void
}

function setUp(bend: (identity: IdentityPort) => IdentityPort = (identity) => identity): Setup {
  let now = fixtureNowMs
  const backend = createFixtureBackend()
  const honest = createFixtureIdentity(port, () => now)
  const login = { ...honest, identity: bend(honest.identity) }
  const failures: unknown[] = []
  const pages = createFixturePages({
    backend,
    identity: login,
    port,
    assets: new Map(),
    onFailure: (_reference, cause) => void failures.push(cause),
    now: () => now,
  })
  const pass = (ms: number): void => void (now += ms)
  return { pages, client: createPageClient(pages), backend, login, failures, pass }
}

function sessionOf(client: PageClient, site: string): string {
  return client.cookies(hostOf(site)).get('__Host-session') ?? ''
}

/** Signs in as official 1 and goes on to the page before the question. */
async function draft(client: PageClient): Promise<Awaited<ReturnType<PageClient['get']>>> {
  const cases = await signIn(client, caseworker, 1)
  const choice = new Map(cases.forms[0]?.fields).get('case') ?? ''
  return await client.send(await client.send(cases, { case: choice }), { need: 1 })
}

/** The address that the provider sends the visitor back to. */
function callbackOf(client: PageClient): string {
  const found = client.addresses.findLast((address) => address.includes('/callback?'))
  assert.ok(found !== undefined)
  return found
}

test('a session that was put into somebody’s browser knows nobody after they sign in', async () => {
  const { pages, client } = setUp()
  const attacker = createPageClient(pages)
  await attacker.send(await attacker.get(`${caseworker}/`), {})
  const planted = attacker.cookies(hostOf(caseworker))
  for (const [name, value] of planted) client.cookies(hostOf(caseworker)).set(name, value)
  await signIn(client, caseworker, 1)
  assert.notEqual(sessionOf(client, caseworker), sessionOf(attacker, caseworker))
  assert.equal((await attacker.get(`${caseworker}/cases`)).url, `${caseworker}/`)
  assert.match((await client.get(`${caseworker}/cases`)).text, /My cases/)
})

test('signing in again changes the session and the token of its forms', async () => {
  const { client } = setUp()
  const first = await signIn(client, caseworker, 1)
  const [session, token] = [sessionOf(client, caseworker), new Map(first.forms[0]?.fields)]
  const logIn = await client.send(await client.get(`${caseworker}/sign-in/again`), {})
  const second = await client.send(logIn, { who: 1 })
  assert.notEqual(sessionOf(client, caseworker), session)
  assert.notEqual(new Map(second.forms[0]?.fields).get('form_token'), token.get('form_token'))
})

test('somebody else’s answer of the provider signs nobody in: with no attempt, and with another', async () => {
  const { pages, client } = setUp()
  const attacker = createPageClient(pages)
  const logIn = await attacker.send(await attacker.get(`${caseworker}/`), {})
  // The attacker logs in, and keeps the address for the victim instead of following it.
  const answered = await pages({
    method: 'POST',
    path: new URL(logIn.url).pathname,
    query: '',
    headers: { host: new URL(logIn.url).host },
    form: 'who=1',
  })
  const planted = answered.headers['location'] ?? ''
  assert.match(planted, /\/callback\?code=/)
  assert.equal((await client.get(planted)).status, 403)
  await client.send(await client.get(`${caseworker}/`), {})
  assert.equal((await client.get(planted)).status, 403)
  assert.equal((await client.get(`${caseworker}/cases`)).url, `${caseworker}/`)
  assert.equal((await attacker.get(planted)).url, `${caseworker}/cases`)
})

test('an answer of the provider serves once', async () => {
  const { client } = setUp()
  await signIn(client, caseworker, 1)
  const used = callbackOf(client)
  const before = sessionOf(client, caseworker)
  const again = await client.get(used)
  assert.equal(again.status, 403)
  assert.match(again.text, /was used already/)
  assert.equal(sessionOf(client, caseworker), before)
})

test('an attempt is over after ten minutes, and after the first answer to it', async () => {
  const { client, pass } = setUp()
  const logIn = await client.send(await client.get(`${caseworker}/`), {})
  pass(10 * minuteMs + 1)
  assert.match((await client.send(logIn, { who: 1 })).text, /took too long/)
  const cancelled = await client.send(await client.get(`${caseworker}/`), {})
  assert.equal((await client.send(cancelled, { cancel: 'yes' })).status, 403)
  assert.equal((await client.send(cancelled, { who: 1 })).status, 403)
})

test('the session of one host is nobody’s at another', async () => {
  const { client } = setUp()
  await signIn(client, caseworker, 1)
  const stolen = sessionOf(client, caseworker)
  for (const site of [person, dpo, `http://caseworker.tax.localhost:${port}`]) {
    client.cookies(hostOf(site)).set('__Host-session', stolen)
    const front = await client.get(`${site}/`)
    assert.match(front.text, /action="\/sign-in"/, site)
    assert.doesNotMatch(front.text, /Maren Oakford/, site)
  }
  assert.equal((await client.get(`${person}/disclosures`)).url, `${person}/`)
  assert.match((await client.get(`${caseworker}/cases`)).text, /My cases/)
})

test('an answer for one host is nothing at another', async () => {
  const { client } = setUp()
  await signIn(client, caseworker, 1)
  const moved = callbackOf(client).replace('caseworker', 'dpo')
  await client.send(await client.get(`${dpo}/`), {})
  assert.equal((await client.get(moved)).status, 403)
})

test('an account of another role is not let in, whatever the port says', async () => {
  const { client } = setUp((identity) => ({
    ...identity,
    finish: async (site, answer) => {
      const result = await identity.finish(site, answer)
      if (result.kind === 'refused') return result
      return { ...result, account: { ...result.account, role: 'dpo' } }
    },
  }))
  const refused = await signIn(client, caseworker, 1)
  assert.equal(refused.status, 403)
  assert.match(refused.text, /Each role has a site of its own/)
  assert.equal((await client.get(`${caseworker}/cases`)).url, `${caseworker}/`)
})

test('a person whom nobody here knows is told so, and sees nobody’s entries', async () => {
  const { client } = setUp((identity) => ({
    ...identity,
    finish: async (site, answer) => {
      const result = await identity.finish(site, answer)
      if (result.kind === 'refused') return result
      const subject = { scheme: 'fixture', value: 'nobody' }
      return { ...result, account: { ...result.account, subject } }
    },
  }))
  assert.equal((await signIn(client, person, 1)).status, 403)
  assert.equal((await client.get(`${person}/disclosures`)).url, `${person}/`)
})

test('nothing in an address says where signing in leads', async () => {
  const { client } = setUp()
  const wishes =
    'next=https://evil.example/&returnTo=//evil.example&redirect_uri=https://evil.example'
  const logIn = await client.send(await client.get(`${caseworker}/?${wishes}`), {})
  await client.send(logIn, { who: 1 })
  const outside = client.addresses.filter(
    (address) => !new URL(address).host.endsWith(`localhost:${port}`),
  )
  assert.deepEqual(outside, [])
  const callback = `${callbackOf(client)}&${wishes}`
  assert.equal((await client.get(callback)).status, 403)
  assert.ok(client.addresses.every((address) => !new URL(address).host.includes('evil')))
})

test('signing in and out needs a form of ours', async () => {
  const { client } = setUp()
  const front = await client.get(`${caseworker}/`)
  assert.equal((await client.send(front, {}, { token: null })).status, 403)
  assert.equal((await client.send(front, {}, { from: 'cross-site' })).status, 403)
  await signIn(client, caseworker, 1)
  const account = await client.get(`${caseworker}/`)
  assert.equal((await client.send(account, {}, { from: 'same-site' })).status, 403)
  assert.match((await client.get(`${caseworker}/cases`)).text, /My cases/)
})

test('signing out ends the session here, even when the provider is away', async () => {
  const { client } = setUp((identity) => ({
    ...identity,
    signOutUrl: () => Promise.reject(new Error('away')),
  }))
  await signIn(client, caseworker, 1)
  const stolen = sessionOf(client, caseworker)
  await client.send(await client.get(`${caseworker}/`), {})
  client.cookies(hostOf(caseworker)).set('__Host-session', stolen)
  assert.equal((await client.get(`${caseworker}/cases`)).url, `${caseworker}/`)
})

test('a session ends after eight hours however often it is visited', async () => {
  const { client, pass } = setUp()
  await signIn(client, caseworker, 1)
  for (let visits = 0; visits < 19; visits += 1) {
    pass(25 * minuteMs)
    assert.match((await client.get(`${caseworker}/cases`)).text, /My cases/)
  }
  pass(5 * minuteMs + 1)
  assert.equal((await client.get(`${caseworker}/cases`)).url, `${caseworker}/`)
})

test('a question needs a log-in of the last 15 minutes; after a new one the draft is still there', async () => {
  const { client, backend, pass } = setUp()
  const check = await draft(client)
  pass(15 * minuteMs + 1)
  const again = await client.send(check, {})
  assert.equal(again.url, `${caseworker}/sign-in/again`)
  assert.equal(backend.asked.length, 0)
  const back = await client.send(await client.send(again, {}), { who: 1 })
  assert.equal(back.url, `${caseworker}/ask/check`)
  assert.match((await client.send(back, {})).url, /\/answers\//)
  assert.equal(backend.asked.length, 1)
  assert.equal(backend.asked[0]?.authTimeMs, fixtureNowMs + 15 * minuteMs + 1)
})

test('at exactly 15 minutes the question is still asked, and a log-in of tomorrow is none', async () => {
  const [one, other] = [setUp(), setUp()]
  const check = await draft(one.client)
  one.pass(15 * minuteMs)
  assert.match((await one.client.send(check, {})).url, /\/answers\//)
  other.login.setAuthTime(fixtureNowMs + 2 * minuteMs)
  const early = await draft(other.client)
  assert.equal((await other.client.send(early, {})).url, `${caseworker}/sign-in/again`)
})

test('another official who logs in at the same browser gets nothing of the draft', async () => {
  const { client } = setUp()
  await draft(client)
  const logIn = await client.send(await client.get(`${caseworker}/sign-in/again`), {})
  assert.equal((await client.send(logIn, { who: 2 })).url, `${caseworker}/cases`)
  assert.equal((await client.get(`${caseworker}/ask/check`)).url, `${caseworker}/cases`)
})

test('a provider that cannot be reached is a page that says so', async () => {
  const { client, failures } = setUp((identity) => ({
    ...identity,
    start: () => Promise.reject(new Error('away')),
  }))
  const page = await client.send(await client.get(`${caseworker}/`), {})
  assert.equal(page.status, 502)
  assert.match(page.text, /cannot be reached right now/)
  assert.equal(failures.length, 1)
})
