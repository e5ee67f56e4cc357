import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import { concatBytes, decodeBase64 } from '../bytes/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../platform/index.ts'
import { memoryRecordKeys, sampleExchange } from '../testing/index.ts'
import {
  createHeadStore,
  createStateStore,
  openHeadStore,
  openStateStore,
  type SqliteStateStore,
} from '../storage/sqlite/index.ts'
import { type BatchContext, type LogWriter, logWriter, type PreparedEntry } from './log-writer.ts'
import { makeEntry } from './make-entry.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from './note/index.ts'
import { readEntry, readPublicEntry, receiptUnder } from './read-entry.ts'
import { createLog, startLog } from './start-log.ts'
import type { EntryRow, HeadStore, LogTransaction, StateStore, StoredHead } from './state-store.ts'
import {
  openCheckpoint,
  openEntry,
  parseTlogProof,
  parseVerifierKey,
  type Policy,
  treeHasher,
  verifyConsistency,
  verifyReceipt,
} from './verify/index.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-writer-'))
after(() => rmSync(dir, { recursive: true, force: true }))

const origin = 'tax.localhost/log/2026h2'
const ed25519 = bestEd25519()
const seed = new Uint8Array(32).fill(4)
const recordKeys = memoryRecordKeys(new Uint8Array(32).fill(5))
const signer = { name: origin, type: SIGNATURE_TYPES.ed25519, seed }
const logKey = parseVerifierKey(
  formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(seed)),
)
const policy: Policy = { logs: [{ key: logKey }], witnesses: [], quorum: { kind: 'none' } }
const aead = aesGcm(systemRandomness)

/** How many entries an intent adds, or a failure in its place. */
type Intent = number | 'fail'

interface Written {
  readonly entries: readonly PreparedEntry[]
  readonly receipts: readonly string[]
  readonly checkpoint: string
  /** Consistency proofs from the sizes that the test asked for. */
  readonly consistency: readonly (readonly string[])[]
}

/** A log over SQLite stores whose clock and faults a test controls. */
interface TestLog extends Disposable {
  readonly writer: LogWriter<Intent, Written>
  readonly state: SqliteStateStore
  readonly heads: HeadStore
  nowMs: number
  from: readonly number[]
  /** What happened, in order. */
  readonly steps: string[]
  failHeadWrite: boolean
  /** Changes what is read back of the store. */
  misread: (leaves: readonly Uint8Array[]) => readonly Uint8Array[]
}

function add(batch: BatchContext, kind: string): PreparedEntry {
  return batch.add({
    v: 1,
    class: 'governance',
    kind,
    timeMs: batch.timeMs,
    organisation: 'tax',
    name: null,
    digest: null,
    body: null,
  })
}

let logs = 0

async function newLog(): Promise<TestLog> {
  logs += 1
  const [statePath, headPath] = [join(dir, `state-${logs}.db`), join(dir, `head-${logs}.db`)]
  createStateStore(statePath)
  createHeadStore(headPath)
  const state = openStateStore(statePath)
  const heads = openHeadStore(headPath)
  await createLog({
    store: state,
    headStore: heads,
    ed25519,
    origin,
    signers: [signer],
    nowMs: 1_000,
  })
  return openLog(state, heads)
}

async function openLog(state: SqliteStateStore, heads: HeadStore & Disposable): Promise<TestLog> {
  const hasher = treeHasher()
  const audit = {
    extend(leaves: readonly Uint8Array[]) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
  const rootOf = (note: string): Uint8Array =>
    openCheckpoint(note, { log: logKey, witnesses: [], ed25519 }).checkpoint.root
  const start = await state.transaction((reader) =>
    startLog({ reader, headStore: heads, audit, rootOf }),
  )
  const store: StateStore<LogTransaction> = {
    async transaction(work) {
      const result = await state.transaction((tx) =>
        work({
          ...tx,
          readLeaves: async (first, count) => log.misread(await tx.readLeaves(first, count)),
        }),
      )
      log.steps.push('state committed')
      return result
    },
  }
  const headStore: HeadStore = {
    read: () => heads.read(),
    async write(head) {
      if (log.failHeadWrite) throw new Error('EIO')
      await heads.write(head)
      log.steps.push('head written')
    },
  }
  const clock = { now: () => log.nowMs }
  const deps = { store, headStore, clock, randomness: systemRandomness, aead, ed25519, origin }
  const log: TestLog = {
    state,
    heads,
    nowMs: 1_000,
    from: [],
    steps: [],
    failHeadWrite: false,
    misread: (leaves) => leaves,
    writer: logWriter<LogTransaction, Intent, Written>(
      { ...deps, signers: [signer], recordKeys, audit },
      async (_tx, intent, batch) => {
        if (intent === 'fail') throw new TypeError('this intent cannot be prepared')
        const entries = Array.from({ length: intent }, () => add(batch, 'admin.test'))
        return {
          async complete(proofs) {
            const receipts: string[] = []
            for (const { index } of entries) receipts.push(await proofs.inclusion(index))
            const consistency: (readonly string[])[] = []
            for (const size of log.from) consistency.push(await proofs.consistencyFrom(size))
            return { entries, receipts, checkpoint: proofs.checkpoint, consistency }
          },
        }
      },
      start,
    ),
    [Symbol.dispose]() {
      state[Symbol.dispose]()
      heads[Symbol.dispose]()
    },
  }
  return log
}

function headOf(log: TestLog): Promise<StoredHead | undefined> {
  return log.state.transaction((tx) => tx.head())
}

test('a commit resolves after the state store and then the head store have it', async () => {
  using log = await newLog()
  const [written] = await log.writer.commit([1])
  assert.deepEqual(log.steps, ['state committed', 'head written'])
  const head = await headOf(log)
  assert.equal(head?.checkpoint, written?.checkpoint)
  assert.deepEqual(await log.heads.read(), head)
  assert.equal(head?.size, 1)
})

test('a batch without entries leaves the head as it is', async () => {
  using log = await newLog()
  const before = await headOf(log)
  const [written] = await log.writer.commit([0, 0])
  assert.equal(written?.checkpoint, before?.checkpoint)
  assert.deepEqual(await headOf(log), before)
  assert.deepEqual(log.steps, ['state committed'])
})

test('every receipt holds, and every earlier tree is a beginning of the later ones', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (batches) => {
        using log = await newLog()
        const roots = new Map<number, Uint8Array>()
        for (const batch of batches) {
          log.from = [...roots.keys()]
          for (const written of await log.writer.commit(batch)) {
            const { checkpoint: text } = written
            const { checkpoint } = openCheckpoint(text, { log: logKey, witnesses: [], ed25519 })
            for (const [place, proof] of written.receipts.entries()) {
              const { leaf, index } = written.entries[place] ?? assert.fail()
              const verdict = verifyReceipt({ proof, leaf, policy, origin, ed25519 })
              assert.ok(verdict.ok && verdict.index === index)
            }
            for (const [place, hashes] of written.consistency.entries()) {
              const from = log.from[place] ?? 0
              const fromRoot = roots.get(from) ?? assert.fail()
              const proof = hashes.map((hash) => decodeBase64(hash))
              const { size: to, root: toRoot } = checkpoint
              assert.ok(verifyConsistency({ from, fromRoot, to, toRoot, proof }))
            }
            roots.set(checkpoint.size, checkpoint.root)
          }
        }
      },
    ),
    { numRuns: 8 },
  )
})

test('a size that this log never had gets no proof, and no failure', async () => {
  using log = await newLog()
  log.from = [2, 99, Number.MAX_SAFE_INTEGER]
  const [written] = await log.writer.commit([2])
  assert.deepEqual(written?.consistency, [[], [], []])
})

test('an intent that cannot be prepared takes its whole batch along, and nothing is written', async () => {
  using log = await newLog()
  const before = await headOf(log)
  await assert.rejects(log.writer.commit([2, 'fail', 1]), TypeError)
  assert.deepEqual(await headOf(log), before)
  assert.deepEqual(await log.state.transaction((tx) => tx.readEntries(0, 9)), [])
  assert.deepEqual(log.steps, [])
})

test('one flipped bit between store and signature stops the writer before it signs', async () => {
  using log = await newLog()
  await log.writer.commit([3])
  const before = await headOf(log)
  log.misread = ([first = new Uint8Array(34), ...rest]) => {
    const changed = first.slice()
    changed[10] = (changed[10] ?? 0) ^ 0x04
    return [changed, ...rest]
  }
  await assert.rejects(log.writer.commit([2]), { code: 'READ_BACK_DIFFERS' })
  assert.deepEqual(await headOf(log), before)
  log.misread = (leaves) => leaves
  await assert.rejects(
    log.writer.commit([2]),
    { code: 'READ_BACK_DIFFERS' },
    'and it stays stopped',
  )
})

test('an entry that cannot be read back stops the writer', async () => {
  using log = await newLog()
  log.misread = (leaves) => leaves.slice(1)
  await assert.rejects(log.writer.commit([2]), { code: 'READ_BACK_DIFFERS' })
  assert.equal((await headOf(log))?.size, 0)
})

test('a head that another writer has moved is a conflict, and nothing is written', async () => {
  using log = await newLog()
  await log.writer.commit([1])
  const head = await headOf(log)
  assert.ok(head !== undefined)
  const other = { ...head, checkpoint: `${head.checkpoint}\n`, size: 1 }
  await log.state.transaction((tx) => tx.swapHead(head.checkpoint, other))
  await assert.rejects(log.writer.commit([1]), { code: 'HEAD_CONFLICT' })
  assert.deepEqual(await headOf(log), other)
})

test('when the head store fails, the commit rejects and the writer goes no further', async () => {
  using log = await newLog()
  log.failHeadWrite = true
  await assert.rejects(log.writer.commit([1]), /EIO/)
  log.failHeadWrite = false
  await assert.rejects(log.writer.commit([1]))
  assert.equal((await headOf(log))?.size, 1, 'the state store leads by the one commit')
  assert.equal((await log.heads.read())?.size, 0)
})

test('log time follows the clock, stands still for two seconds, and then refuses', async () => {
  using log = await newLog()
  const timeAt = async (nowMs: number): Promise<number | undefined> => {
    log.nowMs = nowMs
    await log.writer.commit([1])
    return (await headOf(log))?.timeMs
  }
  assert.equal(await timeAt(5_000), 5_000)
  assert.equal(await timeAt(4_999), 5_000)
  assert.equal(await timeAt(3_000), 5_000)
  await assert.rejects(timeAt(2_999), { code: 'CLOCK_BACKWARDS' })
  assert.equal(await timeAt(5_001), 5_001)
})

test('all entries of one batch bear the time of their commit', async () => {
  using log = await newLog()
  await log.writer.commit([2, 1])
  log.nowMs = 2_000
  await log.writer.commit([1])
  const rows = await log.state.transaction((tx) => tx.readEntries(0, 9))
  assert.deepEqual(
    rows.map(({ timeMs }) => timeMs),
    [1_000, 1_000, 1_000, 2_000],
  )
})

test('a key can be claimed once in a batch, and again in the next', async () => {
  using log = await newLog()
  const claims: boolean[] = []
  const head = await headOf(log)
  assert.ok(head !== undefined)
  const hasher = treeHasher()
  const writer = logWriter<LogTransaction, string, string>(
    {
      store: log.state,
      headStore: log.heads,
      clock: { now: () => 1_000 },
      randomness: systemRandomness,
      aead,
      ed25519,
      origin,
      signers: [signer],
      recordKeys,
      audit: {
        extend(leaves) {
          for (const leaf of leaves) hasher.add(leaf)
          return hasher.root()
        },
      },
    },
    async (_tx, key, batch) => {
      claims.push(batch.claim(key))
      return { complete: () => Promise.resolve(key) }
    },
    { head, tree: { size: 0, edge: [] } },
  )
  await writer.commit(['a', 'b', 'a'])
  await writer.commit(['a'])
  assert.deepEqual(claims, [true, true, false, true])
})

test('an entry opens with the record key, and its opening opens the public leaf', async () => {
  using log = await newLog()
  const [written] = await log.writer.commit([3])
  const reader = log.state
  const entry = await reader.transaction((tx) => readEntry(tx, 1, { aead, recordKeys }))
  assert.ok(entry !== undefined)
  assert.deepEqual(entry.leaf, written?.entries[1]?.leaf)
  assert.deepEqual(entry.s, new Uint8Array(32))
  const record = JSON.parse(entry.record)
  assert.ok(openEntry(entry.leaf, { r: entry.r, record }).ok)
})

test('an erased entry, another key and another entry’s payload open nothing', async () => {
  using log = await newLog()
  await log.writer.commit([2])
  const sealed = makeEntry(sampleExchange, systemRandomness.bytes(32))
  const payload = concatBytes(sealed.r, new Uint8Array(32), sealed.recordBytes)
  const own = aead.seal(recordKeys.forSealing(1_000, false), payload, sealed.leaf)
  await log.state.transaction(async (tx) => {
    const [first, second] = await tx.readEntries(0, 2)
    assert.ok(first !== undefined && second !== undefined)
    const exchange = { index: 0, leaf: sealed.leaf, sealed: own, timeMs: 1_000 }
    const readerOf = (row: EntryRow): LogTransaction => ({
      ...tx,
      readEntries: () => Promise.resolve([row]),
    })
    const open = (row: EntryRow, keys = recordKeys): ReturnType<typeof readEntry> =>
      readEntry(readerOf(row), 0, { aead, recordKeys: keys })
    for (const row of [first, exchange]) {
      assert.ok((await open(row)) !== undefined)
      assert.equal(await open({ ...row, sealed: new Uint8Array() }), undefined)
      assert.equal(await open({ ...row, sealed: second.sealed }), undefined)
    }
    const others = memoryRecordKeys(new Uint8Array(32))
    others.forSealing(1_000, false)
    assert.equal(await open(exchange, others), undefined)
    assert.equal(await open({ ...exchange, timeMs: 40 * 86_400_000 }), undefined)
    await assert.rejects(readEntry(tx, 2, { aead, recordKeys }), { code: 'NODE_MISSING' })
  })
})

test('governance needs no key and is not sealed; an exchange is under the key of its month alone', async () => {
  using log = await newLog()
  await log.writer.commit([1])
  await log.state.transaction(async (tx) => {
    const [row] = await tx.readEntries(0, 1)
    assert.ok(row !== undefined && Buffer.from(row.sealed).includes('admin.test'))
    const payload = await readPublicEntry(tx, 0)
    assert.deepEqual(payload?.recordBytes, row.sealed.subarray(64))
  })
})

test('a receipt can be made later, under any checkpoint that covers the entry', async () => {
  using log = await newLog()
  const checkpoints: Pick<StoredHead, 'checkpoint' | 'size'>[] = []
  for (const count of [3, 300, 5]) {
    await log.writer.commit([count])
    checkpoints.push((await headOf(log)) ?? assert.fail())
  }
  await log.state.transaction(async (tx) => {
    for (const checkpoint of checkpoints) {
      for (const index of [0, 2, 255, 256, 307]) {
        if (index >= checkpoint.size) {
          await assert.rejects(receiptUnder(tx, index, checkpoint), RangeError)
          continue
        }
        const [row] = await tx.readEntries(index, 1)
        const { leaf } = row ?? assert.fail()
        const proof = await receiptUnder(tx, index, checkpoint)
        assert.ok(verifyReceipt({ proof, leaf, policy, origin, ed25519 }).ok)
        assert.equal(parseTlogProof(proof).checkpoint, checkpoint.checkpoint)
      }
    }
  })
})
