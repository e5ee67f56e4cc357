import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import test, { after, before } from 'node:test'

/** One file with one breach: where it stands, what it says, and the code that must be reported. */
interface Plant {
  readonly path: string
  readonly text: string
  readonly found: string
}

const global = (name: string, use: string): Plant => ({
  path: `src/log/uses-${name.toLowerCase()}.ts`,
  text: `/** Breach. */\nexport const breach: unknown = ${use}\n`,
  found: 'no-restricted-globals',
})

const asynchronous = '/** Works. */\nexport async function work(): Promise<void> {}\n'
const lines = (count: number): string => 'work()\n'.repeat(count)

const lintPlants: readonly Plant[] = [
  global('Date', 'Date.now()'),
  global('new-date', 'new Date()'),
  global('performance', 'performance.now()'),
  global('setTimeout', 'setTimeout(() => {}, 1)'),
  global('setInterval', 'setInterval(() => {}, 1)'),
  global('setImmediate', 'setImmediate(() => {})'),
  global('fetch', "fetch('http://tax.localhost/')"),
  global('crypto', 'crypto.randomUUID()'),
  global('process', "process.env['HOME']"),
  global('Buffer', "Buffer.from('')"),
  global('localStorage', "localStorage.getItem('a')"),
  global('globalThis', 'globalThis.setTimeout(() => {}, 1)'),
  global('global', "global['fetch']('http://tax.localhost/')"),
  {
    path: 'src/testing/draws.ts',
    text: '/** Breach. */\nexport const breach: number = Math.random()\n',
    found: 'no-restricted-properties',
  },
  {
    path: 'src/log/takes-random.ts',
    text: '/** Breach. */\nexport const { random }: Math = Math\n',
    found: 'no-restricted-properties',
  },
  {
    path: 'src/log/draws.test.ts',
    text: 'Math.random()\n',
    found: 'no-restricted-properties',
  },
  {
    path: 'src/storage/sleeps.ts',
    text: "import { setTimeout } from 'node:timers/promises'\nawait setTimeout(1)\n",
    found: 'no-restricted-imports',
  },
  {
    path: 'src/storage/reads-environment.ts',
    text: "import { env } from 'node:process'\n/** Breach. */\nexport const breach: unknown = env\n",
    found: 'no-restricted-imports',
  },
  {
    path: 'src/person/forgets-to-wait.ts',
    text: `${asynchronous}work()\n`,
    found: 'no-floating-promises',
  },
  {
    path: 'src/testing/forgets-to-wait.ts',
    text: `${asynchronous}work()\n`,
    found: 'no-floating-promises',
  },
  {
    path: 'src/person/forgets-to-wait.test.ts',
    text: `${asynchronous}work()\n`,
    found: 'no-floating-promises',
  },
  {
    path: 'src/person/misuses-promise.ts',
    text: `${asynchronous}export const breach: number = work() ? 1 : 2\n`,
    found: 'no-misused-promises',
  },
  {
    path: 'src/person/forgets-a-case.ts',
    text: "/** Breach. */\nexport function breach(a: 'b' | 'c'): number {\n  switch (a) {\n    case 'b':\n      return 1\n  }\n  return 2\n}\n",
    found: 'switch-exhaustiveness-check',
  },
  {
    path: 'src/person/any.ts',
    text: '/** Breach. */\nexport type Breach = any\n',
    found: 'no-explicit-any',
  },
  {
    path: 'src/person/hidden-any.ts',
    text: "/** Breach. */\nexport const breach: number = JSON.parse('1')\n",
    found: 'no-unsafe-assignment',
  },
  {
    path: 'src/person/non-null.ts',
    text: '/** Breach. */\nexport const breach = (a: string | undefined): string => a!\n',
    found: 'no-non-null-assertion',
  },
  {
    path: 'src/person/suppresses.ts',
    text: '// @ts-ignore\n/** Breach. */\nexport const breach: string = 1\n',
    found: 'ban-ts-comment',
  },
  {
    path: 'src/person/default-export.ts',
    text: '/** Breach. */\nexport default function breach(): void {}\n',
    found: 'no-default-export',
  },
  { path: 'src/person/camelCase.ts', text: asynchronous, found: 'filename-case' },
  {
    path: 'src/person/too-long.ts',
    text: `${asynchronous}${lines(301)}`,
    found: 'max-lines',
  },
  {
    path: 'src/person/long-function.ts',
    text: `declare function work(): void\n/** Breach. */\nexport function breach(): void {\n${lines(60)}}\n`,
    found: 'max-lines-per-function',
  },
  {
    path: 'src/person/many-parameters.ts',
    text: '/** Breach. */\nexport function breach(a: 1, b: 1, c: 1, d: 1, e: 1): number {\n  return a + b + c + d + e\n}\n',
    found: 'max-params',
  },
  {
    path: 'src/person/postpones.ts',
    text: `// hack: mend this later\n${asynchronous}`,
    found: 'no-warning-comments',
  },
  { path: 'src/person/prints.ts', text: "console.log('')\n", found: 'no-console' },
  {
    path: 'src/person/unprefixed.ts',
    text: "import { readFile } from 'fs'\n/** Breach. */\nexport const breach: unknown = readFile\n",
    found: 'prefer-node-protocol',
  },
  {
    path: 'src/person/circle-a.ts',
    text: "import { b } from './circle-b.ts'\n/** Breach. */\nexport const a = (): unknown => b\n",
    found: 'no-cycle',
  },
  {
    path: 'src/person/circle-b.ts',
    text: "import { a } from './circle-a.ts'\n/** Breach. */\nexport const b = (): unknown => a\n",
    found: 'no-cycle',
  },
]

const allowed: Readonly<Record<string, string>> = {
  'src/platform/clock.ts': '/** Now. */\nexport const now = (): number => Date.now()\n',
  'src/platform/timers.ts':
    "import { setTimeout } from 'node:timers/promises'\n/** Waits. */\nexport const wait = (): Promise<void> => setTimeout(1)\n",
  'src/cli/prints.ts': "console.log(process.env['HOME'])\n",
  'src/log/tests.test.ts':
    "import test, { describe, it } from 'node:test'\ntest('a', async () => {})\ndescribe('b', () => {\n  it('c', async () => {})\n})\n",
  'src/log/queues.ts':
    '/** Queues. */\nexport const queue = (): void => queueMicrotask(() => {})\n',
}

const typePlants: readonly Plant[] = [
  {
    path: 'src/log/enum.ts',
    text: '/** Breach. */\nexport enum Breach {\n  A,\n}\n',
    found: 'TS1294',
  },
  {
    path: 'src/log/parameter-property.ts',
    text: '/** Breach. */\nexport class Breach {\n  constructor(readonly a: number) {}\n}\n',
    found: 'TS1294',
  },
  {
    path: 'src/log/unchecked-index.ts',
    text: '/** Breach. */\nexport const breach = (list: number[]): number => list[0]\n',
    found: 'TS2322',
  },
  {
    path: 'src/log/unannotated.ts',
    text: '/** Breach. */\nexport const breach = [1].map(String)\n',
    found: 'TS9010',
  },
]

const root = resolve(import.meta.dirname, '../..')
let folder = ''

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'planted-'))
  for (const name of ['.oxlintrc.json', '.prettierrc.json', 'tsconfig.json', 'package.json']) {
    copyFileSync(join(root, name), join(folder, name))
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})

after(() => rmSync(folder, { recursive: true }))

function plant(path: string, text: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** What a program of node_modules prints, run on the planted files. */
function run(name: string, ...programArguments: string[]): string {
  const program = join(root, 'node_modules/.bin', name)
  const { stdout, stderr } = spawnSync(program, programArguments, { cwd: folder, encoding: 'utf8' })
  return stdout + stderr
}

/** The rules that the linter reported, per file. */
function lint(): Map<string, string[]> {
  const report = JSON.parse(run('oxlint', '--type-aware', '--format=json', 'src'))
  const byFile = Map.groupBy(
    report.diagnostics as { filename: string; code?: string }[],
    ({ filename }) => filename,
  )
  return new Map(
    [...byFile].map(([path, found]) => [
      path,
      found.map(({ code = '' }) => code.replace(/^.*\(|\)$/g, '')),
    ]),
  )
}

test('the linter reports every planted breach, and nothing where it is allowed', async (t) => {
  for (const { path, text } of lintPlants) plant(path, text)
  for (const [path, text] of Object.entries(allowed)) plant(path, text)
  const reported = lint()
  for (const { path, found } of lintPlants) {
    await t.test(`${path}: ${found}`, () => {
      assert.ok(reported.get(path)?.includes(found), `reported: ${reported.get(path)?.join()}`)
    })
  }
  for (const path of Object.keys(allowed)) {
    await t.test(`${path}: allowed`, () => assert.deepEqual(reported.get(path) ?? [], []))
  }
})

test('the compiler reports every planted breach', async (t) => {
  rmSync(join(folder, 'src'), { recursive: true, force: true })
  for (const { path, text } of typePlants) plant(path, text)
  const output = run('tsc', '--pretty', 'false')
  for (const { path, found } of typePlants) {
    await t.test(`${path}: ${found}`, () => {
      assert.match(output, new RegExp(`^${path}.*${found}`, 'm'))
    })
  }
})

test('the formatter reports a file that is not in its form', () => {
  plant('src/log/unformatted.ts', 'export const a = "b";\n')
  plant('src/log/formatted.ts', "export const a = 'b'\n")
  const output = run('prettier', '--check', 'src/log')
  assert.match(output, /src\/log\/unformatted\.ts/)
  assert.doesNotMatch(output, /src\/log\/formatted\.ts/)
})
