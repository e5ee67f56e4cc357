import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'

/** A Chromium without the network traffic of its own, closed when disposed of. */
export interface OpenBrowser extends AsyncDisposable {
  readonly browser: Browser
}

/** Milliseconds for whatever is waited for: many times what a page takes beside three other tests. */
const patienceMs = 240_000

/** Starts the Chromium at `path`. */
export async function openBrowser(path: string): Promise<OpenBrowser> {
  const browser = await chromium.launch({
    executablePath: path,
    timeout: patienceMs,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The sites of a journey share one process instead of starting one at every way across.
      '--disable-site-isolation-trials',
      '--renderer-process-limit=1',
    ],
  })
  return { browser, [Symbol.asyncDispose]: () => browser.close() }
}

/** A window with a fresh visitor. */
export interface Visit extends AsyncDisposable {
  readonly context: BrowserContext
  readonly page: Page
  /** What the browser complained about: errors of scripts, blocked content. */
  readonly complaints: readonly string[]
}

/** How a visitor differs from the next. */
export interface VisitOptions {
  readonly width: number
  readonly language: string
  readonly scripts?: boolean
}

/** Opens a window. Pages that are missing on purpose are no complaint. */
export async function openVisit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { width, language, scripts = true } = options
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language,
    javaScriptEnabled: scripts,
  })
  context.setDefaultTimeout(patienceMs)
  context.setDefaultNavigationTimeout(patienceMs)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const expected = /status of (403|404|422)/.test(message.text())
    if (message.type() === 'error' && !expected) complaints.push(message.text())
  })
  return { context, page, complaints, [Symbol.asyncDispose]: () => context.close() }
}
