import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createFixtureBackend, servePages } from '../../src/testing/web/index.ts'
import type { ServedPages } from '../../src/testing/web/index.ts'
import { languages, wordsOf } from '../../src/web/index.ts'
import { needChromium } from '../house/needs.ts'
import { signIn } from './journey-steps.ts'
import { openBrowser, openVisit } from './open-browser.ts'
import type { OpenBrowser } from './open-browser.ts'
import { pageFlaws } from './page-flaws.ts'
import { pressAt } from './press-at.ts'
import { widthsOf } from './widths.ts'

let served: ServedPages | undefined
let opened: OpenBrowser | undefined

before(async () => {
  const backend = createFixtureBackend()
  backend.setRepeated(11)
  served = await servePages(backend)
})

after(async () => {
  await opened?.[Symbol.asyncDispose]()
  await served?.[Symbol.asyncDispose]()
})

const site = (): string => `http://person.tax.localhost:${served?.port ?? 0}`

async function browserAt(path: string): Promise<OpenBrowser['browser']> {
  opened ??= await openBrowser(path)
  return opened.browser
}

for (const language of languages) {
  test(`a long list in ${language} is free of flaws on every page, narrowed or not`, async (t) => {
    const path = needChromium(t)
    if (path === undefined) return
    await using visit = await openVisit(await browserAt(path), { width: 1280, language })
    const { page, complaints } = visit
    await signIn(page, site())
    for (const address of [
      '/disclosures',
      '/disclosures?page=2',
      '/disclosures?outcome=deny&organisation=tax&page=2',
      '/disclosures?year=1999',
      '/proofs?page=3',
    ]) {
      await page.goto(`${site()}${address}`)
      for (const width of widthsOf(language)) {
        await page.setViewportSize({ width, height: 900 })
        assert.deepEqual(await pageFlaws(page, language), [], `${address} at ${width} px`)
      }
    }
    assert.deepEqual(complaints, [])
  })
}

test('the browser checks each page of a long list by itself, and ticks all of it', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using visit = await openVisit(await browserAt(path), { width: 1280, language: 'en' })
  const { page } = visit
  await signIn(page, site())
  await page.locator('.app-check--holds').waitFor()
  assert.equal(await page.locator('.app-card .app-mark--holds').count(), 20)
  await page.goto(`${site()}/disclosures?page=3`)
  await page.locator('.app-check--holds').waitFor()
  assert.equal(await page.locator('.app-card .app-mark--holds').count(), 4)
})

test('on a page of a long list the browser checks the whole list when it is told to, and says so of each agency', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using visit = await openVisit(await browserAt(path), { width: 320, language: 'en' })
  const { page, complaints } = visit
  await signIn(page, site())
  const section = page.locator('[data-whole-list]')
  await section.locator('button').click()
  const result = section.locator('[data-file-result]')
  await result.filter({ hasText: 'It does not show of every agency' }).waitFor()
  const texts = await section.locator('[data-file-lists] .app-mark__text').allInnerTexts()
  assert.equal(texts.length, 3)
  for (const text of texts) assert.match(text, /: nothing shows whether entries are missing\.$/)
  // From the top, where the way out covers nothing.
  await page.evaluate(() => window.scrollTo(0, 0))
  assert.deepEqual(await pageFlaws(page, 'en'), [])
  await page.route('**/evidence.json', (route) => route.fulfill({ status: 503, body: 'gone' }))
  await section.locator('button').click()
  await result.filter({ hasText: 'This is not a file with proofs' }).waitFor()
  assert.ok(!(await section.locator('[data-file-lists]').isVisible()))
  assert.deepEqual(
    complaints.filter((one) => !one.includes('503')),
    [],
  )
  assert.match((await section.locator('a').getAttribute('href')) ?? '', /\/\/verify\.localhost/)
})

for (const language of languages) {
  test(`each mark that is ticked says why in ${language}`, async (t) => {
    const path = needChromium(t)
    if (path === undefined) return
    await using visit = await openVisit(await browserAt(path), { width: 1280, language })
    const { page } = visit
    await signIn(page, site())
    await page.locator('.app-check--holds').waitFor()
    const titles = async (): Promise<readonly string[]> => {
      const marks = await page.locator('.app-mark').all()
      return [
        ...new Set(await Promise.all(marks.map((mark) => mark.getAttribute('title')))),
      ].flatMap((title) => title ?? [])
    }
    const words = wordsOf(language, 'UTC')
    assert.deepEqual(new Set(await titles()), new Set([words.t('proofReason.witnessed')]))
    const address = await page.locator('[data-evidence]').getAttribute('data-evidence')
    const evidence = await page.evaluate(
      async (at) => (await fetch(at)).text(),
      `${site()}${address ?? ''}`,
    )
    await page.route('**/evidence.json*', (route) =>
      route.fulfill({ body: evidence.replace('"outcome": "deny"', '"outcome": "permit"') }),
    )
    await page.reload()
    await page.locator('.app-check--fails').waitFor()
    const [differs] = (await titles()).filter((title) => title.endsWith(')'))
    assert.equal(differs, `${words.t('proofReason.differs')} (SHOWN_DIFFERS_FROM_RECORD)`)
  })
}

test('with the keyboard alone, and without scripts, a person narrows the list, turns the page and keeps the proofs', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  for (const scripts of [true, false]) {
    const options = { width: 1280, language: 'en', scripts }
    await using visit = await openVisit(await browserAt(path), options)
    const { page } = visit
    await page.goto(`${site()}/`)
    await pressAt(page, 'main form button', 'Enter')
    await page.waitForURL('**/log-in/*')
    await pressAt(page, 'input[type=radio]', 'Space')
    await pressAt(page, 'main form button', 'Enter')
    await page.waitForURL('**/disclosures')
    await pressAt(page, 'select[name=outcome]', 'End')
    await pressAt(page, '.app-filter button', 'Enter')
    await page.waitForURL('**/disclosures?*outcome=deny*')
    await pressAt(page, 'a[rel=next]', 'Enter')
    await page.waitForURL('**/disclosures?outcome=deny&page=2')
    assert.match(await page.locator('.app-filter [role=status]').innerText(), /page 2 of 2/)
    const download = page.waitForEvent('download')
    await pressAt(page, 'main a[href="/evidence.json"]', 'Enter')
    assert.equal((await download).suggestedFilename(), 'who-asked-about-me.json')
  }
})
