import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { cliScript } from '../fault/gateway-process.ts'
import { needChromium } from '../house/needs.ts'
import type { SiteAddress } from './journey-steps.ts'
import { choose, press, signInByKeyboard, write } from './keyboard.ts'
import { openBrowser, openVisit } from './open-browser.ts'

const basePort = 19_300
/** Where pictures of the steps go, if they are wanted. */
const pictures = process.env['CLOISON_PICTURES']

let demo: ChildProcess | undefined

after(async () => {
  if (demo === undefined || demo.exitCode !== null) return
  const ended = new Promise((resolve) => demo?.once('exit', resolve))
  demo.kill('SIGTERM')
  await ended
})

function startDemo(): Promise<void> {
  const child = spawn(process.execPath, [cliScript, 'demo', '--port', String(basePort)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  demo = child
  let told = ''
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('"listening"')) resolve()
    })
    child.once('exit', () => reject(new Error(`the demo ended: ${told}`)))
  })
}

/** What a task is done with: a page, and a picture of a step when somebody wants to look. */
interface Desk {
  readonly page: Page
  readonly at: SiteAddress
  readonly picture: (step: string) => Promise<void>
  readonly scripts: boolean
}

/** One thing that somebody comes for, from signing in to the end. */
interface Task {
  readonly name: string
  readonly run: (desk: Desk) => Promise<void>
}

async function heading(page: Page): Promise<string> {
  return (await page.locator('h1').first().innerText()).trim()
}

const tasks: readonly Task[] = [
  {
    name: 'an official asks one thing about one person',
    async run({ page, at, picture }) {
      await signInByKeyboard(page, at('caseworker.housing'))
      await picture('cases')
      await press(page, '.app-card form button')
      await choose(page, 'main input[type=radio]')
      await press(page, 'main form button')
      await picture('check')
      await press(page, 'main form:last-of-type button')
      await page.locator('.app-verdict').waitFor()
      await picture('answer')
      assert.match(page.url(), /\/answers\//)
      assert.match(await page.locator('.app-verdict__value').innerText(), /\S/)
      assert.match(
        await page.locator('main').innerText(),
        /The answer is entry [\d,]+ in the log of the Tax Agency/,
      )
    },
  },
  {
    name: 'a person sees who asked about them, the proofs, and objects',
    async run({ page, at, picture }) {
      await signInByKeyboard(page, at('person.tax'))
      await picture('disclosures')
      assert.match(await heading(page), /asked about you/i)
      assert.ok((await page.locator('.app-card').count()) > 0)
      await press(page, 'nav a[href="/proofs"]')
      await picture('proofs')
      assert.match(await page.locator('main').innerText(), /cloison log verify/)
      await press(page, 'nav a[href="/disclosures"]')
      await press(page, '.app-card form[action="/requests/about"] button')
      await choose(page, '#kind')
      await write(page, '#text', 'I object to this question.')
      await press(page, 'main form button')
      await picture('check')
      await press(page, 'main form button')
      await picture('requests')
      assert.match(page.url(), /\/requests$/)
      assert.match(await page.locator('main .app-card').first().innerText(), /I object to this/)
    },
  },
  {
    name: 'an analyst orders a table and reads it with its intervals',
    async run({ page, at, picture }) {
      await signInByKeyboard(page, at('analyst.housing'))
      await press(page, '.app-card .govuk-button')
      await choose(page, 'input[name=by]')
      await write(page, '#epsilon', '0.1')
      await press(page, 'main form button')
      await picture('preview')
      await press(page, '.app-receipt button')
      while (new URL(page.url()).pathname.startsWith('/progress/')) {
        await press(page, 'main form button')
        await page.waitForTimeout(500)
      }
      await page.locator('main table').first().waitFor()
      await picture('table')
    },
  },
  {
    name: 'a data protection officer suspends an agreement',
    async run({ page, at, picture, scripts }) {
      // What is suspended stays suspended, and nobody asks under it in a later task.
      await signInByKeyboard(page, at(scripts ? 'dpo.social' : 'dpo.tax'))
      await picture('tasks')
      await press(page, 'nav a[href="/agreements"]')
      await press(page, 'main a[href^="/agreements/"]')
      await picture('agreement')
      await press(page, 'main a[href$="/acts/suspend"]')
      await write(page, 'main input[name=reason]', 'The yearly review has found a mistake.')
      await press(page, 'main form button')
      await picture('suspended')
      assert.match(await page.locator('main').innerText(), /suspended/i)
    },
  },
  {
    name: 'an inspector sees both sides held against each other',
    async run({ page, at, picture }) {
      await signInByKeyboard(page, at('inspector.inspector'))
      const runs = page.locator('main table')
      for (let looks = 0; looks < 90 && (await runs.count()) < 2; looks += 1) {
        await page.waitForTimeout(1_000)
        await page.goto(page.url())
      }
      await picture('reconciliation')
      const [pairs = '', compared = ''] = await runs.allInnerTexts()
      assert.match(pairs, /asks/)
      assert.match(compared, /exchanges? fits?, no gap/)
      assert.match(await page.locator('.govuk-inset-text').first().innerText(), /^No gap: both/)
    },
  },
  {
    name: 'an administrator looks at the state of the gateway',
    async run({ page, at, picture }) {
      await signInByKeyboard(page, at('admin.tax'))
      await press(page, 'nav a[href="/health"]')
      await picture('health')
      const health = await page.locator('main').innerText()
      assert.match(health, /checks are well|checks found something wrong/)
      assert.ok((await page.locator('main tbody tr').count()) > 5)
      await press(page, 'nav a[href="/peers"]')
      await picture('peers')
      assert.match(await page.locator('main').innerText(), /Housing Agency/)
      await press(page, 'nav a[href="/acts"]')
      await picture('acts')
      assert.match(await page.locator('main table').first().innerText(), /Gateway started/)
    },
  },
]

test('six tasks are done from the log-in on by the keyboard alone, with scripts and without', async (t) => {
  const chromium = needChromium(t)
  if (chromium === undefined) return
  await startDemo()
  await using opened = await openBrowser(chromium)
  const at: SiteAddress = (host) => `http://${host}.localhost:${basePort}`
  const rows: string[] = []
  for (const scripts of [true, false]) {
    for (const [number, { name, run }] of tasks.entries()) {
      await using visit = await openVisit(opened.browser, { language: 'en', width: 1280, scripts })
      const { page } = visit
      const picture = async (step: string): Promise<void> => {
        if (pictures === undefined) return
        const path = join(pictures, `${number + 1}-${step}${scripts ? '' : '-no-scripts'}.png`)
        await page.screenshot({ path, fullPage: true })
      }
      const started = performance.now()
      await run({ page, at, picture, scripts })
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      rows.push(`${name} | keyboard${scripts ? '' : ', no scripts'} | done in ${seconds} s`)
      assert.deepEqual(visit.complaints, [], name)
    }
  }
  console.log(rows.map((row) => `# ${row}`).join('\n'))
  assert.equal(rows.length, 2 * tasks.length)
})
