import assert from 'node:assert/strict'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { aesGcm, runningSha256, systemRandomness } from '../../platform/index.ts'
import type { JoinRuns, RunFiles } from '../../population/index.ts'
import type { Randomness } from '../../ports/index.ts'
import { openJoinRuns } from './join-run-folder.ts'
import { pieceBytes, sealedPieceBytes } from './sealed-pieces.ts'

const root = mkdtempSync(join(tmpdir(), 'cloison-join-runs-'))
after(() => rmSync(root, { recursive: true, force: true }))

const [one, two] = ['11'.repeat(32), '22'.repeat(32)]
const [path, keyPath] = [join(root, 'joins'), join(root, 'join-keys')]

function openRuns(randomness: Randomness = systemRandomness): JoinRuns {
  return openJoinRuns({
    path,
    keyPath,
    aead: aesGcm(systemRandomness),
    randomness,
    sha256: runningSha256,
  })
}

/** Randomness that lets `meanwhile` happen as the first bytes are drawn: those of a key. */
function interrupted(meanwhile: () => void): Randomness {
  let isFirst = true
  return {
    bytes(length) {
      const bytes = systemRandomness.bytes(length)
      if (isFirst) {
        isFirst = false
        meanwhile()
      }
      return bytes
    },
  }
}

function opened(run: string): RunFiles {
  const files = openRuns().open(run)
  assert.ok(files !== undefined)
  return files
}

/** Whether any file below the root holds these bytes. */
function isOnDisk(needle: Uint8Array): boolean {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .some((item) => readFileSync(join(item.parentPath, item.name)).includes(Buffer.from(needle)))
}

test('what is written is read again by another opening, whatever its length', () => {
  const files = openRuns().begin(one)
  for (const length of [0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes]) {
    const bytes = systemRandomness.bytes(length)
    files.write('list', bytes)
    assert.deepEqual(opened(one).read('list'), bytes)
    assert.equal(opened(one).length('list'), length)
  }
  assert.equal(files.read('other'), undefined)
  assert.equal(files.length('other'), undefined)
})

test('a run that begins twice at once has one key: what either wrote is read', () => {
  const run = '33'.repeat(32)
  const list = utf8('what the other thread wrote')
  const files = openRuns(interrupted(() => openRuns().begin(run).write('list', list))).begin(run)
  files.write('head', utf8('what this one wrote'))
  assert.deepEqual(opened(run).read('list'), list)
  assert.deepEqual(opened(run).read('head'), utf8('what this one wrote'))
  assert.ok(readdirSync(keyPath).every((name) => name.endsWith('.key')))
})

test('a key of which only a half-destroyed rest is left is made anew', () => {
  const run = '44'.repeat(32)
  openRuns().begin(run)
  writeFileSync(join(keyPath, `${run}.key`), systemRandomness.bytes(64))
  assert.equal(openRuns().open(run), undefined)
  openRuns().begin(run).write('list', utf8('anew'))
  assert.deepEqual(opened(run).read('list'), utf8('anew'))
})

test('a file that comes in pieces is there once it is kept, and not before', async () => {
  const files = openRuns().begin(one)
  const bytes = systemRandomness.bytes(2 * pieceBytes + 77)
  {
    using dropped = files.receive('in')
    dropped.add(bytes)
  }
  assert.equal(files.has('in'), false)
  using writer = files.receive('in')
  for (let at = 0; at < bytes.length; at += 65_536) writer.add(bytes.subarray(at, at + 65_536))
  assert.equal(files.has('in'), false)
  assert.equal(writer.length, bytes.length)
  assert.deepEqual(writer.digest(), sha256(bytes))
  await writer.keep()
  assert.deepEqual(opened(one).read('in'), bytes)
  assert.equal([...opened(one).pieces('in')].length, 3)
})

test('a run is among those that are kept as long as its key or a file of it is there', () => {
  const runs = openRuns()
  const [run, folder] = ['c'.repeat(64), 'd'.repeat(64)]
  runs.begin(run).write('list', utf8('x'))
  mkdirSync(join(path, folder), { recursive: true })
  assert.ok([run, folder].every((name) => runs.kept().includes(name)))
  rmSync(join(path, run), { recursive: true })
  assert.ok(runs.kept().includes(run))
  runs.destroy(run)
  runs.destroy(folder)
  assert.ok(![run, folder].some((name) => runs.kept().includes(name)))
})

test('a start removes what was not finished', () => {
  const files = openRuns().begin(one)
  const writer = files.receive('late')
  writer.add(utf8('half'))
  openRuns().sweep()
  assert.deepEqual(
    readdirSync(join(path, one)).filter((name) => name.includes('late')),
    [],
  )
})

test('a file that was changed, cut off, or put in the place of another is refused', () => {
  const files = openRuns().begin(one)
  const other = openRuns().begin(two)
  const bytes = systemRandomness.bytes(2 * pieceBytes)
  files.write('a', bytes)
  const file = join(path, one, 'a')
  const whole = readFileSync(file)
  const refused = (read: RunFiles, name: string): void => {
    assert.throws(() => read.read(name), { code: 'STATE_DAMAGED' })
  }
  const changed = Buffer.from(whole)
  changed[sealedPieceBytes + 5] = (changed[sealedPieceBytes + 5] ?? 0) ^ 1
  writeFileSync(file, changed)
  refused(files, 'a')
  writeFileSync(file, whole)
  truncateSync(file, sealedPieceBytes)
  refused(files, 'a')
  writeFileSync(file, Buffer.concat([whole.subarray(sealedPieceBytes), whole.subarray(0, 100)]))
  refused(files, 'a')
  writeFileSync(file, '')
  refused(files, 'a')
  writeFileSync(file, whole)
  copyFileSync(file, join(path, one, 'b'))
  refused(files, 'b')
  other.write('a', utf8('x'))
  copyFileSync(file, join(path, two, 'a'))
  refused(other, 'a')
  assert.deepEqual(files.read('a'), bytes)
})

test('no name leads out of a run', () => {
  const files = openRuns().begin(one)
  for (const name of ['', '..', '../x', 'a/b', '-a', 'x.new-1'])
    assert.throws(() => files.write(name, utf8('x')), RangeError)
  assert.throws(() => openRuns().begin('..'), RangeError)
})

test('once a run is destroyed neither its key nor anything that it sealed is on disk', () => {
  const runs = openRuns()
  const secret = systemRandomness.bytes(48)
  runs.begin(one).write('secrets', secret)
  const key = readFileSync(join(keyPath, `${one}.key`))
  const sealed = readFileSync(join(path, one, 'secrets'))
  assert.equal(isOnDisk(secret), false)
  assert.equal(isOnDisk(key), true)
  runs.destroy(one)
  assert.equal(openRuns().open(one), undefined)
  assert.equal(isOnDisk(key), false)
  assert.equal(isOnDisk(sealed.subarray(0, 32)), false)
  assert.equal(existsSync(join(path, one)), false)
  runs.destroy(one)
  assert.ok(openRuns().open(two) !== undefined)
})

test('a copy of the files that was made before does not open afterwards', () => {
  const runs = openRuns()
  runs.begin(two).write('list', utf8('points'))
  const copy = readFileSync(join(path, two, 'list'))
  runs.destroy(two)
  const again = runs.begin(two)
  writeFileSync(join(path, two, 'list'), copy)
  assert.throws(() => again.read('list'), { code: 'STATE_DAMAGED' })
})
