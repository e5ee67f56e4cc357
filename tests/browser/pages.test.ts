import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { createFixtureBackend, servePages } from '../../src/testing/web/index.ts'
import type { FixtureBackend, ServedPages } from '../../src/testing/web/index.ts'
import { pageRoutes } from '../../src/web/index.ts'
import { needChromium } from '../house/needs.ts'
import { journey, routesWithoutPage } from './journey.ts'
import { signIn } from './journey-steps.ts'
import type { SiteAddress } from './journey-steps.ts'
import { openBrowser, openVisit } from './open-browser.ts'
import type { OpenBrowser } from './open-browser.ts'
import { pageFlaws } from './page-flaws.ts'
import { pressAt } from './press-at.ts'
import { widths, widthsOf } from './widths.ts'

interface Stage {
  readonly backend: FixtureBackend
  readonly served: ServedPages
  readonly at: SiteAddress
}

let stage: Stage | undefined
let opened: OpenBrowser | undefined

before(async () => {
  const backend = createFixtureBackend()
  const served = await servePages(backend)
  stage = { backend, served, at: (host) => `http://${host}.localhost:${served.port}` }
})

after(async () => {
  await opened?.[Symbol.asyncDispose]()
  await stage?.served[Symbol.asyncDispose]()
})

function onStage(): Stage {
  assert.ok(stage !== undefined)
  return stage
}

async function browserAt(path: string): Promise<OpenBrowser['browser']> {
  opened ??= await openBrowser(path)
  return opened.browser
}

/** Becomes the first person and returns their evidence file; the page is left at the entries. */
async function evidenceOf(page: Page, site: string): Promise<string> {
  await signIn(page, site)
  await page.locator('.app-check--holds').waitFor()
  return await page.evaluate(async () => await (await fetch('/evidence.json')).text())
}

for (const language of ['en', 'fr', 'es']) {
  test(`every page in ${language} is free of flaws at ${widthsOf(language).join(' and ')} px`, async (t) => {
    const path = needChromium(t)
    if (path === undefined) return
    await using visit = await openVisit(await browserAt(path), { width: 1280, language })
    const { page, complaints } = visit
    const visited: string[] = []
    onStage().backend.desk.setPending(2)
    onStage().backend.joins.endAs('running')
    await journey(page, onStage().at, async (name) => {
      visited.push(name.split(':')[0] ?? name)
      for (const width of widthsOf(language)) {
        await page.setViewportSize({ width, height: 900 })
        assert.deepEqual(await pageFlaws(page, language), [], `${name} at ${width} px`)
      }
    })
    assert.deepEqual(complaints, [])
    const missed = pageRoutes.filter(
      ({ id, method }) =>
        method === 'GET' && !visited.includes(id) && !routesWithoutPage.includes(id),
    )
    assert.deepEqual(
      missed.map(({ id }) => id),
      [],
    )
    t.diagnostic(`${visited.length} pages, ${visited.length * widthsOf(language).length} checks`)
  })
}

test('a run that stopped and one that a holder refuses are told without flaws, at both widths', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  const { backend, at } = onStage()
  t.after(() => backend.joins.endAs('released'))
  await using visit = await openVisit(await browserAt(path), { width: 1280, language: 'en' })
  const { page } = visit
  await signIn(page, at('analyst.social'))
  const builder = page.locator('.app-card .govuk-button').last()
  for (const ending of ['stopped', 'refused'] as const) {
    backend.joins.endAs(ending)
    await page.goto(`${at('analyst.social')}/catalogue`)
    await builder.click()
    await page.locator('#epsilon').fill('0.4')
    await page.locator('main form button[value=preview]').click()
    await page.locator('.app-receipt button').click()
    await page.locator('.app-verdict--refused').waitFor()
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      assert.deepEqual(await pageFlaws(page, 'en'), [], `${ending} at ${width} px`)
    }
  }
})

test('a flaw that is put in is found: no name, too pale, too wide, another language', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using visit = await openVisit(await browserAt(path), { width: 320, language: 'en' })
  const { page } = visit
  await page.goto(`${onStage().at('verify')}/`)
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<button></button><p>pale</p>')
    const pale = document.body.lastElementChild
    if (!(pale instanceof HTMLElement)) return
    pale.style.color = '#ccc'
    pale.style.width = '400px'
    document.documentElement.lang = 'fr'
  })
  const flaws = (await pageFlaws(page, 'en')).join('\n')
  for (const flaw of [/button-name/, /color-contrast/, /px wider/, /speaks fr/]) {
    assert.match(flaws, flaw)
  }
})

test('everything but the browser’s own check works without scripts', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  const options = { width: 320, language: 'en', scripts: false }
  await using visit = await openVisit(await browserAt(path), options)
  const { page } = visit
  const headings: string[] = []
  onStage().backend.desk.setPending(2)
  await journey(page, onStage().at, async () => {
    headings.push(await page.locator('h1').innerText())
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  })
  assert.ok(headings.includes('Check before you ask'))
  await page.goto(`${onStage().at('person.tax')}/disclosures`)
  assert.match(await page.locator('.app-check').innerText(), /needs JavaScript/)
  assert.equal(await page.locator('.app-mark--holds').count(), 0)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download everything with proofs' }).click()
  assert.equal((await download).suggestedFilename(), 'who-asked-about-me.json')
})

test('a question can be asked with the keyboard alone, and the focus is always seen', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using visit = await openVisit(await browserAt(path), { width: 1280, language: 'en' })
  const { page } = visit
  const press = (selector: string, key: string): Promise<void> => pressAt(page, selector, key)
  await page.goto(`${onStage().at('caseworker.housing')}/`)
  await press('.govuk-skip-link', 'Enter')
  await press('main form button', 'Enter')
  await page.waitForURL('**/log-in/*')
  await press('input[type=radio]', 'Space')
  await press('main form button', 'Enter')
  await page.waitForURL('**/cases')
  await press('.app-card form button', 'Enter')
  await page.waitForURL('**/ask/need')
  await press('input[type=radio]', 'Space')
  await press('main form button', 'Enter')
  await page.waitForURL('**/ask/check')
  await press('main form button', 'Enter')
  await page.waitForURL('**/answers/*')
  assert.equal(await page.locator('.app-verdict__value').innerText(), 'Yes')
})

test('the browser itself checks every receipt and head, and ticks each', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using visit = await openVisit(await browserAt(path), { width: 1280, language: 'en' })
  const { page, complaints } = visit
  await signIn(page, onStage().at('person.tax'))
  await page.locator('.app-check--holds').waitFor()
  const receipts = await page.locator('.app-card').count()
  assert.equal(receipts, 4)
  assert.equal(await page.locator('.app-card .app-mark--holds').count(), receipts)
  await page.goto(`${onStage().at('verify')}/`)
  await page.locator('.app-check--holds').waitFor()
  assert.equal(await page.locator('.app-card .app-mark--holds').count(), 3)
  assert.deepEqual(complaints, [])
})

test('evidence that was changed on the way is not ticked, and the page says so', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using visit = await openVisit(await browserAt(path), { width: 1280, language: 'en' })
  const { page } = visit
  const evidence = await evidenceOf(page, onStage().at('person.tax'))
  await page.route('**/evidence.json', (route) =>
    route.fulfill({ body: evidence.replace('"outcome": "deny"', '"outcome": "permit"') }),
  )
  await page.reload()
  await page.locator('.app-check--fails').waitFor()
  assert.equal(await page.locator('.app-mark--fails').count(), 1)
  assert.equal(await page.locator('.app-mark--holds').count(), 3)
})

test('a downloaded file is checked in the browser and sent nowhere', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using visit = await openVisit(await browserAt(path), { width: 1280, language: 'en' })
  const { page } = visit
  const evidence = await evidenceOf(page, onStage().at('person.tax'))
  await page.goto(`${onStage().at('verify')}/`)
  await page.locator('.app-check--holds').waitFor()
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.url()))
  const choose = (text: string): Promise<void> =>
    page
      .locator('#evidence')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  const result = page.locator('[data-file-result]')
  await choose(evidence)
  await result.filter({ hasText: 'It does not show of every agency that no' }).waitFor()
  const lists = page.locator('[data-file-lists] .app-mark__text')
  assert.equal(await lists.count(), 3)
  for (const text of await lists.allInnerTexts())
    assert.match(text, /: nothing shows whether entries are missing\.$/)
  await choose(evidence.replace('"entryIndex": 1', '"entryIndex": 2'))
  await result.filter({ hasText: 'Not every proof in this file holds' }).waitFor()
  await choose('{"a":1}')
  await result.filter({ hasText: 'This is not a file with proofs' }).waitFor()
  assert.ok(!(await lists.first().isVisible()))
  assert.deepEqual(sent, [])
})

test('an answer’s proof turns to witnessed by itself once it is', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  const { backend, at } = onStage()
  backend.setWitnessed(false)
  t.after(() => backend.setWitnessed(false))
  await using visit = await openVisit(await browserAt(path), { width: 1280, language: 'en' })
  const { page } = visit
  await signIn(page, at('caseworker.housing'))
  await page.locator('.app-card form button').first().click()
  await page.locator('input[type=radio]').first().check()
  await page.locator('main form button').first().click()
  await page.locator('main form button').last().click()
  const last = page.locator('.app-proof__stage').last()
  assert.match(await last.innerText(), /provisional/)
  backend.setWitnessed(true)
  await last.filter({ hasText: 'Witnessed just now' }).waitFor()
  assert.equal(await page.locator('[data-proof-again]').count(), 0)
})

test('leaving quickly forgets the visitor', async (t) => {
  const path = needChromium(t)
  if (path === undefined) return
  await using visit = await openVisit(await browserAt(path), { width: 1280, language: 'en' })
  const { page } = visit
  const site = onStage().at('person.tax')
  await page.route('https://www.wikipedia.org/**', (route) => route.fulfill({ body: 'elsewhere' }))
  await signIn(page, site)
  await page.locator('.govuk-js-exit-this-page-button').click()
  await page.waitForURL('https://www.wikipedia.org/')
  await page.goto(`${site}/disclosures`)
  assert.equal(new URL(page.url()).pathname, '/')
})
