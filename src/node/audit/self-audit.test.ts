import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { concatBytes, utf8 } from '../../bytes/index.ts'
import {
  appendLeaves,
  emptyTree,
  formatCheckpoint,
  formatVerifierKey,
  leafHash,
  logPublisher,
  type EntryPlace,
  type GovernanceRecord,
  type LogReader,
  type RecordKeys,
  makeEntry,
  rootHash,
  SIGNATURE_TYPES,
  signNote,
} from '../../log/index.ts'
import { parseVerifierKey } from '../../log/verify/index.ts'
import { aesGcm, bestEd25519, folderFiles, systemRandomness } from '../../platform/index.ts'
import { memoryRecordKeys, sampleExchange } from '../../testing/index.ts'
import type { AuditFinding } from './audit-finding.ts'
import { selfAudit, type SelfAuditDeps } from './self-audit.ts'

const size = 300
const publishedSize = 290
const ed25519 = bestEd25519()
const origin = 'sample.localhost/log/2026h2'
const seed = new Uint8Array(32).fill(9)
const key = parseVerifierKey(
  formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(seed)),
)
const aead = aesGcm(systemRandomness)
const recordKeys = memoryRecordKeys(new Uint8Array(32).fill(3))
const timers = { sleep: async () => undefined }

const governance = {
  v: 1,
  class: 'governance',
  kind: 'admin.start',
  timeMs: 0,
  organisation: 'tax',
  name: null,
  digest: null,
  body: null,
} as const

const isExchange = (index: number): boolean => index % 4 === 1

const erased = {
  ...governance,
  kind: 'record.erased',
  name: origin,
  body: {
    reason: 'retention-ended',
    entries: 5,
    ranges: [
      [5, 13],
      [21, 21],
      [publishedSize + 3, publishedSize + 3],
    ],
    accountingYears: 5,
    retentionDays: 0,
  },
} as const satisfies GovernanceRecord

const made = Array.from({ length: size }, (_, index) => {
  const said = index === 4 ? erased : governance
  return makeEntry(isExchange(index) ? sampleExchange : said, systemRandomness.bytes(32))
})
const whole = appendLeaves(
  emptyTree(),
  made.map(({ leaf }) => leafHash(leaf)),
)

function checkpointAt(count: number): string {
  const tree = appendLeaves(
    emptyTree(),
    made.slice(0, count).map(({ leaf }) => leafHash(leaf)),
  ).tree
  const signer = { name: origin, type: SIGNATURE_TYPES.ed25519, seed }
  return signNote(
    formatCheckpoint({ origin, size: count, root: rootHash(tree) }),
    [signer],
    ed25519,
  )
}

function seal(payload: Uint8Array, leaf: Uint8Array): Uint8Array {
  return aead.seal(recordKeys.forSealing(0, false), payload, leaf)
}

/** Rows that a test may damage. */
function storeRows(): {
  leaf: Uint8Array
  sealed: Uint8Array
}[] {
  return made.map(({ leaf, r, recordBytes }, index) => {
    const payload = concatBytes(r, new Uint8Array(32), recordBytes)
    const sealed = isExchange(index) ? seal(payload, leaf) : payload
    return { leaf: leaf.slice(), sealed }
  })
}

type AuditedStore = SelfAuditDeps['openStore'] extends () => infer Store ? Store : never

function readerOf(
  rows: ReturnType<typeof storeRows>,
  erasureOf: AuditedStore['erasureOf'] = async () => undefined,
): AuditedStore {
  const head = { checkpoint: checkpointAt(size), size, timeMs: 0 }
  const log: LogReader = {
    head: async () => head,
    readEntries: async (first, count) =>
      rows
        .slice(first, first + count)
        .map((row, place) => ({ ...row, index: first + place, timeMs: 0 })),
    readLeaves: async (first, count) => rows.slice(first, first + count).map(({ leaf }) => leaf),
    readTile: async (level, index) =>
      whole.fullTiles.find((tile) => tile.level === level && tile.index === index)?.bytes,
  }
  return {
    ...log,
    logs: async () => [origin],
    logOf: () => log,
    erasureOf,
    [Symbol.dispose]: () => undefined,
  }
}

const folder = mkdtempSync(join(tmpdir(), 'cloison-audit-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let folders = 0

async function publishedFolder(): Promise<string> {
  folders += 1
  const dir = join(folder, String(folders))
  const reader = readerOf(storeRows())
  const publisher = logPublisher({
    files: folderFiles(dir),
    log: {
      readLeaves: (first, count) => reader.readLeaves(first, count),
      readTile: (level, index) => reader.readTile(level, index),
      readOpenings: async (first, count) =>
        made
          .slice(first, first + count)
          .map(({ r, recordBytes }, place) => ({ index: first + place, r, recordBytes }))
          .filter(({ index }) => !isExchange(index)),
    },
  })
  for (const count of [10, publishedSize]) await publisher.publish(checkpointAt(count))
  return dir
}

async function audited(
  dir: string,
  rows: ReturnType<typeof storeRows>,
  reader = readerOf(rows),
  keys: RecordKeys = recordKeys,
): Promise<AuditFinding | undefined> {
  const openStore = (): typeof reader => reader
  const files = folderFiles(dir)
  const deps = {
    files,
    origin,
    keys: [key],
    ed25519,
    aead,
    recordKeys: keys,
    openStore,
    timers,
    passMs: 100,
  }
  return selfAudit(deps).pass()
}

function flip(bytes: Uint8Array, at: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ 1
}

test('a good log is good, also before it is published', async () => {
  const rows = storeRows()
  assert.equal(await audited(await publishedFolder(), rows), undefined)
  assert.equal(await audited(join(folder, 'none'), rows), undefined)
})

/** Where this log says that it erased: its own entry about the ranges. */
const sayingPlace = 4
const saidByLog = async (): Promise<EntryPlace> => ({ origin, index: sayingPlace })

test('a record that is gone is good when an entry of the log says so, and found when none does', async () => {
  const dir = await publishedFolder()
  const gone = (...indices: readonly number[]): ReturnType<typeof storeRows> => {
    const rows = storeRows()
    for (const index of indices) (rows[index] ?? assert.fail()).sealed = new Uint8Array()
    return rows
  }
  const findingOf = async (
    rows: ReturnType<typeof storeRows>,
    erasureOf: AuditedStore['erasureOf'] = saidByLog,
  ): Promise<unknown> => {
    const found = await audited(dir, rows, readerOf(rows, erasureOf))
    return found && [found.code, found.entry]
  }
  assert.equal(await findingOf(gone(5, 9, 13)), undefined)
  assert.equal(await findingOf(gone(21)), undefined)
  assert.deepEqual(await findingOf(gone(5), async () => undefined), ['RECORD_MISSING', 5])
  assert.deepEqual(await findingOf(gone(5, 17)), ['RECORD_MISSING', 17], 'beside the ranges')
  const other = async (): Promise<EntryPlace> => ({ origin, index: 8 })
  assert.deepEqual(await findingOf(gone(5), other), ['RECORD_MISSING', 5], 'of another kind')
  const exchange = async (): Promise<EntryPlace> => ({ origin, index: 9 })
  assert.deepEqual(await findingOf(gone(5), exchange), ['RECORD_MISSING', 5], 'no public entry')
  assert.deepEqual(await findingOf(gone(8)), ['RECORD_MISSING', 8], 'governance is never erased')
  const changed = gone(17)
  const said = changed[sayingPlace] ?? assert.fail()
  said.sealed = Uint8Array.from(
    Buffer.from(Buffer.from(said.sealed).toString('latin1').replace('[5,13]', '[5,17]'), 'latin1'),
  )
  assert.deepEqual(await findingOf(changed), ['ENTRY_SEALED', sayingPlace], 'a false entry')
})

test('a key that is gone while its records are there is found', async () => {
  const dir = await publishedFolder()
  const rows = storeRows()
  const lost = memoryRecordKeys(new Uint8Array(32).fill(3))
  const found = await audited(dir, rows, readerOf(rows), lost)
  assert.deepEqual([found?.code, found?.entry], ['RECORD_KEY_MISSING', 1])
})

test('a flipped bit in any published file is found, and the file is named', async () => {
  const dir = await publishedFolder()
  const rows = storeRows()
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('governance/') || /[78]$/.test(path))
  assert.ok(paths.length > 30)
  for (const path of paths) {
    const bytes = readFileSync(join(dir, path))
    flip(bytes, bytes.length >> 1)
    writeFileSync(join(dir, path), bytes)
    const found = await audited(dir, rows)
    assert.equal(found?.file, path)
    flip(bytes, bytes.length >> 1)
    writeFileSync(join(dir, path), bytes)
  }
  assert.equal(await audited(dir, rows), undefined, 'what was put right is good again')
})

test('a flipped bit in a stored leaf or a sealed record is found, and the entry is named', async () => {
  const dir = await publishedFolder()
  for (const entry of [0, 1, 255, 256, publishedSize - 1]) {
    const leaf = storeRows()
    flip(leaf[entry]?.leaf ?? new Uint8Array(), 33)
    const found = await audited(dir, leaf)
    assert.deepEqual([found?.code, found?.entry], ['ENTRY_WRONG', entry])
    const sealed = storeRows()
    flip(sealed[entry]?.sealed ?? new Uint8Array(), 40)
    const other = await audited(dir, sealed)
    assert.deepEqual([other?.code, other?.entry], ['ENTRY_SEALED', entry])
  }
})

test('what is not published yet is held against the head, a lost entry against its place', async () => {
  const dir = await publishedFolder()
  const tail = storeRows()
  const row = tail[publishedSize + 3]
  assert.ok(row !== undefined)
  flip(row.leaf, 20)
  row.sealed = new Uint8Array()
  assert.equal((await audited(dir, tail, readerOf(tail, saidByLog)))?.code, 'ROOT_MISMATCH')
  const short = await audited(
    dir,
    storeRows().slice(0, size - 1),
    readerOf(storeRows().slice(0, size - 1)),
  )
  assert.deepEqual([short?.code, short?.entry], ['ENTRY_MISSING', size - 1])
})

test('a record of another entry under this leaf, sealed rightly, is found', async () => {
  const dir = await publishedFolder()
  const rows = storeRows()
  const [one, other] = [made[5], made[9]]
  assert.ok(one !== undefined && other !== undefined && rows[5] !== undefined)
  const payload = concatBytes(other.r, new Uint8Array(32), other.recordBytes)
  rows[5].sealed = seal(payload, one.leaf)
  assert.equal((await audited(dir, rows))?.code, 'ENTRY_SEALED')
})

test('a wrong tile and an unreadable store are findings', async () => {
  const dir = await publishedFolder()
  const rows = storeRows()
  const reader = readerOf(rows)
  const wrong: typeof reader = {
    ...reader,
    readTile: async (level, index) => {
      const bytes = (await reader.readTile(level, index))?.slice()
      if (bytes !== undefined) flip(bytes, 8_000)
      return bytes
    },
  }
  assert.equal((await audited(dir, rows, wrong))?.code, 'TILE_WRONG')
  const broken: typeof reader = {
    ...reader,
    readEntries: () => Promise.reject(new Error('database disk image is malformed')),
  }
  assert.match((await audited(dir, rows, broken))?.sentence ?? '', /cannot be read/)
})

test('a publication that takes its time is waited for; an older checkpoint that stays is found', async () => {
  const dir = await publishedFolder()
  const files = folderFiles(dir)
  const auditWhile = async (isPublishing: boolean): Promise<AuditFinding | undefined> => {
    await files.replace('checkpoint', utf8(checkpointAt(10)))
    let sleptMs = 0
    const slow = {
      sleep: async (ms: number) => {
        sleptMs += ms
        if (isPublishing && sleptMs >= 3_000)
          await files.replace('checkpoint', utf8(checkpointAt(publishedSize)))
      },
    }
    const openStore = (): AuditedStore => readerOf(storeRows())
    const base = { files, origin, keys: [key], ed25519, aead, recordKeys, passMs: 100 }
    return selfAudit({ ...base, openStore, timers: slow }).pass()
  }
  assert.equal(await auditWhile(true), undefined)
  const found = await auditWhile(false)
  assert.deepEqual([found?.code, found?.file], ['CHECKPOINT_REVERTED', 'checkpoint'])
})

test('a pass takes the time it is given, and ends at once when it is stopped', async () => {
  const dir = await publishedFolder()
  let slept = 0
  const counting = {
    sleep: async (ms: number) => {
      slept += ms
    },
  }
  const base = {
    files: folderFiles(dir),
    origin,
    keys: [key],
    ed25519,
    aead,
    recordKeys,
    passMs: 60_000,
  }
  const openStore = (): AuditedStore => readerOf(storeRows())
  assert.equal(await selfAudit({ ...base, openStore, timers: counting }).pass(), undefined)
  assert.ok(slept > 20_000 && slept <= 61_000, `${slept} ms`)
  const stopping = selfAudit({
    ...base,
    openStore,
    timers: {
      sleep: async () => {
        stopping.stop()
      },
    },
  })
  assert.equal(await stopping.pass(), undefined)
})
