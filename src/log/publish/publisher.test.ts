import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'

import { canonicalBytes, decodeUtf8, encodeBase64, utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import type { Files } from '../../ports/index.ts'
import { LogError, type LogErrorCode } from '../log-error.ts'
import { makeEntry } from '../make-entry.ts'
import { cosign, formatCheckpoint, signNote } from '../note/index.ts'
import {
  appendLeaves,
  emptyTree,
  leafHash,
  resourcesOf,
  rootHash,
  tilePath,
} from '../tree/index.ts'
import { bundlePath, type LogTree } from '../tree/index.ts'
import { logPublisher, type GovernanceOpening, type PublishableLog } from './publisher.ts'

const origin = 'tax.example/log/2026h2'
const signer = { name: origin, type: 0x01, seed: new Uint8Array(32).fill(7) } as const

function entryOf(index: number): Uint8Array {
  return createHash('sha256').update(`entry ${index}`).digest()
}

function openingOf(index: number): GovernanceOpening {
  const record = {
    v: 1,
    class: 'governance',
    kind: 'admin.start',
    timeMs: index,
    organisation: 'tax',
    name: null,
    digest: null,
    body: null,
  } as const
  return { index, ...makeEntry(record, new Uint8Array(32).fill(index % 256)) }
}

/** A committed log: what a state store would answer. Every 150th entry is one of governance. */
class CommittedLog implements PublishableLog {
  readonly entries: Uint8Array[] = []
  readonly tiles = new Map<string, Uint8Array>()
  tree: LogTree = emptyTree()

  /** Appends up to `size` and returns the signed checkpoint. */
  growTo(size: number): string {
    const fresh = Array.from({ length: size - this.tree.size }, (_, i) =>
      entryOf(this.tree.size + i),
    )
    this.entries.push(...fresh)
    const appended = appendLeaves(this.tree, fresh.map(leafHash))
    for (const tile of appended.fullTiles) this.tiles.set(`${tile.level}/${tile.index}`, tile.bytes)
    this.tree = appended.tree
    return this.checkpoint()
  }

  checkpoint(): string {
    const head = { origin, size: this.tree.size, root: rootHash(this.tree) }
    return signNote(formatCheckpoint(head), [signer], nobleEd25519)
  }

  readLeaves(first: number, count: number): Promise<readonly Uint8Array[]> {
    return Promise.resolve(this.entries.slice(first, first + count))
  }

  readTile(level: number, index: number): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.tiles.get(`${level}/${index}`))
  }

  readOpenings(first: number, count: number): Promise<readonly GovernanceOpening[]> {
    const all = this.entries.map((_, index) => index).filter((index) => index % 150 === 0)
    return Promise.resolve(all.filter((i) => i >= first && i < first + count).map(openingOf))
  }
}

class Crash extends Error {}

/** A folder in memory that stops the process, so to speak, before or after its n-th write. */
class CrashingFiles implements Files {
  readonly files: Map<string, Uint8Array>
  readonly written: string[] = []
  crashAt: number | undefined
  crashAfter = false
  afterWrite: () => void = () => undefined

  constructor(files: Map<string, Uint8Array> = new Map()) {
    this.files = files
  }

  read(path: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(path))
  }

  replace(path: string, bytes: Uint8Array): Promise<void> {
    return this.#write(path, bytes)
  }

  create(path: string, bytes: Uint8Array): Promise<void> {
    const there = this.files.get(path)
    if (there === undefined) return this.#write(path, bytes)
    return Buffer.compare(there, bytes) === 0
      ? Promise.resolve()
      : Promise.reject(new Error(`${path} exists with other bytes`))
  }

  remove(): Promise<void> {
    return Promise.reject(new Error('a publisher removes nothing'))
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()].sort())
  }

  #write(path: string, bytes: Uint8Array): Promise<void> {
    const crashes = this.written.length === this.crashAt
    if (crashes && !this.crashAfter) return Promise.reject(new Crash(path))
    this.files.set(path, bytes.slice())
    this.written.push(path)
    this.afterWrite()
    return crashes ? Promise.reject(new Crash(path)) : Promise.resolve()
  }
}

/** Hashes of one tile level by definition: pairs, pairs of pairs, eight times a level. */
function levelOf(level: number, entries: readonly Uint8Array[]): readonly Uint8Array[] {
  const sha = (...parts: Uint8Array[]): Uint8Array =>
    createHash('sha256').update(Buffer.concat(parts)).digest()
  let hashes = entries.map((entry) => sha(Uint8Array.of(0), entry))
  for (let height = 0; height < 8 * level; height += 1) {
    const below = hashes
    hashes = below
      .filter((_, i) => i % 2 === 1)
      .map((right, i) => sha(Uint8Array.of(1), below[2 * i] ?? right, right))
  }
  return hashes
}

const expectations = new Map<number, ReadonlyMap<string, Uint8Array>>()

/** Every file that a folder must have once `size` entries are published, but for the checkpoint. */
function expectedFiles(size: number): ReadonlyMap<string, Uint8Array> {
  const known = expectations.get(size)
  if (known !== undefined) return known
  const entries = Array.from({ length: size }, (_, i) => entryOf(i))
  const files = new Map<string, Uint8Array>()
  const levels = new Map<number, readonly Uint8Array[]>()
  for (const { level, index, width } of resourcesOf(size).tiles) {
    const hashes = levels.get(level) ?? levelOf(level, entries)
    levels.set(level, hashes)
    const tile = Buffer.concat(hashes.slice(index * 256, index * 256 + width))
    files.set(tilePath(level, index, width), tile)
  }
  for (const { index, width } of resourcesOf(size).bundles) {
    const bundle = entries
      .slice(index * 256, index * 256 + width)
      .flatMap((entry) => [Uint8Array.of(0, entry.length), entry])
    files.set(bundlePath(index, width), Buffer.concat(bundle))
  }
  for (let index = 0; index < size; index += 150) {
    const { r, recordBytes } = openingOf(index)
    const record = JSON.parse(decodeUtf8(recordBytes))
    files.set(`governance/${index}`, canonicalBytes({ index, r: encodeBase64(r), record }))
  }
  expectations.set(size, files)
  return files
}

function publishedSize(files: CrashingFiles): number | undefined {
  const bytes = files.files.get('checkpoint')
  return bytes === undefined ? undefined : Number(decodeUtf8(bytes).split('\n')[1])
}

/** Throws unless the folder holds, right to the byte, all that its checkpoint covers. */
function assertCovered(files: CrashingFiles): void {
  const size = publishedSize(files)
  if (size === undefined) return
  for (const [path, bytes] of expectedFiles(size)) {
    const there = files.files.get(path)
    assert.ok(there !== undefined && Buffer.compare(there, bytes) === 0, `${path} at ${size}`)
  }
}

const hasCode =
  (code: LogErrorCode) =>
  (error: unknown): boolean =>
    error instanceof LogError && error.code === code

test('a published folder holds every tile, bundle and opening, and the checkpoint is written last', async () => {
  for (const size of [0, 1, 255, 256, 257, 700, 5000]) {
    const log = new CommittedLog()
    const checkpoint = log.growTo(size)
    const files = new CrashingFiles()
    assert.deepEqual(await logPublisher({ files, log }).publish(checkpoint), { from: 0, to: size })
    assertCovered(files)
    const expected = ['checkpoint', ...expectedFiles(size).keys()].sort()
    assert.deepEqual(await files.list(), expected)
    assert.equal(files.written.at(-1), 'checkpoint')
    assert.equal(new Set(files.written).size, files.written.length, 'no file is written twice')
  }
})

test('growing step by step keeps the partial tiles of every published size', async () => {
  const log = new CommittedLog()
  const files = new CrashingFiles()
  const publisher = logPublisher({ files, log })
  const sizes = [0, 1, 5, 255, 256, 300, 301, 511, 513, 4096, 4100, 9000]
  for (const size of sizes) {
    const from = publishedSize(files) ?? 0
    const checkpoint = log.growTo(size)
    assert.deepEqual(await publisher.publish(checkpoint), { from, to: size })
  }
  for (const size of sizes) {
    for (const path of expectedFiles(size).keys()) assert.ok(files.files.has(path), path)
  }
})

test('publishing the same checkpoint again writes nothing', async () => {
  const log = new CommittedLog()
  const files = new CrashingFiles()
  const checkpoint = log.growTo(300)
  await logPublisher({ files, log }).publish(checkpoint)
  const before = files.written.length
  assert.deepEqual(await logPublisher({ files, log }).publish(checkpoint), { from: 300, to: 300 })
  assert.equal(files.written.length, before)
})

interface Committed {
  readonly log: CommittedLog
  readonly checkpoints: readonly string[]
}

/** Publishes the checkpoints one after the other; stops for good at the crash, if one is set. */
async function publishAll(files: CrashingFiles, { log, checkpoints }: Committed): Promise<boolean> {
  const publisher = logPublisher({ files, log })
  try {
    for (const checkpoint of checkpoints) await publisher.publish(checkpoint)
    return true
  } catch (error) {
    assert.ok(error instanceof Crash)
    return false
  }
}

test('a crash before or after any write leaves no uncovered checkpoint, and is made good', async () => {
  const log = new CommittedLog()
  const checkpoints = [3, 255, 400, 520].map((size) => log.growTo(size))
  const whole = new CrashingFiles()
  assert.ok(await publishAll(whole, { log, checkpoints }))
  let points = 0
  for (let crashAt = 0; crashAt < whole.written.length; crashAt += 1) {
    for (const crashAfter of [false, true]) {
      const files = new CrashingFiles()
      Object.assign(files, { crashAt, crashAfter, afterWrite: () => assertCovered(files) })
      assert.equal(await publishAll(files, { log, checkpoints }), false)
      assertCovered(files)
      const restarted = new CrashingFiles(files.files)
      restarted.afterWrite = () => assertCovered(restarted)
      await logPublisher({ files: restarted, log }).publish(log.checkpoint())
      assert.equal(publishedSize(restarted), 520)
      assertCovered(restarted)
      points += 1
    }
  }
  console.log(`${points} crash points, before and after each of ${whole.written.length} writes`)
})

test('the crash test notices a publisher that writes its checkpoint first', () => {
  const files = new CrashingFiles()
  const log = new CommittedLog()
  files.files.set('checkpoint', utf8(log.growTo(300)))
  assert.throws(() => assertCovered(files), /tile\/0\/000 at 300/)
  for (const [path, bytes] of expectedFiles(300)) files.files.set(path, bytes)
  assertCovered(files)
  files.files.set('tile/1/000.p/1', new Uint8Array(32))
  assert.throws(() => assertCovered(files), /tile\/1\/000\.p\/1 at 300/)
})

test('entries that do not give the signed root are not published', async () => {
  const log = new CommittedLog()
  const checkpoint = log.growTo(600)
  log.entries[77] = utf8('changed')
  const files = new CrashingFiles()
  await assert.rejects(logPublisher({ files, log }).publish(checkpoint), hasCode('ROOT_MISMATCH'))
  assert.deepEqual(files.written, [])
  log.entries.length = 500
  await assert.rejects(logPublisher({ files, log }).publish(checkpoint), hasCode('NODE_MISSING'))
})

test('a head older than the folder is refused, and so is a folder of another tree', async () => {
  const log = new CommittedLog()
  const older = log.growTo(300)
  const newer = log.growTo(400)
  const files = new CrashingFiles()
  const publisher = logPublisher({ files, log })
  await publisher.publish(newer)
  await assert.rejects(publisher.publish(older), hasCode('PUBLISHED_AHEAD'))

  const fork = new CommittedLog()
  fork.growTo(299)
  fork.entries.push(utf8('another entry'))
  fork.tree = appendLeaves(fork.tree, [leafHash(utf8('another entry'))]).tree
  for (const size of [300, 400]) {
    const forked = new CrashingFiles(new Map([['checkpoint', utf8(fork.checkpoint())]]))
    const ours = new CommittedLog()
    const publish = logPublisher({ files: forked, log: ours }).publish(ours.growTo(size))
    await assert.rejects(publish, hasCode('PUBLISHED_DIFFERS'), String(size))
    assert.deepEqual(forked.written, [])
  }
  const elsewhere = new Map([['checkpoint', utf8(older.replace(origin, 'else.example/log'))]])
  const publish = logPublisher({ files: new CrashingFiles(elsewhere), log }).publish(newer)
  await assert.rejects(publish, hasCode('PUBLISHED_DIFFERS'))
})

test('a published checkpoint that is not readable stops the publisher', async () => {
  const log = new CommittedLog()
  const checkpoint = log.growTo(10)
  for (const bytes of [utf8(''), utf8('tax\n1\n'), Uint8Array.of(0xff)]) {
    const files = new CrashingFiles(new Map([['checkpoint', bytes]]))
    const publish = logPublisher({ files, log }).publish(checkpoint)
    await assert.rejects(publish, hasCode('CHECKPOINT_MALFORMED'))
  }
})

test('a tile in the folder with other bytes stops the publisher before the checkpoint', async () => {
  const log = new CommittedLog()
  const files = new CrashingFiles(new Map([['tile/0/000', new Uint8Array(8192)]]))
  await assert.rejects(logPublisher({ files, log }).publish(log.growTo(300)), /other bytes/)
  assert.equal(files.files.has('checkpoint'), false)
})

test('cosignatures are added to the published checkpoint and survive a publication of nothing new', async () => {
  const log = new CommittedLog()
  const files = new CrashingFiles()
  const publisher = logPublisher({ files, log })
  const checkpoint = log.growTo(10)
  const [text = ''] = checkpoint.split('\n— ')
  const line = (name: string, timeSeconds: number): string =>
    cosign(text, { name, seed: new Uint8Array(32), timeSeconds }, nobleEd25519)
  const lines = [line('w1', 5), line('w2', 6)]
  assert.equal(
    await publisher.publishCosigned(checkpoint, lines),
    'superseded',
    'not published yet',
  )
  await publisher.publish(checkpoint)
  assert.equal(await publisher.publishCosigned(checkpoint, lines), 'published')
  const cosigned = decodeUtf8(files.files.get('checkpoint') ?? new Uint8Array())
  assert.equal(cosigned, checkpoint + lines.join(''))
  await publisher.publish(checkpoint)
  assert.equal(decodeUtf8(files.files.get('checkpoint') ?? new Uint8Array()), cosigned)
  await assert.rejects(
    publisher.publishCosigned(checkpoint, [line('w1', 5), line('w1', 6)]),
    RangeError,
  )
  await publisher.publish(log.growTo(11))
  assert.equal(await publisher.publishCosigned(checkpoint, lines), 'superseded')
  assert.equal(publishedSize(files), 11)
})

test('calls take turns, so that a late cosigned checkpoint never undoes a newer publication', async () => {
  const log = new CommittedLog()
  const files = new CrashingFiles()
  const publisher = logPublisher({ files, log })
  const first = log.growTo(10)
  await publisher.publish(first)
  const second = log.growTo(20)
  const [, cosigned] = await Promise.all([
    publisher.publish(second),
    publisher.publishCosigned(first, []),
  ])
  assert.equal(cosigned, 'superseded')
  assert.equal(publishedSize(files), 20)
  await assert.rejects(publisher.publish('nonsense'), hasCode('CHECKPOINT_MALFORMED'))
  assert.deepEqual(await publisher.publish(log.growTo(21)), { from: 20, to: 21 }, 'goes on')
})
