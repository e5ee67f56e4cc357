import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import test from 'node:test'
import { checkTree } from '../../tools/layers/check-tree.ts'

/** The files of a small made-up house, path → text. */
type House = Readonly<Record<string, string>>

const soundHouse: House = {
  'src/ports/index.ts': "export type { Clock } from './clock.ts'\n",
  'src/ports/clock.ts': '/** Tells the time. */\nexport interface Clock {\n  now(): number\n}\n',
  'src/bytes/index.ts': "export { hex } from './hex.ts'\n",
  'src/bytes/hex.ts': '/** Hex. */\nexport function hex(): string {\n  return ""\n}\n',
  'src/log/index.ts': "export { leaf } from './leaf.ts'\n",
  'src/log/leaf.ts':
    "import { hex } from '../bytes/index.ts'\n/** A leaf. */\nexport const leaf: string = hex()\n",
  'src/log/entry.ts': '/** A record. */\nexport interface Entry {\n  readonly kind: string\n}\n',
  'src/log/verify/index.ts': "export { check } from './check.ts'\n",
  'src/log/verify/check.ts':
    "import type { Entry } from '../entry.ts'\n/** Checks. */\nexport function check(entry: Entry): string {\n  return entry.kind\n}\n",
  'src/person/index.ts':
    "import { leaf } from '../log/index.ts'\nimport { check } from '../log/verify/index.ts'\nconsole.log(leaf, check)\n",
  'src/testing/index.ts': "import '../person/index.ts'\n",
  'src/log/leaf.test.ts':
    "import 'node:test'\nimport '../testing/index.ts'\nimport './verify/index.ts'\n",
  'tests/scenario.ts': "import '../src/testing/index.ts'\n",
  'tools/print.ts': "import '../src/log/index.ts'\n",
}

function breachesIn(change: House): string[] {
  const root = mkdtempSync(join(tmpdir(), 'house '))
  try {
    for (const [path, text] of Object.entries({ ...soundHouse, ...change })) {
      mkdirSync(join(root, dirname(path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return checkTree(root).breaches.map(({ path, line, text }) => `${path}:${line}: ${text}`)
  } finally {
    rmSync(root, { recursive: true })
  }
}

interface Plant {
  readonly title: string
  readonly files: House
  readonly found: readonly string[]
}

const upward = (to: string): string =>
  `may not import ${to}/; declare a port here and let the composition root hand it in`

const plants: readonly Plant[] = [
  {
    title: 'an import that points up',
    files: { 'src/bytes/up.ts': "\nimport { leaf } from '../log/index.ts'\nvoid leaf\n" },
    found: [`src/bytes/up.ts:2: bytes/ ${upward('log')}`],
  },
  {
    title: 'a re-export that points up',
    files: { 'src/bytes/up.ts': "export { leaf } from '../log/index.ts'\n" },
    found: [`src/bytes/up.ts:1: bytes/ ${upward('log')}`],
  },
  {
    title: 'a dynamic import that points up',
    files: { 'src/bytes/up.ts': "const log = await import('../log/index.ts')\nvoid log\n" },
    found: [`src/bytes/up.ts:1: bytes/ ${upward('log')}`],
  },
  {
    title: 'an import of types that points up',
    files: { 'src/bytes/up.ts': "import type { Entry } from '../log/index.ts'\nlet e: Entry\n" },
    found: [`src/bytes/up.ts:1: bytes/ ${upward('log')}`],
  },
  {
    title: 'an import written inside a type that points up',
    files: { 'src/bytes/up.ts': "let e: import('../log/index.ts').Entry\n" },
    found: [`src/bytes/up.ts:1: bytes/ ${upward('log')}`],
  },
  {
    title: 'a worker file above the folder',
    files: { 'src/bytes/up.ts': "const w = new URL('../log/index.ts', import.meta.url)\nvoid w\n" },
    found: [`src/bytes/up.ts:1: bytes/ ${upward('log')}`],
  },
  {
    title: 'an import of a neighbour that the table does not name',
    files: { 'src/agreement/a.ts': "import '../register/index.ts'\n" },
    found: [`src/agreement/a.ts:1: agreement/ ${upward('register')}`],
  },
  {
    title: 'a value where storage/ may take types alone',
    files: {
      'src/storage/a.ts': "import { start } from '../witness/index.ts'\nvoid start\n",
      'src/storage/b.ts': "import type { State } from '../witness/index.ts'\nlet s: State\n",
    },
    found: [`src/storage/a.ts:1: storage/ ${upward('witness')}`],
  },
  {
    title: 'a machine beside the one program that may put one together',
    files: {
      'src/platform/index.ts': '/** A machine. */\nexport const machine: number = 1\n',
      'src/register/connectors/masking/masking-process.ts':
        "import { machine } from '../../../platform/index.ts'\nvoid machine\n",
      'src/register/connectors/masking/a.ts':
        "import { machine } from '../../../platform/index.ts'\nvoid machine\n",
    },
    found: [`src/register/connectors/masking/a.ts:1: register/ ${upward('platform')}`],
  },
  {
    title: 'a folder without a row in the table',
    files: { 'src/attic/a.ts': "import '../bytes/index.ts'\n" },
    found: ["src/attic/a.ts:1: 'attic' has no row in tools/layers/arrows.ts; add one"],
  },
  {
    title: 'production code that uses testing/',
    files: {
      'src/person/a.ts': "import '../testing/index.ts'\n",
      'tools/a.ts': "import '../src/testing/index.ts'\n",
    },
    found: [
      'src/person/a.ts:1: testing/ is for tests alone; move what production needs elsewhere',
      'tools/a.ts:1: testing/ is imported by tests alone',
    ],
  },
  {
    title: 'source that reaches outside of src/',
    files: { 'src/person/a.ts': "import '../../tools/print.ts'\n" },
    found: ["src/person/a.ts:1: src/ is published alone; move 'tools/print.ts' below src/"],
  },
  {
    title: 'an import past the face of a folder',
    files: {
      'src/person/a.ts': "import '../log/leaf.ts'\n",
      'src/person/b.ts': "import '../log/verify/check.ts'\n",
      'src/log/c.test.ts': "import './verify/check.ts'\n",
      'tests/d.ts': "import '../src/log/leaf.ts'\n",
    },
    found: [
      "src/log/c.test.ts:1: import 'log/verify/index.ts', the face of that folder",
      "src/person/a.ts:1: import 'log/index.ts', the face of that folder",
      "src/person/b.ts:1: import 'log/verify/index.ts', the face of that folder",
      "tests/d.ts:1: import 'log/index.ts', the face of that folder",
    ],
  },
  {
    title: 'a verifier that leans on the writer',
    files: { 'src/log/verify/a.ts': "import '../leaf.ts'\n" },
    found: [
      'src/log/verify/a.ts:1: log/verify/ shares no code with the writer but log/entry; write it here on its own',
    ],
  },
  {
    title: 'a writer that leans on the verifier',
    files: { 'src/log/a.ts': "import './verify/index.ts'\n" },
    found: [
      'src/log/a.ts:1: the writer of the log may not lean on log/verify/; write it here on its own',
    ],
  },
  {
    title: 'node in a folder that runs without it',
    files: {
      'src/log/a.ts': "import { readFile } from 'node:fs'\nvoid readFile\n",
      'src/person/b.ts': "export { setTimeout } from 'node:timers/promises'\n",
      'src/web/browser/c.ts': "const fs = await import('node:fs')\nvoid fs\n",
    },
    found: [
      "src/log/a.ts:1: log/ runs without node; take what 'node:fs' gives as a port of ports/index.ts",
      "src/person/b.ts:1: person/ runs without node; take what 'node:timers/promises' gives as a port of ports/index.ts",
      "src/web/browser/c.ts:1: web/ runs without node; take what 'node:fs' gives as a port of ports/index.ts",
    ],
  },
  {
    title: 'a driver outside of its home',
    files: {
      'src/node/a.ts': "import 'node:sqlite'\nimport 'pg'\nimport '@duckdb/node-api'\n",
      'src/register/connectors/b.ts': "import 'pg'\n",
      'src/storage/c.ts': "import 'node:sqlite'\n",
      'src/register/d.ts': "import 'pg'\n",
    },
    found: [
      ...["'node:sqlite'", "'pg'", "'@duckdb/node-api'"].map(
        (name, at) =>
          `src/node/a.ts:${at + 1}: ${name} stays in storage, register/connectors, bench/rival; put what needs the driver into storage/ or register/connectors/, behind a port`,
      ),
      "src/register/d.ts:1: 'pg' stays in storage, register/connectors, bench/rival; put what needs the driver into storage/ or register/connectors/, behind a port",
    ],
  },
  {
    title: 'primitives outside of their home',
    files: {
      'src/log/a.ts': "import '@noble/hashes/sha2.js'\n",
      'src/node/b.ts': "import 'sodium-native'\n",
      'src/crypto/c.ts': "import '@noble/hashes/sha2.js'\n",
    },
    found: [
      "src/log/a.ts:1: '@noble/hashes/sha2.js' stays in crypto; use what crypto/index.ts offers, or add the primitive there",
      "src/node/b.ts:1: 'sodium-native' stays in platform, population/psi/native; use platform/index.ts, or take the primitive as an argument",
    ],
  },
  {
    title: 'an export without a doc comment',
    files: {
      'src/bytes/a.ts':
        '// not a doc comment\nexport const a: number = 1\n/** Doc. */\nexport const b: number = 2\n\nexport type C = string\n',
    },
    found: ['a:2', 'C:6'].map((found) => {
      const [name, line] = found.split(':')
      return `src/bytes/a.ts:${line}: '${name}' is exported without a doc comment; say above it what it is`
    }),
  },
  {
    title: "'export *'",
    files: { 'src/bytes/a.ts': "export * from './hex.ts'\nexport * as h from './hex.ts'\n" },
    found: ["src/bytes/a.ts:1: 'export *' hides what is public; list the names"],
  },
  {
    title: 'a port that is declared a second time',
    files: { 'src/node/a.ts': '/** Mine. */\nexport interface Clock {\n  now(): number\n}\n' },
    found: ["src/node/a.ts:2: 'Clock' is a port; import it from ports/index.ts instead"],
  },
  {
    title: 'names that say nothing',
    files: {
      'src/bytes/utils.ts': '',
      'src/bytes/hex-helpers.ts': '',
      'src/log/log-manager.test.ts': '',
      'src/log/data.ts': '',
      'src/log/data-element.ts': '',
      'src/common/a.ts': '',
      'src/person/ask-handler.ts': '',
      'src/node/http/ask-handler.ts': '',
    },
    found: [
      "src/bytes/hex-helpers.ts:1: 'hex-helpers' says nothing; name the file after its main export",
      "src/bytes/utils.ts:1: 'utils' says nothing; name the file after its main export",
      "src/common/a.ts:1: 'common' says nothing; name the file after its main export",
      "src/log/data.ts:1: 'data' says nothing; name the file after its main export",
      "src/log/log-manager.test.ts:1: 'log-manager' says nothing; name the file after its main export",
      "src/person/ask-handler.ts:1: 'ask-handler' says nothing; name the file after its main export",
    ],
  },
  {
    title: 'an import() whose target is computed',
    files: { 'src/node/a.ts': "const n = 'x'\nvoid import(n)\nvoid import(`./${n}.ts`)\n" },
    found: [2, 3].map(
      (line) =>
        `src/node/a.ts:${line}: import() takes a literal here, or nobody can tell where the arrow points`,
    ),
  },
  {
    title: 'a relative import that node would not find',
    files: { 'src/bytes/a.ts': "import './hex.js'\n" },
    found: ["src/bytes/a.ts:1: './hex.js' must end in .ts, as node reads it"],
  },
  {
    title: 'a file that does not parse',
    files: { 'src/bytes/a.ts': '\nexport const = \n' },
    found: ['src/bytes/a.ts:2: this does not parse; mend the syntax'],
  },
]

test('a sound house has no breach', () => {
  assert.deepEqual(breachesIn({}), [])
})

test('imports in comments are not arrows', () => {
  const text = "// import('../log/index.ts')\n/* new URL('../log/a.ts', import.meta.url) */\n"
  assert.deepEqual(breachesIn({ 'src/bytes/a.ts': text }), [])
})

for (const { title, files, found } of plants) {
  test(`reports ${title}, with its place and what to do`, () => {
    assert.deepEqual(breachesIn(files), found)
  })
}

test('reads the folders of this project', () => {
  const { files } = checkTree(resolve(import.meta.dirname, '../..'))
  assert.ok(files > 10)
})
