import type { Page } from 'playwright-core'

/** More elements than any page has that take the focus. */
const mostStops = 250

/**
 * Presses Tab until the element that has the focus matches `selector`, as somebody without a pointer would. Rejects where it
 * is never reached, and where the focus is not to be seen on it.
 */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    if ((await focused.count()) === 0) continue
    if (!(await focused.evaluate((element, css) => element.matches(css), selector))) continue
    if (await focused.evaluate((element) => element.matches(':focus-visible'))) return
    throw new Error(`the focus is not to be seen on ${selector}`)
  }
  throw new Error(`Tab never reaches ${selector}`)
}

/** Chooses a radio button or a checkbox. */
export async function choose(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press('Space')
}

/** Puts text in place of what a field has. */
export async function write(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

/** Follows a link or presses a button, and waits for the page that comes. */
export async function press(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector)
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')])
  await page.waitForLoadState()
}

/** Signs in at a site as the first of those whom the log-in offers. */
export async function signInByKeyboard(page: Page, site: string): Promise<void> {
  await page.goto(`${site}/`)
  await press(page, 'main form button')
  await choose(page, 'main input[type=radio]')
  await press(page, 'main form button')
}
