import { accessSync, appendFileSync, constants, globSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** What of node:test's context a need uses. */
export interface NeedyTest {
  readonly name: string
  skip(message?: string): void
}

/**
 * The path of a Chromium, or `undefined`: then the test is skipped and counted as NOT RUN, and
 * returns at once. `CLOISON_CHROMIUM` names another program.
 */
export function needChromium(test: NeedyTest): string | undefined {
  const named = process.env['CLOISON_CHROMIUM']
  const candidates =
    named === undefined ? onPath('chromium', 'chromium-browser', 'google-chrome') : [named]
  return needed(test, 'Chromium', candidates)
}

/**
 * The folder with PostgreSQL's `initdb` and `postgres`, or `undefined` as for {@link needChromium}.
 * The newest version is taken; `CLOISON_POSTGRES_BIN` names another folder.
 */
export function needPostgres(test: NeedyTest): string | undefined {
  const named = process.env['CLOISON_POSTGRES_BIN']
  const installed = globSync('/usr/lib/postgresql/*/bin/initdb').toSorted(byVersion)
  const candidates =
    named === undefined ? [...installed, ...onPath('initdb')] : [join(named, 'initdb')]
  const initdb = needed(test, 'PostgreSQL', candidates)
  return initdb === undefined ? undefined : dirname(initdb)
}

/** The path of `strace`, or `undefined` as for {@link needChromium}. */
export function needStrace(test: NeedyTest): string | undefined {
  return needed(test, 'strace', onPath('strace'))
}

/** Whether the long runs are wanted (`./test --all`). */
export function wantsLongRuns(): boolean {
  return process.env['CLOISON_TEST_ALL'] === '1'
}

function needed(test: NeedyTest, program: string, candidates: string[]): string | undefined {
  const found = candidates.find(isExecutable)
  if (found !== undefined) return found
  const record = process.env['CLOISON_NOT_RUN_FILE']
  if (record !== undefined) appendFileSync(record, `${program}: ${test.name}\n`)
  test.skip(`NOT RUN, needs ${program}`)
  return undefined
}

function onPath(...names: string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function byVersion(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true })
}
