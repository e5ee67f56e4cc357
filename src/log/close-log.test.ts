import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  directCall,
  memoryDisk,
  type MemoryDisk,
  memoryHeadStore,
  memoryReader,
  memoryStateStore,
  type PortCall,
} from '../testing/memory-store/index.ts'
import { memoryRecordKeys } from '../testing/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../platform/index.ts'
import { closeLog, type ClosedLog } from './close-log.ts'
import { type LogStart, logWriter, type LogWriterDeps, type RootAudit } from './log-writer.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from './note/index.ts'
import { createLog, startLog } from './start-log.ts'
import type { LogTransaction } from './state-store.ts'
import { openCheckpoint, parseVerifierKey, treeHasher } from './verify/index.ts'

const origin = 'tax.localhost/log/2026h2'
let nowMs = 5_000
const next = 'tax.localhost/log/2027h1'
const ed25519 = bestEd25519()
const seed = new Uint8Array(32).fill(4)
const recordKeys = memoryRecordKeys(new Uint8Array(32).fill(5))
const type = SIGNATURE_TYPES.ed25519
const signers = [{ name: origin, type, seed }]
const keys = [origin, next].map((name) =>
  parseVerifierKey(formatVerifierKey(name, type, ed25519.publicKey(seed))),
)

function rootOf(checkpoint: string): Uint8Array {
  return openCheckpoint(checkpoint, { log: keys, witnesses: [], ed25519 }).checkpoint.root
}

function newAudit(): RootAudit {
  const hasher = treeHasher()
  return {
    extend(leaves) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
}

interface Opened {
  readonly deps: LogWriterDeps<LogTransaction>
  readonly start: LogStart
}

async function open(disk: MemoryDisk, call: PortCall = directCall): Promise<Opened> {
  const audit = newAudit()
  const reader = memoryReader(() => disk.tables, directCall)
  const headStore = memoryHeadStore(disk, directCall)
  const start = await startLog({ reader, headStore, audit, rootOf })
  const deps = {
    store: memoryStateStore(disk, call),
    headStore: memoryHeadStore(disk, call),
    clock: { now: () => (nowMs += 1_000) },
    randomness: systemRandomness,
    aead: aesGcm(systemRandomness),
    ed25519,
    origin: start.head.checkpoint.split('\n', 1)[0] ?? '',
    signers,
    recordKeys,
    audit,
  }
  return { deps, start }
}

/** A log of seven entries, two of them in its last batch. */
async function filledDisk(): Promise<MemoryDisk> {
  const disk = memoryDisk()
  const store = memoryStateStore(disk, directCall)
  const headStore = memoryHeadStore(disk, directCall)
  await createLog({ store, headStore, ed25519, origin, signers, nowMs: 1_000 })
  await append(disk, 5)
  await append(disk, 2)
  return disk
}

async function append(disk: MemoryDisk, count: number): Promise<void> {
  const { deps, start } = await open(disk)
  const named = { ...deps, signers: [{ name: deps.origin, type, seed }] }
  const writer = logWriter(
    named,
    async (_tx, _intent: 'entry', batch) => {
      batch.add({
        v: 1,
        class: 'governance',
        kind: 'admin.test',
        timeMs: batch.timeMs,
        organisation: 'tax',
        name: null,
        digest: null,
        body: null,
      })
      return { complete: () => Promise.resolve('done') }
    },
    start,
  )
  await writer.commit(Array.from({ length: count }, () => 'entry' as const))
}

function close({ deps, start }: Opened): Promise<ClosedLog> {
  const successor = {
    origin: next,
    signers: [{ name: next, type, seed }],
    verifierKeys: ['the key of the next log'],
  }
  return closeLog(deps, start, { organisation: 'tax', successor })
}

test('a closed log ends with the entry that names its successor, which is empty and signed', async () => {
  const disk = await filledDisk()
  const { closing, opened } = await close(await open(disk))
  assert.equal(closing.size, 8)
  assert.deepEqual([disk.tables.closed.length, disk.tables.origin], [1, next])
  assert.deepEqual(disk.tables.closed[0]?.head, closing)
  assert.deepEqual(disk.tables.head, opened)
  assert.deepEqual(disk.head, opened)
  await append(disk, 3)
  assert.equal(disk.tables.head?.size, 3)
  assert.equal(disk.tables.closed[0]?.entries.length, 8)
})

test('a crash at any step leaves the old log or both steps done, and the next start goes on', async () => {
  const points: string[] = []
  await close(await open(await filledDisk(), recording(points)))
  assert.ok(points.length >= 9, points.join(' '))
  let undone = 0
  for (const [place, point] of points.entries()) {
    for (const after of [false, true]) {
      const disk = await filledDisk()
      await assert.rejects(close(await open(disk, failingAt(place, after))), /crash/, point)
      const isDone = disk.tables.origin === next
      if (!isDone) {
        undone += 1
        assert.equal(disk.tables.head?.size, 7, point)
        await close(await open(disk))
      }
      const { start } = await open(disk)
      assert.deepEqual([disk.tables.origin, start.head.size], [next, 0], point)
      assert.deepEqual(disk.head, start.head, point)
      await append(disk, 1)
    }
  }
  assert.ok(undone > 0 && undone < 2 * points.length)
})

test('a head store from before the last batch of the closed log is refused', async () => {
  const disk = await filledDisk()
  const before = disk.head
  await append(disk, 1)
  await close(await open(disk))
  const newest = disk.head
  disk.head = before
  await assert.rejects(open(disk), { code: 'LOG_REGRESSED' })
  disk.head = newest
  await append(disk, 1)
  disk.head = newest
  await open(disk)
})

test('a state store from before the border is refused', async () => {
  const disk = await filledDisk()
  const { tables } = disk
  await close(await open(disk))
  disk.tables = tables
  await assert.rejects(open(disk), { code: 'LOG_REGRESSED' })
})

function recording(points: string[]): PortCall {
  return async (point, effect) => {
    points.push(point)
    return effect()
  }
}

/** Fails the call of that number, before it does anything or after it has. */
function failingAt(place: number, after: boolean): PortCall {
  let count = 0
  return async (_point, effect) => {
    const isNow = count === place
    count += 1
    if (isNow && !after) throw new Error('crash')
    const result = effect()
    if (isNow) throw new Error('crash')
    return result
  }
}
