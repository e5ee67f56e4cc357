import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ReportError } from './report-error.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The program that prints: the one that was named, else the first in PATH. */
function findChromium(named: string | undefined, path: string): string | undefined {
  if (named !== undefined) return existsSync(named) ? named : undefined
  const found = path
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file))
  return found
}

function run(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 })
    const said: Buffer[] = []
    child.stderr.on('data', (part: Buffer) => said.push(part))
    child.on('error', (cause) => done(cause.message))
    child.on('exit', (code) => done(code === 0 ? undefined : Buffer.concat(said).toString('utf8')))
  })
}

/** Where printing finds its program. */
export interface PrintOptions {
  /** Path of a Chromium, or nothing to look for one in `path`. */
  readonly chromium: string | undefined
  /** Folders to look in, as PATH has them. */
  readonly path: string
}

/**
 * Prints an HTML file to a PDF on A4 with Chromium, which loads nothing from elsewhere: the file needs
 * nothing. A profile of its own is made for the call and removed.
 *
 * @throws {@link ReportError} `CHROMIUM_MISSING`, `PRINTING_FAILED`
 */
export async function printPdf(
  htmlFile: string,
  pdfFile: string,
  { chromium, path }: PrintOptions,
): Promise<void> {
  const program = findChromium(chromium, path)
  if (program === undefined) {
    throw new ReportError(
      'CHROMIUM_MISSING',
      'no Chromium was found to print the PDF. Install one, name it with --chromium, or write the report with --html and print that from any browser.',
    )
  }
  const profile = await mkdtemp(join(tmpdir(), 'cloison-print-'))
  try {
    const said = await run(program, [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-extensions',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--user-data-dir=${profile}`,
      '--no-pdf-header-footer',
      `--print-to-pdf=${resolve(pdfFile)}`,
      pathToFileURL(resolve(htmlFile)).href,
    ])
    const made = await stat(pdfFile).catch(() => undefined)
    if (said !== undefined || made === undefined || made.size === 0)
      throw new ReportError('PRINTING_FAILED', `${program} did not print: ${said ?? 'no file'}`)
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
