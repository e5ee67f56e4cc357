import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { needChromium, needPostgres, needStrace } from './needs.ts'

/** Calls `need` with the environment changed; what it returned, why it skipped, what it recorded. */
function tryNeed(
  t: TestContext,
  need: typeof needChromium,
  change: Readonly<Record<string, string>>,
): { path: string | undefined; skipped: string[]; recorded: string } {
  const folder = mkdtempSync(join(tmpdir(), 'needs-'))
  const record = join(folder, 'not-run')
  writeFileSync(record, '')
  const before = { ...process.env }
  t.after(() => {
    process.env = before
    rmSync(folder, { recursive: true })
  })
  Object.assign(process.env, change, { CLOISON_NOT_RUN_FILE: record })
  const skipped: string[] = []
  const path = need({ name: 'draws the page', skip: (message = '') => skipped.push(message) })
  return { path, skipped, recorded: readFileSync(record, 'utf8') }
}

test('a test without its program is skipped and recorded as NOT RUN', (t) => {
  for (const [need, program] of [
    [needChromium, 'Chromium'],
    [needPostgres, 'PostgreSQL'],
    [needStrace, 'strace'],
  ] as const) {
    const tried = tryNeed(t, need, {
      CLOISON_CHROMIUM: '/nowhere/chromium',
      CLOISON_POSTGRES_BIN: '/nowhere',
      PATH: '/nowhere',
    })
    assert.deepEqual(tried, {
      path: undefined,
      skipped: [`NOT RUN, needs ${program}`],
      recorded: `${program}: draws the page\n`,
    })
  }
})

test('a test whose program is there runs', (t) => {
  const tried = tryNeed(t, needChromium, { CLOISON_CHROMIUM: process.execPath })
  assert.deepEqual(tried, { path: process.execPath, skipped: [], recorded: '' })
})
