import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { stringify } from 'yaml'
import { serveLogin } from '../../src/demo/index.ts'
import { readPageAssets } from '../../src/node/identity/index.ts'
import { claimPorts, systemRandomness, undiciHttpClient } from '../../src/platform/index.ts'
import type { HttpResponse } from '../../src/ports/index.ts'
import { callbackUrl, type SignInRole } from '../../src/web/index.ts'
import { openBrowser, openVisit } from '../browser/open-browser.ts'
import { signIn } from '../browser/journey-steps.ts'
import { pageFlaws } from '../browser/page-flaws.ts'
import { needChromium } from '../house/needs.ts'
import { openReportGateways, people, type ReportGateways } from '../reports/report-gateways.ts'
import { runHere } from '../scenario/command-server.ts'
import { startPagesProcess } from './pages-process.ts'

/** A real gateway that has answered one question, with the pages of its organisation before it. */
interface Stage extends AsyncDisposable {
  readonly gateways: ReportGateways
  readonly at: (role: string) => string
}

const roles = ['person', 'dpo', 'analyst', 'admin'] as const

async function openStage(): Promise<Stage> {
  await using stack = new AsyncDisposableStack()
  const gateways = stack.use(
    await openReportGateways({
      prepare: async ({ config }) => {
        const settings = readFileSync(config('tax'), 'utf8')
        const wider = settings.replace('- act\n', '- act\n      - administer\n')
        assert.notEqual(wider, settings)
        writeFileSync(config('tax'), wider)
      },
    }),
  )
  const asked = await gateways.ask(0)
  assert.equal(asked.exit, 0, asked.stderr)
  const [pagesPort = 0, loginPort = 0] = await claimPorts(2)
  const at = (role: string): string =>
    role === 'verify'
      ? `http://verify.localhost:${pagesPort}`
      : `http://${role}.tax.localhost:${pagesPort}`
  stack.use(await provider({ pagesPort, loginPort }))
  const clients = roles.map((role) => ({
    role,
    organisation: 'tax',
    client_id: `${role}.tax`,
    client_secret_file: 'client.secret',
  }))
  writeFileSync(gateways.at('client.secret'), `${secret}\n`)
  writeFileSync(
    gateways.at('identity.yaml'),
    stringify({
      version: 1,
      issuer: `http://login.localhost:${loginPort}`,
      scope: 'openid cloison',
      claims: {
        role: 'cloison_role',
        organisation: 'cloison_organisation',
        account: 'cloison_account',
        subject: 'cloison_subject',
      },
      roles: {
        caseworker: 'caseworker',
        dpo: 'dpo',
        person: 'person',
        inspector: 'inspector',
        admin: 'admin',
      },
      clients,
    }),
  )
  const sites = Object.fromEntries([...roles, 'public', 'verify'].map((role) => [role, at(role)]))
  writeFileSync(
    gateways.at('pages.yaml'),
    stringify({
      version: 1,
      gateway_file: 'tax/cloison.yaml',
      listen: `127.0.0.1:${pagesPort}`,
      identity_file: 'identity.yaml',
      sites,
      names: { tax: { en: 'Tax Agency' }, housing: { en: 'Housing Agency' } },
    }),
  )
  stack.use(await startPagesProcess(gateways.at('pages.yaml')))
  const owned = stack.move()
  return { gateways, at, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const secret = 'a secret of the test and of nobody else'

/** The demo's provider, with this organisation's clients and one ready person for each. */
async function provider({
  pagesPort,
  loginPort,
}: {
  readonly pagesPort: number
  readonly loginPort: number
}): Promise<AsyncDisposable> {
  const accounts = new Map(
    roles.map((role) => [
      role as SignInRole,
      {
        sub: `${role}-1`,
        role,
        organisation: role === 'person' ? undefined : 'tax',
        id: `${role}-1`,
        name: `The ${role}`,
        can: { en: role },
        subject: role === 'person' ? { scheme: 'demo-nin', value: people[0] } : undefined,
      },
    ]),
  )
  return await serveLogin({
    port: loginPort,
    pagesPort,
    clients: roles.map((role) => {
      const site = { role, organisation: 'tax' }
      return {
        ...site,
        clientId: `${role}.tax`,
        clientSecret: secret,
        redirectUri: callbackUrl(site, pagesPort),
        signedOutUri: `http://${role}.tax.localhost:${pagesPort}/`,
      }
    }),
    accounts: {
      readyFor: (role) => [accounts.get(role) ?? []].flat(),
      find: (sub) => [...accounts.values()].find((one) => one.sub === sub),
    },
    assets: await readPageAssets(),
    randomness: systemRandomness,
    tell: () => undefined,
  })
}

let stage: Stage | undefined

before(async () => {
  stage = await openStage()
})

after(async () => {
  await stage?.[Symbol.asyncDispose]()
})

function onStage(): Stage {
  assert.ok(stage !== undefined)
  return stage
}

test('each role signs in at its own site of an organisation’s own pages, and finds its work', async (t) => {
  const chromium = needChromium(t)
  if (chromium === undefined) return
  const { at } = onStage()
  await using opened = await openBrowser(chromium)
  const visits = [
    ['person', '/disclosures', /1 question was asked about you; it was answered/],
    ['dpo', '/agreements', /rent-support/],
    ['dpo', '/tasks', /Requests to decide/],
    ['analyst', '/catalogue', /Your organisation has no agreement to ask for tables/],
    ['admin', '/storage', /tax\.localhost\/log\/2026h2/],
    ['admin', '/acts', /Peer’s keys accepted/],
  ] as const
  for (const [role, path, expected] of visits) {
    await using visit = await openVisit(opened.browser, { width: 1280, language: 'en' })
    const { page, complaints } = visit
    await signIn(page, at(role))
    await page.goto(`${at(role)}${path}`)
    assert.match(await page.locator('main').innerText(), expected, `${role}${path}`)
    assert.deepEqual(await pageFlaws(page, 'en'), [], `${role}${path}`)
    assert.deepEqual(complaints, [], `${role}${path}`)
  }
})

test('a person sees who asked, proven in the browser, and a file that the verifier takes', async (t) => {
  const chromium = needChromium(t)
  if (chromium === undefined) return
  const { at, gateways } = onStage()
  await using opened = await openBrowser(chromium)
  await using visit = await openVisit(opened.browser, { width: 320, language: 'en' })
  const { page } = visit
  await signIn(page, at('person'))
  await page.locator('.app-check--holds').waitFor()
  const file: string = await page.evaluate(async () => await (await fetch('/evidence.json')).text())
  writeFileSync(gateways.at('evidence.json'), file)
  const verified = await runHere(['log', 'verify', gateways.at('evidence.json')])
  assert.equal(verified.exit, 0, verified.stderr)
  assert.match(verified.stdout + verified.stderr, /list of tax: nothing is missing up to/)
})

test('public pages need no sign-in; names that are no site get nothing', async () => {
  const { at } = onStage()
  await using http = undiciHttpClient()
  const { port, host: own } = new URL(at('public'))
  const look = async (host: string): Promise<HttpResponse> =>
    await http.send({
      method: 'GET',
      url: `http://127.0.0.1:${port}/`,
      headers: { host },
      timeoutMs: 20_000,
      maxResponseBytes: 1_000_000,
    })
  const shown = await look(own)
  assert.equal(shown.status, 200)
  assert.match(new TextDecoder().decode(shown.body), /Tax Agency/)
  for (const host of ['demo.localhost', 'caseworker.tax.localhost', 'person.housing.localhost']) {
    const nothing = await look(`${host}:${port}`)
    assert.equal(nothing.status, 421, host)
  }
})
