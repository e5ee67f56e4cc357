import type { Page } from 'playwright-core'

/** Where the sites are: the address of a host's front page for its first labels. */
export type SiteAddress = (host: string) => string

/** Called at every page of the journey, with a name for the state that it is in. */
export type Station = (name: string) => Promise<void>

/** Sends the first form of the page. */
export async function submitFirst(page: Page): Promise<void> {
  await page.locator('main form button').first().click()
}

/** Chooses the first of the page's radios and sends the form. */
export async function chooseFirst(page: Page): Promise<void> {
  await page.locator('main input[type=radio]').first().check()
  await submitFirst(page)
}

const atLogIn = ({ hostname }: URL): boolean => hostname === 'login.localhost'

/** Sends the first form and waits until the provider's page is there. */
export async function toLogIn(page: Page): Promise<void> {
  await submitFirst(page)
  await page.waitForURL(atLogIn)
}

/** Logs in as the first who is offered and waits until the site is there again. */
export async function fromLogIn(page: Page): Promise<void> {
  await chooseFirst(page)
  await page.waitForURL((url) => !atLogIn(url))
}

/** Signs in at a site as the first of those whom the log-in offers. */
export async function signIn(page: Page, site: string): Promise<void> {
  await page.goto(`${site}/`)
  await toLogIn(page)
  await fromLogIn(page)
}
