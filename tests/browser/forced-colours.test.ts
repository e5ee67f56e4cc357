import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { createFixtureBackend, servePages } from '../../src/testing/web/index.ts'
import { needChromium } from '../house/needs.ts'
import { signIn } from './journey-steps.ts'
import { openBrowser, openVisit } from './open-browser.ts'

/** How an element is drawn where the reader's own colours are forced. */
interface Drawn {
  readonly border: number
  readonly borderColour: string
  readonly background: string
  readonly text: string
  readonly textColour: string
}

function drawn(page: Page, selector: string): Promise<readonly Drawn[]> {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const style = getComputedStyle(element)
      return {
        border: Number.parseFloat(style.borderLeftWidth),
        borderColour: style.borderLeftColor,
        background: style.backgroundColor,
        text: element.textContent,
        textColour: style.color,
      }
    }),
  )
}

async function isBordered(page: Page, selector: string): Promise<void> {
  const all = await drawn(page, selector)
  assert.ok(all.length > 0, selector)
  for (const one of all) {
    assert.ok(one.border >= 1, `${selector} has no border`)
    assert.notEqual(one.borderColour, one.background, selector)
    assert.ok(one.text.trim() !== '', selector)
    assert.notEqual(one.textColour, one.background, selector)
  }
}

/** Fill and outline of each part of the bars. */
function bars(page: Page, part: string): Promise<readonly string[]> {
  return page.locator(part).evaluateAll((parts) =>
    parts.map((one) => {
      const { fill, stroke } = getComputedStyle(one)
      return `${fill} ${stroke}`
    }),
  )
}

test('with forced colours, verdicts and tags keep a border and their words, and bars their share', async (t) => {
  const chromium = needChromium(t)
  if (chromium === undefined) return
  await using served = await servePages(createFixtureBackend())
  await using opened = await openBrowser(chromium)
  await using visit = await openVisit(opened.browser, { language: 'en', width: 1280 })
  const { page } = visit
  await page.emulateMedia({ forcedColors: 'active' })
  const at = (host: string): string => `http://${host}.localhost:${served.port}`

  await page.goto(`${at('demo')}/`)
  await page.locator('.app-cheat button[value=enumerate]').click()
  await page.locator('.app-verdict').waitFor()
  await isBordered(page, '.app-verdict')

  await signIn(page, at('dpo.tax'))
  await page.goto(`${at('dpo.tax')}/agreements`)
  await isBordered(page, '.govuk-tag')
  await page.goto(`${at('dpo.tax')}/limits`)
  const whole = await bars(page, '.app-share__whole')
  const used = await bars(page, '.app-share__used')
  assert.ok(whole.length > 0 && whole.length === used.length)
  for (const [index, one] of whole.entries()) {
    assert.doesNotMatch(one, / none$/)
    assert.notEqual(one.split(' rgb')[0], used[index]?.split(' rgb')[0]?.replace(/ none$/, ''))
  }
})
