import assert from 'node:assert/strict'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import type { Files } from '../ports/index.ts'
import { filesContract } from '../testing/index.ts'
import { folderFiles, sweepTemporaries } from './folder-files.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-files-'))
after(() => rmSync(dir, { recursive: true, force: true }))

let folders = 0

function newFolder(): { readonly root: string; readonly files: Files } {
  folders += 1
  const root = join(dir, `published-${folders}`, 'log')
  return { root, files: folderFiles(root) }
}

filesContract('folder', () => Promise.resolve(newFolder().files))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('what was written is read back, and what was not is undefined', async () => {
  const { root, files } = newFolder()
  assert.equal(await files.read('checkpoint'), undefined)
  await files.replace('checkpoint', bytes('one'))
  await files.create('tile/0/x001/002', bytes('two'))
  assert.deepEqual(await files.read('checkpoint'), bytes('one'))
  assert.deepEqual(await files.read('tile/0/x001/002'), bytes('two'))
  assert.equal(readFileSync(join(root, 'checkpoint'), 'utf8'), 'one')
})

test('a path that leaves the folder, or is not plain, is refused by every call', async () => {
  const { root, files } = newFolder()
  await files.replace('checkpoint', bytes('mine'))
  writeFileSync(join(root, '..', 'secret'), 'not for anyone')
  const paths = [
    '..',
    '../secret',
    'tile/../../secret',
    'tile/..',
    './checkpoint',
    '/etc/passwd',
    '',
    'tile//0',
    'tile/',
    '/',
  ]
  for (const path of paths) {
    const calls = [
      () => files.read(path),
      () => files.replace(path, bytes('x')),
      () => files.create(path, bytes('x')),
      () => files.remove(path),
    ]
    for (const call of calls) {
      await assert.rejects(async () => call(), { code: 'FILE_PATH_REFUSED' }, path)
    }
    if (path !== '')
      await assert.rejects(async () => files.list(path), { code: 'FILE_PATH_REFUSED' })
  }
  assert.equal(readFileSync(join(root, '..', 'secret'), 'utf8'), 'not for anyone')
})

test('no path of any characters reads a file outside the folder', async () => {
  const { root, files } = newFolder()
  await files.replace('inside', bytes('inside'))
  writeFileSync(join(root, '..', 'outside'), 'outside')
  const part = fc.constantFrom('..', '.', '', 'outside', 'inside', '%2e%2e', '..\\', '\u2024\u2024')
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
      const read = await Promise.resolve()
        .then(() => files.read(parts.join('/')))
        .catch(() => undefined)
      assert.ok(read === undefined || new TextDecoder().decode(read) === 'inside')
    }),
    { numRuns: 200 },
  )
})

test('an immutable file is written once: the same bytes again are fine, others are refused', async () => {
  const { files } = newFolder()
  await files.create('tile/0/000', bytes('first'))
  await files.create('tile/0/000', bytes('first'))
  await assert.rejects(files.create('tile/0/000', bytes('other')), { code: 'FILE_DIFFERS' })
  assert.deepEqual(await files.read('tile/0/000'), bytes('first'))
})

test('a reader sees the old bytes or the new, never a mixture', async () => {
  const { root, files } = newFolder()
  const versions = ['a', 'b'].map((letter) => bytes(letter.repeat(200_000)))
  const [first = bytes('')] = versions
  await files.replace('checkpoint', first)
  let isWriting = true
  const writing = (async () => {
    for (let round = 0; round < 20; round += 1) {
      await files.replace('checkpoint', versions[round % 2] ?? first)
    }
    isWriting = false
  })()
  let reads = 0
  while (isWriting) {
    const text = readFileSync(join(root, 'checkpoint'), 'latin1')
    assert.equal(text.length, 200_000)
    assert.ok(!text.includes('ab') && !text.includes('ba'))
    reads += 1
    await new Promise((next) => setImmediate(next))
  }
  await writing
  assert.ok(reads > 5)
})

test('writing leaves no other file behind, and a list shows no half-written one', async () => {
  const { root, files } = newFolder()
  await files.replace('checkpoint', bytes('one'))
  await files.create('tile/0/000', bytes('two'))
  await files.create('tile/entries/000', bytes('three'))
  writeFileSync(join(root, 'checkpoint.tmp-0f'), 'of a writer that was killed')
  assert.deepEqual(await files.list(''), ['checkpoint', 'tile/0/000', 'tile/entries/000'])
  assert.deepEqual(await files.list('tile/0'), ['tile/0/000'])
  assert.deepEqual(await files.list('nothing'), [])
  assert.equal(readdirSync(root).length, 3)
})

test('sweeping removes what a killed writer left, and nothing else', async () => {
  const { root, files } = newFolder()
  await sweepTemporaries(root)
  await files.replace('checkpoint', bytes('one'))
  mkdirSync(join(root, 'tile'))
  const left = 'tile/000.tmp-0e2f4a52-1f5e-4d35-9f6a-2f3b7c9d1e00'
  writeFileSync(join(root, left), 'half')
  writeFileSync(join(root, 'mine.tmp-notes'), 'somebody else put this here')
  await sweepTemporaries(root)
  assert.deepEqual(readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted(), [
    'checkpoint',
    'mine.tmp-notes',
    'tile',
  ])
})

test('removing is final, and fine when there is nothing', async () => {
  const { root, files } = newFolder()
  await files.replace('checkpoint', bytes('one'))
  await files.remove('checkpoint')
  await files.remove('checkpoint')
  assert.equal(await files.read('checkpoint'), undefined)
  assert.ok(!existsSync(join(root, 'checkpoint')))
})

test('a folder is no file, and below a file there is none', async () => {
  const { files } = newFolder()
  await files.create('tile/0/000', bytes('one'))
  for (const path of ['tile', 'tile/0', 'tile/0/000/000']) {
    assert.equal(await files.read(path), undefined, path)
  }
})

test('a file that cannot be read is a failure, not an absence', async () => {
  const { root, files } = newFolder()
  mkdirSync(root, { recursive: true })
  symlinkSync('loop', join(root, 'loop'))
  await assert.rejects(files.read('loop'), { code: 'FILE_FAILED' })
})
