import type { Page } from 'playwright-core'
import { signIn, submitFirst } from './journey-steps.ts'
import type { SiteAddress, Station } from './journey-steps.ts'

/** The addresses that the cards of a page lead to. */
async function cardLinks(page: Page): Promise<readonly string[]> {
  const links = page.locator('.app-card__title a')
  return await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
}

/** Opens the page on which the first agreement that can be suspended is. */
async function toSuspend(page: Page, site: string): Promise<void> {
  for (const path of await cardLinks(page)) {
    await page.goto(`${site}${path}`)
    const act = page.locator('a[href$="/acts/suspend"]')
    if ((await act.count()) === 0) continue
    await act.click()
    return
  }
  throw new Error('no agreement can be suspended')
}

async function throughAgreements(page: Page, site: string, station: Station): Promise<void> {
  await page.goto(`${site}/agreements`)
  await station('dpo.agreements')
  for (const path of await cardLinks(page)) {
    await page.goto(`${site}${path}`)
    await station(`dpo.agreement:${path}`)
  }
  await page.goto(`${site}/agreements`)
  await toSuspend(page, site)
  await station('dpo.act')
  await submitFirst(page)
  await page.locator('.govuk-error-summary').waitFor()
  await station('dpo.act:error')
  await page.goto(`${site}/hand-in`)
  await station('dpo.hand-in')
  await submitFirst(page)
  await page.locator('.govuk-error-summary').waitFor()
  await station('dpo.hand-in:error')
  await page.locator('input[type=file]').setInputFiles({
    name: 'agreement.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"not":"an agreement"}'),
  })
  await submitFirst(page)
  await page.waitForLoadState()
  await station('dpo.hand-in:refused')
}

/** A new version of the first agreement that the form can compose, with a mistake on the way. */
async function throughCompose(page: Page, site: string, station: Station): Promise<void> {
  await page.goto(`${site}/compose?new=1`)
  await station('dpo.compose')
  await submitFirst(page)
  await page.locator('.govuk-error-summary').waitFor()
  await station('dpo.compose:error')
  await page.goto(`${site}/agreements`)
  for (const path of await cardLinks(page)) {
    await page.goto(`${site}${path}`)
    const next = page.locator('a[href^="/compose?from="]')
    if ((await next.count()) === 0) continue
    await next.click()
    await station('dpo.compose:next')
    await page.locator('#approximateNumber').fill('500')
    await submitFirst(page)
    await page.waitForURL('**/compose/check')
    await station('dpo.compose-check')
    return
  }
}

async function throughWatch(page: Page, site: string, station: Station): Promise<void> {
  for (const name of ['limits', 'signals', 'emergencies', 'openings'] as const) {
    await page.goto(`${site}/${name}`)
    await station(`dpo.${name}`)
  }
  await page.goto(`${site}/signals`)
  const [signal] = await cardLinks(page)
  if (signal === undefined) return
  await page.goto(`${site}${signal}`)
  await station('dpo.signal')
  await submitFirst(page)
  await page.locator('.govuk-error-summary').waitFor()
  await station('dpo.signal:error')
}

/** Makes a report of the last 365 days, with a mistake on the way, and waits for it. */
async function throughReports(page: Page, site: string, station: Station): Promise<void> {
  await page.goto(`${site}/reports`)
  await station('dpo.reports')
  await page.locator('.app-card__title a').first().click()
  await station('dpo.report-form')
  const first = await page.locator('#from').inputValue()
  await page.locator('#from').fill('yesterday')
  await submitFirst(page)
  await page.locator('.govuk-error-summary').waitFor()
  await station('dpo.report-form:error')
  await page.locator('#from').fill(first)
  await submitFirst(page)
  const isRunning = async (): Promise<boolean> => (await page.locator('progress').count()) > 0
  const hasScripts = (await page.locator('body.js-enabled').count()) > 0
  // With scripts the page looks again by itself, and another look would cut that one short.
  for (let looks = 0; !hasScripts && looks < 500 && (await isRunning()); looks += 1) {
    await page.waitForTimeout(500)
    await page.goto(page.url())
  }
  await page.locator('#proven').waitFor()
  await station('dpo.report')
  await page.goto(`${site}/reports`)
  await station('dpo.reports:made')
}

/** The pages of data protection officers: one who signs on the page, and one who signs elsewhere. */
export async function throughOfficer(page: Page, at: SiteAddress, station: Station): Promise<void> {
  const site = at('dpo.tax')
  await page.goto(`${site}/`)
  await station('dpo.front')
  await signIn(page, site)
  await station('dpo.tasks')
  await page.goto(`${site}/`)
  await station('dpo.front:account')
  await throughAgreements(page, site, station)
  await throughCompose(page, site, station)
  await throughWatch(page, site, station)
  await throughReports(page, site, station)
  await page.goto(`${site}/sign-in/again`)
  await station('dpo.sign-in-again')
  const other = at('dpo.housing')
  await signIn(page, other)
  await page.goto(`${other}/agreements`)
  await toSuspend(page, other)
  await station('dpo.act:own-machine')
}

/** The pages of an administrator. */
export async function throughAdministrator(
  page: Page,
  at: SiteAddress,
  station: Station,
): Promise<void> {
  const site = at('admin.tax')
  await page.goto(`${site}/`)
  await station('admin.front')
  await signIn(page, site)
  await station('admin.health')
  for (const [name, path] of [
    ['admin.peers', 'peers'],
    ['admin.peer', 'peers/housing'],
    ['admin.keys', 'keys'],
    ['admin.storage', 'storage'],
    ['admin.jobs', 'jobs'],
    ['admin.acts', 'acts'],
  ] as const) {
    await page.goto(`${site}/${path}`)
    await station(name)
  }
}
