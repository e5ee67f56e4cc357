import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { after, test } from 'node:test'
import { cliScript } from '../fault/gateway-process.ts'
import { needChromium, wantsLongRuns } from '../house/needs.ts'
import { journey } from './journey.ts'
import { openBrowser, openVisit } from './open-browser.ts'
import { pageFlaws, plainFlaws } from './page-flaws.ts'

const basePort = 18_800

let demo: ChildProcess | undefined

after(async () => {
  if (demo === undefined || demo.exitCode !== null) return
  const ended = new Promise((resolve) => demo?.once('exit', resolve))
  demo.kill('SIGTERM')
  await ended
})

/** Starts the demo as its user would and resolves when the pages are there. */
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

/** With ready answers the checker sees every page in all three languages: in `./test` it is not asked again. */
const flawsOf = wantsLongRuns() ? pageFlaws : plainFlaws

/** In `./test` one language. */
const visits = [
  { language: 'fr', width: 320 },
  { language: 'en', width: 1280 },
  { language: 'es', width: 1280 },
].slice(0, wantsLongRuns() ? undefined : 1)

test('the whole journey through the real demo: nothing wrong on any page', async (t) => {
  const chromium = needChromium(t)
  if (chromium === undefined) return
  const started = performance.now()
  await startDemo()
  console.log(`# pages after ${((performance.now() - started) / 1000).toFixed(1)} s`)
  await using opened = await openBrowser(chromium)
  let pages = 0
  for (const { language, width } of visits) {
    await using visit = await openVisit(opened.browser, { language, width })
    const at = (host: string): string => `http://${host}.localhost:${basePort}`
    await journey(visit.page, at, async (station) => {
      pages += 1
      assert.deepEqual(await flawsOf(visit.page, language), [], `${station} ${language} ${width}`)
    })
    assert.deepEqual(visit.complaints, [])
  }
  console.log(`# ${pages} pages, 0 flaws`)
  assert.ok(pages > 20 * visits.length, `only ${pages} pages were seen`)
})
