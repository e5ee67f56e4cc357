import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { abuseKinds, cheatKinds } from '../../src/web/index.ts'
import { throughAdministrator, throughOfficer } from './journey-offices.ts'
import { chooseFirst, fromLogIn, signIn, submitFirst, toLogIn } from './journey-steps.ts'
import type { SiteAddress, Station } from './journey-steps.ts'

/** Asks about the case whose card is at `index` (from the end when negative), up to the outcome. */
async function askAbout(page: Page, index: number): Promise<void> {
  await page.locator('.app-card form button').nth(index).click()
  await chooseFirst(page)
  await page.locator('main form button').last().click()
}

/** Nothing that came of an attempt is told as a code, or in another language than the page's. */
async function saidInWords(page: Page, kind: string): Promise<void> {
  for (const outcome of await page.locator('.app-trail__outcome').allInnerTexts())
    assert.doesNotMatch(outcome, /[A-Z]{3,}_[A-Z]|\bpermit\b|’s entry|'s entry/, kind)
  assert.equal(await page.locator('.app-trail [lang]').count(), 0, kind)
}

async function throughDemo(page: Page, at: SiteAddress, station: Station): Promise<void> {
  const home = at('demo')
  await page.goto(`${home}/`)
  await station('demo.home')
  // Putting older files back starts seven gateways: a test of its own sees it.
  for (const kind of cheatKinds.filter((one) => one !== 'restore')) {
    await page.goto(`${home}/`)
    await page.locator(`.app-cheat button[value=${kind}]`).click()
    await page.locator('.app-verdict').waitFor()
    await saidInWords(page, kind)
    await station(`demo.cheat:${kind}`)
  }
  await page.goto(`${home}/abuses`)
  await station('demo.abuses')
  for (const [index, kind] of abuseKinds.entries()) {
    await page.goto(`${home}/abuses`)
    await page.locator(`.app-abuse button[value=${kind}]`).click()
    await page.locator('.app-verdict').waitFor()
    await saidInWords(page, kind)
    // The six differ in their words alone.
    if (index === 0) await station('demo.replay')
  }
  await page.goto(`${home}/nowhere`)
  await station('demo.missing')
}

async function throughLogIn(page: Page, site: string, station: Station): Promise<void> {
  await page.goto(`${site}/callback?code=none&state=none`)
  await station('caseworker.callback')
  await page.goto(`${site}/`)
  await station('caseworker.front')
  await toLogIn(page)
  await station('login')
  await submitFirst(page)
  await page.locator('.govuk-error-summary').waitFor()
  await station('login:error')
  await fromLogIn(page)
}

/** The account, signing out here, and whatever the provider then asks. */
async function throughAccount(page: Page, site: string, station: Station): Promise<void> {
  await page.goto(`${site}/`)
  await station('account')
  await toLogIn(page)
  await station('login:out')
}

async function throughCaseworker(page: Page, at: SiteAddress, station: Station): Promise<void> {
  const site = at('caseworker.housing')
  await throughLogIn(page, site, station)
  await station('caseworker.cases')
  await page.locator('.app-card form button').first().click()
  await station('caseworker.need')
  await submitFirst(page)
  await station('caseworker.need:error')
  await chooseFirst(page)
  await station('caseworker.check')
  await page.locator('main form button').last().click()
  await station('caseworker.answer')
  await page.goto(`${site}/cases`)
  await askAbout(page, -1)
  await station('caseworker.answer:refused')
  await page.goto(`${site}/cases`)
  await page.locator('.app-card form button').first().click()
  await page.locator('main input[type=radio]').last().check()
  await submitFirst(page)
  await station('caseworker.check:consent')
  await page.locator('main form button').last().click()
  await station('caseworker.consent')
  await page.goto(`${site}/trace`)
  await station('caseworker.trace')
  await page.goto(`${site}/sign-in/again`)
  await station('caseworker.sign-in-again')
  await throughAccount(page, site, station)
}

/** Builds a table, with a mistake and a refusal on the way, and waits for it where the desk lets it wait. */
async function throughAnalyst(page: Page, at: SiteAddress, station: Station): Promise<void> {
  const site = at('analyst.housing')
  await page.goto(`${site}/`)
  await station('analyst.front')
  await signIn(page, site)
  await station('analyst.catalogue')
  await page.locator('.app-card .govuk-button').first().click()
  await station('analyst.builder')
  await page.locator('#measure-3').check()
  await submitFirst(page)
  await station('analyst.builder:error')
  await page.locator('#element').selectOption({ index: 1 })
  await page.locator('input[name=by]').first().check()
  await page.locator('input[name=by]').last().check()
  await page.locator('#epsilon').fill('0.9')
  await submitFirst(page)
  await station('analyst.builder:refused')
  await page.locator('#epsilon').fill('0.1')
  await submitFirst(page)
  await station('analyst.builder:preview')
  await page.locator('.app-receipt button').click()
  const isPending = (): boolean => new URL(page.url()).pathname.startsWith('/progress/')
  if (isPending()) await station('analyst.progress')
  while (isPending()) {
    await submitFirst(page)
    await page.waitForLoadState()
  }
  await station('analyst.result')
  const more = page.locator('.app-pager a')
  if ((await more.count()) > 0) await more.last().click()
  await page.goto(`${site}/history`)
  await station('analyst.history')
}

/** Fills a question about the people of both registers in one district, where both have districts. */
async function fillPair(page: Page): Promise<void> {
  for (const side of ['left', 'right']) {
    await page.locator(`input[name=${side}-by]`).first().check()
    const district = page.locator(`input[name=${side}-where-district]`)
    if ((await district.count()) === 0) continue
    const details = page.locator(`details:has([name=${side}-where-district])`)
    if (!(await district.first().isVisible())) await details.locator('summary').click()
    await district.first().check()
  }
}

/** Asks over two registers, with a mistake and a refusal on the way, and waits until both have their part done. */
async function throughJoins(page: Page, at: SiteAddress, station: Station): Promise<void> {
  const site = at('analyst.social')
  await signIn(page, site)
  await station('analyst.catalogue:pairs')
  await page.locator('.app-card .govuk-button').last().click()
  await station('analyst.pair')
  await page.locator('#epsilon').fill('')
  await submitFirst(page)
  await station('analyst.pair:error')
  await fillPair(page)
  await page.locator('#epsilon').fill('0.9')
  await submitFirst(page)
  await station('analyst.pair:refused')
  await page.locator('#epsilon').fill('0.5')
  await page.locator('main form button[value=preview]').click()
  await station('analyst.pair:preview')
  // A question that was asked before leads to its table without another run.
  await page.locator('.app-receipt .govuk-button').click()
  const isRunning = async (): Promise<boolean> => (await page.locator('progress').count()) > 0
  if (await isRunning()) await station('analyst.join:running')
  for (let looks = 0; looks < 400 && (await isRunning()); looks += 1) {
    await page.locator('main a.govuk-button').first().click()
    await page.waitForLoadState()
    if (looks > 1) await page.waitForTimeout(1_000)
  }
  await page.locator('#certificate').waitFor()
  await station('analyst.join')
  await page.goto(`${site}/history`)
  await station('analyst.history:joins')
}

async function throughPerson(page: Page, at: SiteAddress, station: Station): Promise<void> {
  const site = at('person.tax')
  await page.goto(`${site}/`)
  await station('person.front')
  await signIn(page, site)
  await station('person.disclosures')
  await page.goto(`${site}/proofs`)
  await station('person.proofs')
  await throughRequests(page, site, station)
}

/** Makes a request about the newest entry, with a mistake on the way. */
async function throughRequests(page: Page, site: string, station: Station): Promise<void> {
  await page.goto(`${site}/disclosures`)
  await page.locator('.app-card form button').first().click()
  await station('person.request-write')
  await submitFirst(page)
  await page.locator('.govuk-error-summary').waitFor()
  await station('person.request-write:error')
  await page.locator('#kind').check()
  await page.locator('#text').fill('I object to this question.')
  await submitFirst(page)
  await station('person.request-check')
  await submitFirst(page)
  await station('person.requests')
  await submitFirst(page)
  await station('person.request-write:about-none')
}

/** The request that was just made, at the counter of whoever got it: opened, extended, decided. */
async function throughOffice(page: Page, at: SiteAddress, station: Station): Promise<void> {
  await page.goto(`${at('person.tax')}/requests`)
  const card = (await page.locator('.app-card').first().getAttribute('class')) ?? ''
  const site = at(`dpo.${/app-accent-([a-z]+)/.exec(card)?.[1] ?? 'tax'}`)
  await page.goto(`${site}/requests`)
  if (new URL(page.url()).pathname === '/') {
    await signIn(page, site)
    await page.goto(`${site}/requests`)
  }
  await station('dpo.requests')
  await page.locator('main li.app-card a').last().click()
  await station('dpo.request:last')
  await page.goto(`${site}/requests`)
  await page.locator('main li.app-card a').first().click()
  await station('dpo.request')
  await submitFirst(page)
  await station('dpo.request:opened')
  await page.locator('form[action$=decide] button').click()
  await page.locator('.govuk-error-summary').waitFor()
  await station('dpo.request:error')
  await page.locator('#outcome').check()
  await page.locator('#answer').fill('You are right, and nothing is answered any more.')
  await page.locator('form[action$=decide] button').click()
  await station('dpo.request:decided')
}

async function throughInspector(page: Page, at: SiteAddress, station: Station): Promise<void> {
  const site = at('inspector.inspector')
  await page.goto(`${site}/`)
  await station('inspector.front')
  await signIn(page, site)
  await station('inspector.reconciliation')
  for (const name of ['heads', 'signals', 'draws', 'register', 'identities']) {
    await page.goto(`${site}/${name}`)
    await station(`inspector.${name}`)
  }
  await page.goto(`${site}/`)
  await station('inspector.front:account')
}

/** Goes to every page there is by links and buttons, as a visitor of each site would. */
export async function journey(page: Page, at: SiteAddress, station: Station): Promise<void> {
  await throughDemo(page, at, station)
  await throughCaseworker(page, at, station)
  await throughAnalyst(page, at, station)
  await throughJoins(page, at, station)
  await throughPerson(page, at, station)
  await throughOfficer(page, at, station)
  await throughAdministrator(page, at, station)
  await throughInspector(page, at, station)
  await throughOffice(page, at, station)
  await page.goto(`${at('verify')}/`)
  await station('verify.home')
  await throughPublic(page, at, station)
}

async function throughPublic(page: Page, at: SiteAddress, station: Station): Promise<void> {
  await page.goto(`${at('public.social')}/`)
  await station('public.record:bare')
  await page.goto(`${at('public.tax')}/`)
  await station('public.record')
  await page.locator('main .app-card a').first().click()
  await station('public.agreement')
}

/** Routes that answer with no page: files, states, and the way out. */
export const routesWithoutPage: readonly string[] = [
  'caseworker.answer-state',
  'dpo.agreement-document',
  'public.agreement-document',
  'inspector.register-document',
  'person.readable',
  'dpo.compose-draft',
  'dpo.report-json',
  'dpo.report-html',
  'analyst.json',
  'analyst.csv',
  'analyst.parquet',
  'analyst.vega',
  'analyst.svg',
  'analyst.joinJson',
  'analyst.joinCsv',
  'analyst.joinParquet',
  'analyst.joinVega',
  'analyst.joinSvg',
  // The same page as the caseworker's, which is seen.
  'analyst.callback',
  'person.callback',
  'dpo.callback',
  'inspector.callback',
  'admin.callback',
  'person.evidence',
  'person.leave',
  'verify.evidence',
]
