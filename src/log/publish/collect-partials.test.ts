import assert from 'node:assert/strict'
import test from 'node:test'
import { utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import type { Files } from '../../ports/index.ts'
import { sampleLog } from '../../testing/index.ts'
import { parseCheckpoint, parseNote, verifyLog, type LogReport } from '../verify/index.ts'
import { partialCollector, sizeBefore } from './collect-partials.ts'
import { logPublisher } from './publisher.ts'

const most = 900
const log = sampleLog(most)

class Crash extends Error {}

/** A folder in memory whose process dies before its n-th removal. */
class MemoryFolder implements Files {
  readonly content: Map<string, Uint8Array>
  crashAt = Infinity
  removed = 0

  constructor(content: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.content = new Map(content)
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return this.content.get(path)
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    this.content.set(path, bytes)
  }

  async create(path: string, bytes: Uint8Array): Promise<void> {
    this.content.set(path, bytes)
  }

  async remove(path: string): Promise<void> {
    if (this.removed === this.crashAt) throw new Crash()
    this.removed += 1
    this.content.delete(path)
  }

  async list(folder: string): Promise<readonly string[]> {
    const prefix = folder === '' ? '' : `${folder}/`
    return [...this.content.keys()].filter((path) => path.startsWith(prefix)).sort()
  }
}

async function published(sizes: readonly number[]): Promise<MemoryFolder> {
  const folder = new MemoryFolder()
  const publisher = logPublisher({ files: folder, log: log.publishable })
  for (const size of sizes) await publisher.publish(log.headAt(size).checkpoint)
  return folder
}

/** Verifies the folder as a reader who holds the checkpoint of `size`. */
function verifiedAt(folder: MemoryFolder, size: number): Promise<LogReport> {
  const { checkpoint } = log.headAt(size)
  const source = {
    read: async (path: string) =>
      path === 'checkpoint' ? utf8(checkpoint) : folder.content.get(path),
  }
  return verifyLog(source, {
    keys: [log.key],
    policy: { logs: [{ key: log.key }], witnesses: [], quorum: { kind: 'none' } },
    strict: true,
    ed25519: nobleEd25519,
    since: parseCheckpoint(parseNote(checkpoint).text),
  })
}

const sizes = [1, 3, 200, 255, 256, 257, 300, 511, 513, 700, 770, 900]

test('what was full before is removed, every checkpoint from there on stays whole', async () => {
  for (const since of [0, 255, 256, 300, 512, 700, 768, 900]) {
    const folder = await published(sizes)
    const before = folder.content.size
    const removed = await partialCollector({ files: folder, most: 1_000 }).collect(since)
    assert.equal(removed, before - folder.content.size)
    assert.equal(removed > 0, since >= 256)
    for (const size of sizes.filter((one) => one >= since)) {
      assert.deepEqual((await verifiedAt(folder, size)).problems, [], `${since}: ${size}`)
    }
  }
})

test('nothing is kept of what was full, and only partial files are removed', async () => {
  const folder = await published(sizes)
  const before = [...folder.content.keys()]
  await partialCollector({ files: folder, most: 1_000 }).collect(most)
  const gone = before.filter((path) => !folder.content.has(path))
  const isPartialOfFull = (path: string): boolean => /^tile\/(?:0|entries)\/00[0-2]\.p\//.test(path)
  assert.deepEqual(gone, before.filter(isPartialOfFull))
  assert.ok(gone.length >= 16)
})

test('stopped at any removal, the folder is whole and the next collector ends the work', async () => {
  const whole = await published(sizes)
  const all = await partialCollector({
    files: new MemoryFolder(whole.content),
    most: 1_000,
  }).collect(770)
  for (let crashAt = 0; crashAt < all; crashAt += 1) {
    const folder = new MemoryFolder(whole.content)
    folder.crashAt = crashAt
    const first = partialCollector({ files: folder, most: 1_000 })
    await assert.rejects(first.collect(770), Crash)
    for (const size of [770, 900])
      assert.deepEqual((await verifiedAt(folder, size)).problems, [], `crash ${crashAt}`)
    folder.crashAt = Infinity
    const again = partialCollector({ files: folder, most: 1_000 })
    assert.equal(await again.collect(770), all - crashAt)
  }
})

test('the check notices a collector that takes what a checkpoint needs', async () => {
  const folder = await published(sizes)
  for (const path of await folder.list('tile/entries/003.p')) await folder.remove(path)
  assert.equal((await verifiedAt(folder, 900)).ok, false)
})

test('without the full file beside them partial files stay', async () => {
  const folder = await published(sizes)
  folder.content.delete('tile/0/000')
  const before = await folder.list('tile/0/000.p')
  await partialCollector({ files: folder, most: 1_000 }).collect(900)
  assert.deepEqual(await folder.list('tile/0/000.p'), before)
})

test('a call looks at so many files and no more; later calls go on where it ended', async () => {
  const folder = await published(sizes)
  const collector = partialCollector({ files: folder, most: 1 })
  const removed: number[] = []
  for (let call = 0; call < 8; call += 1) removed.push(await collector.collect(900))
  const reference = await published(sizes)
  const all = await partialCollector({ files: reference, most: 1_000 }).collect(900)
  assert.equal(
    removed.reduce((sum, count) => sum + count, 0),
    all,
  )
  assert.ok(removed.filter((count) => count > 0).length > 3)
})

test('publishing goes on over what was collected', async () => {
  const folder = await published([100, 300])
  await partialCollector({ files: folder, most: 1_000 }).collect(300)
  const publisher = logPublisher({ files: folder, log: log.publishable })
  await publisher.publish(log.headAt(900).checkpoint)
  assert.deepEqual((await verifiedAt(folder, 900)).problems, [])
})

test('entries before a time are counted exactly', async () => {
  const reader = log.readerAt(600)
  for (const count of [0, 1, 255, 256, 599, 600]) {
    assert.equal(await sizeBefore(reader, 600, 1_000 * count + 1), count)
  }
  assert.equal(await sizeBefore(reader, 600, 0), 0)
  assert.equal(await sizeBefore(reader, 0, 5_000), 0)
  assert.equal(await sizeBefore(reader, 600, 1e15), 600)
})
