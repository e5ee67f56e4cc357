import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import type { StoredHead } from '../../log/index.ts'
import type { AskRow } from '../../person/index.ts'
import { openDatabase, requireSettings } from './open-database.ts'
import {
  createHeadStore,
  createStateStore,
  openHeadStore,
  openStateReader,
  openStateStore,
} from './sqlite-state-store.ts'
import { holdWriterLock } from './writer-lock.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-store-'))
after(() => rmSync(dir, { recursive: true, force: true }))

let stores = 0

function newPath(): string {
  stores += 1
  return join(dir, `store-${stores}.db`)
}

const origin = 'tax.localhost/log/2026h2'

async function newStateStore(): Promise<{
  path: string
  store: ReturnType<typeof openStateStore>
}> {
  const path = newPath()
  createStateStore(path)
  const store = openStateStore(path)
  await store.transaction((tx) => tx.openLog(origin))
  return { path, store }
}

const head: StoredHead = { checkpoint: 'a note of size 1', size: 1, timeMs: 5 }
const place = { origin, index: 0 }
const askRow: AskRow = {
  exchangeId: 'AAECAwQFBgcICQoLDA0ODw',
  idempotencyKey: 'key-of-the-caller',
  requestDigest: 'digest',
  provider: 'tax',
  sealedQuestion: Uint8Array.of(1),
  state: 'asked',
  asked: { origin, index: 3 },
  received: undefined,
  sealedOutcome: undefined,
  provisional: undefined,
  witnessedAtMs: undefined,
  alarmedAtMs: undefined,
  createdAtMs: 100,
}

test('a store is made once, and never by opening it', () => {
  const path = newPath()
  for (const open of [openStateStore, openStateReader, openHeadStore]) {
    assert.throws(() => open(path), { code: 'STORE_MISSING' })
  }
  assert.ok(!existsSync(path))
  createStateStore(path)
  assert.throws(() => createStateStore(path), { code: 'STORE_MISSING' })
  assert.throws(() => createHeadStore(path), { code: 'STORE_MISSING' })
})

test('a store of another version is refused', async () => {
  const { path, store } = await newStateStore()
  store[Symbol.dispose]()
  const db = new DatabaseSync(path)
  db.exec('PRAGMA user_version = 99')
  db.close()
  assert.throws(() => openStateStore(path), { code: 'STORE_SCHEMA_UNKNOWN' })
  assert.throws(() => openStateReader(path), { code: 'STORE_SCHEMA_UNKNOWN' })
})

test('what a transaction wrote is there for every reader after it, and nothing before', async () => {
  const { path, store } = await newStateStore()
  using reader = openStateReader(path)
  await store.transaction(async (tx) => {
    await tx.swapHead(undefined, head)
    assert.deepEqual(await tx.head(), head)
    assert.equal(await reader.head(), undefined)
  })
  assert.deepEqual(await reader.head(), head)
  store[Symbol.dispose]()
})

test('a transaction that rejects has written nothing, and the next one works', async () => {
  const { store } = await newStateStore()
  const stopped = store.transaction(async (tx) => {
    await tx.swapHead(undefined, head)
    await tx.saveAsk(askRow)
    throw new Error('half way')
  })
  await assert.rejects(stopped, /half way/)
  await store.transaction(async (tx) => {
    assert.equal(await tx.head(), undefined)
    assert.equal(await tx.ask(askRow.exchangeId), undefined)
  })
  store[Symbol.dispose]()
})

test('two transactions at a time are refused', async () => {
  const { store } = await newStateStore()
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = store.transaction(() => promise)
  await assert.rejects(
    store.transaction(() => Promise.resolve()),
    TypeError,
  )
  resolve()
  await first
  await store.transaction(() => Promise.resolve())
  store[Symbol.dispose]()
})

test('the head moves only from the checkpoint that was named', async () => {
  const { store } = await newStateStore()
  const next = { ...head, checkpoint: 'a note of size 2', size: 2 }
  await store.transaction(async (tx) => {
    assert.equal(await tx.swapHead('another note', head), 'conflict')
    assert.equal(await tx.swapHead(undefined, head), 'swapped')
    assert.equal(await tx.swapHead(undefined, next), 'conflict')
    assert.equal(await tx.swapHead('another note', next), 'conflict')
    assert.deepEqual(await tx.head(), head)
    assert.equal(await tx.swapHead(head.checkpoint, next), 'swapped')
    assert.equal(await tx.swapHead(head.checkpoint, next), 'conflict')
    assert.deepEqual(await tx.head(), next)
  })
  store[Symbol.dispose]()
})

test('an entry and a tile are written once', async () => {
  const { store } = await newStateStore()
  const row = { index: 0, leaf: new Uint8Array(34), sealed: Uint8Array.of(1, 2), timeMs: 7 }
  const tile = { level: 0, index: 0, bytes: new Uint8Array(8_192) }
  await store.transaction(async (tx) => {
    await tx.insertEntries([row])
    await tx.saveTiles([tile])
    assert.deepEqual(await tx.readEntries(0, 9), [row])
    assert.deepEqual(await tx.readLeaves(0, 9), [row.leaf])
    assert.deepEqual(await tx.readLeaves(1, 9), [])
    assert.equal(await tx.readTile(1, 0), undefined)
    await assert.rejects(tx.insertEntries([row]))
    await assert.rejects(tx.saveTiles([tile]))
  })
  store[Symbol.dispose]()
})

test('answers, keys, outcomes and nonces go when their time is over, and not a millisecond before', async () => {
  const { store } = await newStateStore()
  const exchangeId = askRow.exchangeId
  const exchange = { consumer: 'housing', exchangeId, questionDigest: 'd', place, status: 200 }
  const kept = { consumer: 'housing', exchangeId, sealedBody: Uint8Array.of(1) }
  await store.transaction(async (tx) => {
    await tx.saveExchange({ ...exchange, createdAtMs: 100 })
    await tx.saveAnswer({ ...kept, key: Uint8Array.of(2), createdAtMs: 100 })
    await tx.saveAsk({ ...askRow, state: 'received', sealedOutcome: Uint8Array.of(3) })
    await tx.saveAsk({ ...askRow, exchangeId: 'still-asked', idempotencyKey: 'another-key' })
    assert.equal(await tx.useNonce('key', 'nonce', 1_000), 'fresh')
    await tx.purge(100, 1_000)
    assert.ok((await tx.exchange('housing', exchangeId))?.sealedBody !== undefined)
    assert.ok((await tx.answerKey('housing', exchangeId)) !== undefined)
    assert.ok((await tx.ask(exchangeId))?.sealedOutcome !== undefined)
    assert.equal(await tx.useNonce('key', 'nonce', 1_000), 'replayed')
    await tx.purge(101, 1_001)
    assert.equal((await tx.exchange('housing', exchangeId))?.sealedBody, undefined)
    assert.equal(await tx.answerKey('housing', exchangeId), undefined)
    assert.equal((await tx.ask(exchangeId))?.sealedOutcome, undefined)
    assert.equal((await tx.ask(exchangeId))?.sealedQuestion, undefined)
    assert.ok((await tx.ask('still-asked'))?.sealedQuestion !== undefined, 'asked is not over')
    assert.equal(await tx.useNonce('key', 'nonce', 1_000), 'fresh')
  })
  store[Symbol.dispose]()
})

test('a nonce is remembered by the next life of the store, and so is that its replay was told', async () => {
  const { path, store } = await newStateStore()
  await store.transaction(async (tx) => {
    assert.equal(await tx.useNonce('key', 'one', 2_000), 'fresh')
    assert.equal(await tx.useNonce('key', 'two', 1_000), 'fresh')
    assert.equal(await tx.useNonce('key', 'two', 1_000), 'replayed')
  })
  store[Symbol.dispose]()
  using next = openStateStore(path)
  await next.transaction(async (tx) => {
    assert.equal(await tx.useNonce('key', 'one', 2_000), 'replayed')
    assert.equal(await tx.useNonce('key', 'two', 1_000), 'noise')
    assert.equal(await tx.useNonce('key', 'three', 3_000), 'fresh')
    await tx.purge(0, 2_001)
    assert.equal(await tx.useNonce('key', 'one', 4_000), 'fresh')
    assert.equal(await tx.useNonce('key', 'three', 4_000), 'replayed')
  })
})

test('what was written about agreements is read again after a rollback', async () => {
  const { store } = await newStateStore()
  using _closed = store
  const event = { agreement: 'a', kind: 'agreement.offered', by: 'tax', atMs: 1, place } as const
  const inVain = store.transaction(async (tx) => {
    await tx.saveAgreementEvent(event)
    assert.equal((await tx.agreementEvents('a')).length, 1)
    throw new Error('changed its mind')
  })
  await assert.rejects(inVain, /changed/)
  await store.transaction(async (tx) => assert.deepEqual(await tx.agreementEvents('a'), []))
  await store.transaction((tx) => tx.saveAgreementEvent(event))
  await store.transaction(async (tx) => assert.equal((await tx.agreementEvents('a')).length, 1))
})

test('reads of one state see one state, and the next sees what was committed meanwhile', async () => {
  const { path, store } = await newStateStore()
  using _closed = store
  using reader = openStateReader(path)
  const event = { agreement: 'a', kind: 'agreement.offered', by: 'tax', atMs: 1, place } as const
  const events = async (): Promise<number> => (await reader.agreementEvents('a')).length
  await reader.inOneState(async () => {
    assert.equal(await events(), 0)
    await store.transaction((tx) => tx.saveAgreementEvent(event))
    assert.equal(await events(), 0)
  })
  assert.equal(await events(), 1)
  await reader.inOneState(async () => assert.equal(await events(), 1))
  await store.transaction((tx) =>
    tx.saveAgreementEvent({ ...event, place: { ...place, index: 9 } }),
  )
  assert.equal(await events(), 2)
  await reader.inOneState(async () => assert.equal(await events(), 2))
})

test('a destroyed key is nowhere in the files any more', async () => {
  const { path, store } = await newStateStore()
  const key = Buffer.from('this-is-the-key-of-one-answer-32')
  const exchangeId = askRow.exchangeId
  await store.transaction(async (tx) => {
    const exchange = { consumer: 'housing', exchangeId, questionDigest: 'd', place, status: 200 }
    await tx.saveExchange({ ...exchange, createdAtMs: 100 })
    await tx.saveAnswer({ consumer: 'housing', exchangeId, sealedBody: key, key, createdAtMs: 100 })
  })
  const files = (): Buffer =>
    Buffer.concat(
      [path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file)),
    )
  assert.ok(files().includes(key))
  await store.transaction((tx) => tx.purge(1_000, 1_000))
  store[Symbol.dispose]()
  assert.ok(!files().includes(key))
})

test('a question that was asked keeps its key and its place, and changes its state only', async () => {
  const { store } = await newStateStore()
  await store.transaction(async (tx) => {
    await tx.saveAsk(askRow)
    await tx.saveAsk({
      ...askRow,
      idempotencyKey: 'a-changed-key',
      state: 'received',
      received: { origin, index: 4 },
      sealedOutcome: Uint8Array.of(9),
      provisional: 'a note',
    })
    const row = await tx.askByIdempotencyKey(askRow.idempotencyKey)
    assert.deepEqual([row?.state, row?.received?.index, row?.asked.index], ['received', 4, 3])
    assert.equal(await tx.askByIdempotencyKey('a-changed-key'), undefined)
    assert.equal((await tx.asksIn('provisional')).length, 1)
    await assert.rejects(tx.saveAsk({ ...askRow, exchangeId: 'other' }), 'one key asks once')
  })
  store[Symbol.dispose]()
})

test('a peer’s checkpoint is replaced by a larger one only', async () => {
  const { store } = await newStateStore()
  await store.transaction(async (tx) => {
    await tx.savePeerHead({ origin, checkpoint: 'ten', size: 10 })
    await tx.savePeerHead({ origin, checkpoint: 'nine', size: 9 })
    assert.equal((await tx.peerHead(origin))?.checkpoint, 'ten')
    await tx.savePeerHead({ origin, checkpoint: 'eleven', size: 11 })
    assert.equal((await tx.peerHead(origin))?.checkpoint, 'eleven')
  })
  store[Symbol.dispose]()
})

test('the head store holds one head, the newest that was written', async () => {
  const path = newPath()
  createHeadStore(path)
  using heads = openHeadStore(path)
  assert.equal(await heads.read(), undefined)
  await heads.write(head)
  await heads.write({ ...head, size: 2, checkpoint: 'a note of size 2' })
  assert.deepEqual(await heads.read(), { ...head, size: 2, checkpoint: 'a note of size 2' })
})

test('every writing connection is durable, and says so when it could not be', () => {
  const path = newPath()
  const db = openDatabase(path, { mode: 'create' })
  assert.equal(db.get('PRAGMA journal_mode')?.['journal_mode'], 'wal')
  assert.equal(db.get('PRAGMA synchronous')?.['synchronous'], 2)
  assert.equal(db.get('PRAGMA secure_delete')?.['secure_delete'], 1)
  db.close()
  // SQLite keeps no write-ahead log for a database in memory: the same code must refuse it.
  assert.throws(() => openDatabase(':memory:', { mode: 'create' }), { code: 'STORE_NOT_DURABLE' })
})

test('the lock on a store is held against another process, and falls with its holder', () => {
  const path = newPath()
  const script = `${path}.ts`
  const lockModule = JSON.stringify(join(import.meta.dirname, 'writer-lock.ts'))
  const take = `import { holdWriterLock } from ${lockModule}
    try { holdWriterLock(${JSON.stringify(path)}); console.log('held') }
    catch (cause) { console.log(cause.code) }`
  writeFileSync(script, take)
  const other = (): string =>
    spawnSync(process.execPath, [script], { encoding: 'utf8' }).stdout.trim()
  {
    using _lock = holdWriterLock(path)
    assert.equal(other(), 'STORE_LOCKED')
    assert.throws(() => holdWriterLock(path), { code: 'STORE_LOCKED' })
  }
  assert.equal(other(), 'held')
  // That process has ended without letting go: the kernel did.
  holdWriterLock(path)[Symbol.dispose]()
})

test('a connection that would leave deleted bytes in its file is refused', () => {
  const path = newPath()
  openDatabase(path, { mode: 'create' }).close()
  const connection = new DatabaseSync(path)
  connection.exec('PRAGMA synchronous = FULL')
  connection.exec('PRAGMA secure_delete = ON')
  requireSettings(connection)
  for (const setting of ['OFF', 'FAST']) {
    connection.exec(`PRAGMA secure_delete = ${setting}`)
    assert.throws(() => requireSettings(connection), { code: 'STORE_NOT_DURABLE' })
  }
  connection.close()
})

test('reads in one state of the store see no commit between them, and the next ones do', async () => {
  const { path, store } = await newStateStore()
  const reader = openStateReader(path)
  const commit = (size: number): Promise<void> =>
    store.transaction(async (tx) => {
      await tx.savePeerHead({ origin: 'housing.localhost/log', checkpoint: 'a note', size })
    })
  const size = async (): Promise<number | undefined> =>
    (await reader.peerHead('housing.localhost/log'))?.size
  await commit(1)
  await reader.inOneState(async () => {
    assert.equal(await size(), 1)
    await commit(2)
    assert.equal(await size(), 1)
  })
  assert.equal(await size(), 2)
  await assert.rejects(reader.inOneState(() => Promise.reject(new TypeError('a read failed'))))
  await commit(3)
  assert.equal(await size(), 3, 'a read that failed leaves no state behind')
  reader[Symbol.dispose]()
  store[Symbol.dispose]()
})
