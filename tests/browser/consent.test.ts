import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixtureConsents, serveConsentPages } from '../../src/testing/web/index.ts'
import { needChromium, wantsLongRuns } from '../house/needs.ts'
import { signIn } from './journey-steps.ts'
import { openBrowser, openVisit } from './open-browser.ts'
import { pageFlaws } from './page-flaws.ts'

/** In `./test` one language: every message of the pages is checked in all three elsewhere. */
const languages = ['en', 'fr', 'es'].slice(0, wantsLongRuns() ? undefined : 1)

for (const language of languages) {
  test(`the issuer's pages in ${language} are free of flaws, wide and narrow`, async (t) => {
    const path = needChromium(t)
    if (path === undefined) return
    await using served = await serveConsentPages(createFixtureConsents())
    await using opened = await openBrowser(path)
    await using visit = await openVisit(opened.browser, { width: 1280, language })
    const { page, complaints } = visit
    const site = `http://person.inspector.localhost:${served.port}`
    const station = async (name: string): Promise<void> => {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 })
        assert.deepEqual(await pageFlaws(page, language), [], `${name} at ${width} px`)
      }
    }
    await page.goto(`${site}/`)
    await station('front')
    await signIn(page, site)
    await station('list')
    for (const [index, name] of ['given', 'declined'].entries()) {
      await page.goto(`${site}/`)
      await page.locator('.app-card a').first().click()
      await station('request')
      await page.locator('main form button').nth(index).click()
      await station(name)
    }
    await page.goto(`${site}/sign-in/again`)
    await station('again')
    assert.deepEqual([complaints, served.failures], [[], []])
  })
}

test('a person reads, consents and sees that it is done without scripts', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using served = await serveConsentPages(createFixtureConsents())
  await using opened = await openBrowser(path)
  const options = { width: 320, language: 'en', scripts: false }
  await using visit = await openVisit(opened.browser, options)
  const { page } = visit
  const site = `http://person.inspector.localhost:${served.port}`
  await signIn(page, site)
  await page.locator('.app-card a').first().click()
  await page.getByRole('button', { name: 'Yes, I consent' }).click()
  await page.getByText('You have consented to this question').waitFor()
})
