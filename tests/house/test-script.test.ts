import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test, { type TestContext } from 'node:test'

const root = resolve(import.meta.dirname, '../..')

const passing = "import test from 'node:test'\ntest('holds', () => {})\n"
const failing = "import test from 'node:test'\ntest('breaks', () => { throw new Error() })\n"
const notRun = `import { appendFileSync } from 'node:fs'
import test from 'node:test'
test('draws the page', (t) => {
  appendFileSync(process.env['CLOISON_NOT_RUN_FILE'] ?? '', \`Chromium: \${t.name}\\n\`)
  t.skip()
})
`

/** What a made-up project holds: its check, two unit tests and one test of the whole. */
interface MadeUpProject {
  readonly check?: string
  readonly unit?: string
  /** In the other half of the unit tests. */
  readonly logUnit?: string
  readonly whole?: string
}

/** Runs ./test in a made-up project whose set-up is done, from another folder, with no input. */
function runTest(
  t: TestContext,
  project: MadeUpProject,
  environment: Readonly<Record<string, string>> = {},
  ...options: string[]
): { status: number | null; stdout: string; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'made up '))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const name of ['tools/node-runtime', 'node_modules', 'src/log', 'tests']) {
    mkdirSync(join(folder, name), { recursive: true })
  }
  const files = [
    'test',
    'tools/set-up.sh',
    'tools/slowest-tests.ts',
    'tools/failed-tests.ts',
    'tools/node-runtime/package-lock.json',
  ]
  for (const name of files) copyFileSync(join(root, name), join(folder, name))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  writeFileSync(join(folder, 'node_modules/.set-up-lock.json'), '{}')
  writeFileSync(join(folder, 'tools/check.ts'), project.check ?? '')
  writeFileSync(join(folder, 'tools/bundle-program.ts'), '')
  writeFileSync(join(folder, 'src/unit.test.ts'), project.unit ?? passing)
  writeFileSync(join(folder, 'src/log/unit.test.ts'), project.logUnit ?? passing)
  writeFileSync(join(folder, 'tests/whole.test.ts'), project.whole ?? passing)
  const { NODE_TEST_CONTEXT: _, CI: __, ...inherited } = process.env
  const quiet = { CLOISON_CHROMIUM: process.execPath, CLOISON_POSTGRES_BIN: '/' }
  return spawnSync(join(folder, 'test'), options, {
    cwd: tmpdir(),
    env: { ...inherited, ...quiet, ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

test('./test ends 0 when everything holds, and says what it ran', (t) => {
  const { status, stdout, stderr } = runTest(t, {})
  assert.equal(status, 0, stderr)
  assert.equal(stdout.match(/^ℹ tests 1$/gm)?.length, 3)
  assert.match(stdout, /^check +ok .*\nunit tests +ok .*\nbundle +ok .*\nsystem tests +ok /m)
  assert.doesNotMatch(stdout, /NOT RUN/)
})

const faulty = `import { appendFileSync } from 'node:fs'
import test from 'node:test'
const tell = (row) => appendFileSync(process.env['CLOISON_FAULT_TABLE_FILE'] ?? '', row)
test('quick', () => tell('EIO | sync | ends\\n'))
test('slow', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  tell('ENOSPC | commit | ends\\n')
})
`

test('./test prints the fault matrix of its run by step, and which tests were the slowest', (t) => {
  const { stdout } = runTest(t, { whole: faulty })
  assert.match(stdout, /^Fault matrix: .*\nENOSPC \| commit \| ends\nEIO \| sync \| ends\n/m)
  assert.match(stdout, /^The slowest tests\n +\d+\.\d s {2}slow \(whole\.test\.ts\)\n.* quick /m)
  assert.doesNotMatch(runTest(t, {}).stdout, /Fault matrix/)
})

test('./test goes on after a failure, and ends non-zero', (t) => {
  const broken: readonly [MadeUpProject, RegExp][] = [
    [{ check: 'process.exit(1)' }, /^check +FAILED/m],
    [{ unit: failing }, /^unit tests +FAILED/m],
    [{ logUnit: failing }, /^unit tests +FAILED/m],
    [{ whole: failing }, /^system tests +FAILED/m],
  ]
  for (const [project, line] of broken) {
    const { status, stdout } = runTest(t, project)
    assert.equal(status, 1)
    assert.match(stdout, line)
    assert.equal(stdout.match(/^ℹ tests 1$/gm)?.length, 3)
    assert.equal(/^The tests that failed$/m.test(stdout), project.check === undefined)
  }
})

test('./test tells at its end which tests failed, and why', (t) => {
  const { stdout } = runTest(t, { unit: failing, whole: failing })
  const end = stdout.slice(stdout.indexOf('The tests that failed'))
  assert.match(end, /\(unit\.test\.ts\)\n {4}.*Error/)
  assert.match(end, /\(whole\.test\.ts\)\n {4}.*Error/)
  assert.doesNotMatch(runTest(t, {}).stdout, /The tests that failed/)
})

test('a test that lacks its program is NOT RUN: 0 at a desk, non-zero under CI=true', (t) => {
  const atDesk = runTest(t, { whole: notRun })
  assert.equal(atDesk.status, 0)
  assert.match(atDesk.stdout, /^NOT RUN 1\n {2}Chromium: draws the page$/m)
  const inCi = runTest(t, { whole: notRun }, { CI: 'true' })
  assert.equal(inCi.status, 1)
  assert.match(inCi.stdout, /^NOT RUN 1$/m)
})

test('./test --quick leaves out the tests of the whole, --all asks for the long runs', (t) => {
  const quick = runTest(t, { whole: failing }, {}, '--quick')
  assert.equal(quick.status, 0)
  const long = "if (process.env['CLOISON_TEST_ALL'] === '1') throw new Error()"
  assert.equal(runTest(t, { whole: long }).status, 0)
  assert.equal(runTest(t, { whole: long }, {}, '--all').status, 1)
  assert.equal(runTest(t, {}, {}, '--everything').status, 2)
})
