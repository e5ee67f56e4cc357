import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import type { EntryPlace, EntryRow, HeadStore, StateStore, StoredHead } from '../log/index.ts'
import {
  type AskRow,
  type ExchangeReader,
  type ExchangeTransaction,
  mostAsksRead,
  type NonceUse,
} from '../person/index.ts'
import type { LedgerReader, LedgerTransaction } from '../population/index.ts'
import { capLaws, sampleAxes as axes } from './state-store-cap-laws.ts'
import { chainLaws } from './state-store-chain-laws.ts'
import { agreementLaws } from './state-store-agreement-laws.ts'
import { directoryLaws } from './state-store-directory-laws.ts'
import { identityLaws } from './state-store-identity-laws.ts'
import { requestLaws } from './state-store-request-laws.ts'
import { safeguardLaws } from './state-store-safeguard-laws.ts'
import { traceLaws } from './state-store-trace-laws.ts'
import { joinLaws } from './state-store-join-laws.ts'
import { ledgerLaws } from './state-store-ledger-laws.ts'

/** A state store with its reader and its head store, all empty. */
export interface StoresUnderTest extends Disposable {
  readonly store: StateStore<ExchangeTransaction & LedgerTransaction>
  readonly reader: ExchangeReader & LedgerReader
  readonly headStore: HeadStore
}

const hour = 3_600_000
const nowMs = 1_800_000_000_000

const origin = 'tax.example/log/2026h2'
const nextOrigin = 'tax.example/log/2027h1'

function at(index: number): EntryPlace {
  return { origin, index }
}

function entry(index: number): EntryRow {
  return {
    index,
    leaf: new Uint8Array(34).fill(index),
    sealed: new Uint8Array([index, 1, 2]),
    timeMs: nowMs + index,
  }
}

function head(size: number, mark = 'note'): StoredHead {
  return { checkpoint: `${mark} ${size}`, size, timeMs: nowMs + size }
}

function ask(place: number, changes: Partial<AskRow> = {}): AskRow {
  return {
    exchangeId: `exchange-${place}`,
    idempotencyKey: `key-${place}`,
    requestDigest: `digest-${place}`,
    provider: 'tax',
    sealedQuestion: new Uint8Array([place]),
    state: 'asked',
    asked: at(place),
    received: undefined,
    sealedOutcome: undefined,
    provisional: undefined,
    witnessedAtMs: undefined,
    alarmedAtMs: undefined,
    createdAtMs: nowMs + place,
    ...changes,
  }
}

const exchange = {
  consumer: 'housing',
  exchangeId: 'exchange-1',
  questionDigest: 'digest-1',
  place: at(3),
  status: 200,
  createdAtMs: nowMs,
}

const answer = {
  consumer: 'housing',
  exchangeId: 'exchange-1',
  sealedBody: new Uint8Array([9, 8, 7]),
  key: new Uint8Array(32).fill(5),
  createdAtMs: nowMs,
}

/**
 * What every driver of the state store and the head store must do, whatever it is made of. `open`
 * gives new, empty stores; `rejects` below are failures of any class.
 */
export function stateStoreContract(
  name: string,
  open: () => StoresUnderTest | Promise<StoresUnderTest>,
): void {
  describe(`${name} as a state store`, () => {
    let opened: StoresUnderTest
    beforeEach(async () => {
      opened = await open()
      await opened.store.transaction((tx) => tx.openLog(origin))
    })
    afterEach(() => opened[Symbol.dispose]())
    const stores = (): StoresUnderTest => opened
    transactionLaws(stores)
    logLaws(stores)
    manyLogsLaws(stores)
    originLaws(stores)
    exchangeLaws(stores)
    capLaws(stores)
    askLaws(stores)
    listLaws(stores)
    chainLaws(stores)
    ledgerLaws(stores)
    joinLaws(stores)
    directoryLaws(stores)
    safeguardLaws(stores)
    requestLaws(stores)
    traceLaws(stores)
    agreementLaws(stores)
    identityLaws(stores)
    purgeLaws(stores)
    erasureLaws(stores)
    erasedMonthLaws(stores)
    headStoreLaws(stores)
  })
}

type Stores = () => StoresUnderTest

function write<Result>(
  stores: Stores,
  work: (tx: ExchangeTransaction) => Promise<Result>,
): Promise<Result> {
  return stores().store.transaction(work)
}

function transactionLaws(stores: Stores): void {
  test('a transaction gives its result and is seen by the reader afterwards', async () => {
    const result = await write(stores, async (tx) => {
      await tx.insertEntries([entry(0)])
      return 'done'
    })
    assert.equal(result, 'done')
    assert.equal((await stores().reader.readLeaves(0, 5)).length, 1)
  })

  test('what a transaction writes is seen inside it and by nobody else before it ends', async () => {
    await write(stores, async (tx) => {
      await tx.insertEntries([entry(0)])
      assert.equal((await tx.readLeaves(0, 5)).length, 1)
      assert.equal((await stores().reader.readLeaves(0, 5)).length, 0)
    })
  })

  test('a transaction that rejects leaves nothing in any table', async () => {
    const failure = new Error('changed its mind')
    const work = async (tx: ExchangeTransaction): Promise<never> => {
      await tx.insertEntries([entry(0)])
      await tx.saveTiles([{ level: 0, index: 0, bytes: new Uint8Array(8192) }])
      await tx.swapHead(undefined, head(1))
      await tx.useNonce('housing/gateway/1', 'nonce', nowMs)
      await tx.charge(axes, nowMs, 'all')
      await tx.saveExchange(exchange)
      await tx.saveAnswer(answer)
      await tx.saveAsk(ask(1))
      await tx.savePeerHead({ origin: 'tax', checkpoint: 'note', size: 1 })
      throw failure
    }
    await assert.rejects(write(stores, work), failure)
    const { reader } = stores()
    assert.equal(await reader.head(), undefined)
    assert.deepEqual(await reader.readLeaves(0, 5), [])
    assert.equal(await reader.readTile(0, 0), undefined)
    assert.equal(await reader.exchange('housing', 'exchange-1'), undefined)
    assert.equal(await reader.answerKey('housing', 'exchange-1'), undefined)
    assert.equal(await reader.ask('exchange-1'), undefined)
    assert.equal(await reader.peerHead('tax'), undefined)
    assert.equal((await reader.capUse(axes, nowMs)).capUse.officialToday, 0)
    const use = await write(stores, (tx) => tx.useNonce('housing/gateway/1', 'nonce', nowMs))
    assert.equal(use, 'fresh')
  })

  test('a store goes on after a transaction that was rejected', async () => {
    await assert.rejects(write(stores, () => Promise.reject(new Error('no'))))
    await write(stores, (tx) => tx.insertEntries([entry(0)]))
    assert.equal((await stores().reader.readLeaves(0, 5)).length, 1)
  })

  test('a second transaction at the same time is refused', async () => {
    await write(stores, async () => {
      await assert.rejects(
        write(stores, () => Promise.resolve()),
        TypeError,
      )
    })
  })
}

function logLaws(stores: Stores): void {
  test('entries come back as they were written, in order, and no more than there are', async () => {
    const rows = [0, 1, 2].map(entry)
    await write(stores, (tx) => tx.insertEntries(rows))
    const { reader } = stores()
    assert.deepEqual(await reader.readEntries(0, 10), rows)
    assert.deepEqual(await reader.readEntries(1, 1), [entry(1)])
    assert.deepEqual(await reader.readLeaves(2, 5), [entry(2).leaf])
    assert.deepEqual(await reader.readLeaves(3, 5), [])
  })

  test('an entry that stands is never written again', async () => {
    await write(stores, (tx) => tx.insertEntries([entry(0)]))
    const other = { ...entry(0), leaf: new Uint8Array(34).fill(77) }
    await assert.rejects(write(stores, (tx) => tx.insertEntries([other])))
    assert.deepEqual(await stores().reader.readLeaves(0, 1), [entry(0).leaf])
  })

  test('a tile comes back, and is never written again', async () => {
    const tile = { level: 1, index: 7, bytes: new Uint8Array(8192).fill(3) }
    await write(stores, (tx) => tx.saveTiles([tile]))
    assert.deepEqual(await stores().reader.readTile(1, 7), tile.bytes)
    assert.equal(await stores().reader.readTile(0, 7), undefined)
    await assert.rejects(write(stores, (tx) => tx.saveTiles([tile])))
  })

  test('the head is swapped only against the whole previous checkpoint', async () => {
    const swap = (previous: string | undefined, next: StoredHead): Promise<string> =>
      write(stores, (tx) => tx.swapHead(previous, next))
    assert.equal(await swap('note 0', head(1)), 'conflict')
    assert.equal(await swap(undefined, head(0)), 'swapped')
    assert.equal(await swap(undefined, head(5)), 'conflict')
    assert.equal(await swap('note 0', head(2)), 'swapped')
    assert.equal(await swap('note 0', head(3)), 'conflict')
    assert.deepEqual(await stores().reader.head(), head(2))
  })
}

const tile = { level: 0, index: 0, bytes: new Uint8Array(8192).fill(3) }

/** Two entries and a tile in the first log, then one entry in the next. */
async function fillBoth(stores: Stores): Promise<void> {
  await write(stores, async (tx) => {
    await tx.insertEntries([entry(0), entry(1)])
    await tx.saveTiles([tile])
    await tx.swapHead(undefined, head(2))
    await tx.openLog(nextOrigin)
    assert.equal(await tx.head(), undefined)
    assert.equal(await tx.swapHead(head(2).checkpoint, head(9)), 'conflict')
    assert.equal(await tx.swapHead(undefined, head(0, 'next')), 'swapped')
  })
  await write(stores, async (tx) => {
    await tx.insertEntries([{ ...entry(7), index: 0 }])
    await tx.swapHead(head(0, 'next').checkpoint, head(1, 'next'))
  })
}

function manyLogsLaws(stores: Stores): void {
  test('a new log begins at 0, and the closed one stays readable as it was', async () => {
    await fillBoth(stores)
    await write(stores, async (tx) => {
      assert.deepEqual(await tx.logs(), [origin, nextOrigin])
      assert.deepEqual(await tx.head(), head(1, 'next'))
      assert.deepEqual(await tx.readEntries(0, 9), [{ ...entry(7), index: 0 }])
      assert.equal(await tx.readTile(0, 0), undefined)
      const closed = tx.logOf(origin)
      assert.deepEqual(await closed.head(), head(2))
      assert.deepEqual(await closed.readEntries(0, 9), [entry(0), entry(1)])
      assert.deepEqual(await closed.readLeaves(1, 9), [entry(1).leaf])
      assert.deepEqual(await closed.readTile(0, 0), tile.bytes)
      assert.equal(await tx.logOf('elsewhere.example/log/1').head(), undefined)
      assert.deepEqual(await tx.logOf('elsewhere.example/log/1').readLeaves(0, 9), [])
    })
  })

  test('what refers to entries tells the logs apart', async () => {
    await fillBoth(stores)
    const first = { ...exchange, place: { origin, index: 1 } }
    const second = { ...exchange, exchangeId: 'second', place: { origin: nextOrigin, index: 0 } }
    await write(stores, async (tx) => {
      await tx.saveExchange(first)
      await tx.saveExchange(second)
      await tx.saveAsk(ask(1))
      await tx.saveAsk({ ...ask(1), state: 'received', received: second.place })
      assert.deepEqual((await tx.exchange('housing', 'exchange-1'))?.place, first.place)
      assert.deepEqual((await tx.exchange('housing', 'second'))?.place, second.place)
      const row = await tx.ask('exchange-1')
      assert.deepEqual([row?.asked, row?.received], [at(1), second.place])
    })
  })
}

function originLaws(stores: Stores): void {
  test('an origin is used once, and a log that was opened in vain is not there', async () => {
    await fillBoth(stores)
    for (const used of [origin, nextOrigin])
      await assert.rejects(write(stores, (tx) => tx.openLog(used)))
    const failure = new Error('no')
    const inVain = write(stores, async (tx) => {
      await tx.openLog('tax.example/log/2027h2')
      throw failure
    })
    await assert.rejects(inVain, failure)
    await write(stores, async (tx) => {
      assert.deepEqual(await tx.logs(), [origin, nextOrigin])
      assert.deepEqual(await tx.head(), head(1, 'next'))
    })
  })
}

function exchangeLaws(stores: Stores): void {
  test('a nonce is fresh once for each key, its replay is told once, and noise from then on', async () => {
    const use = (key: string, nonce: string): Promise<NonceUse> =>
      write(stores, (tx) => tx.useNonce(key, nonce, nowMs + hour))
    const uses = ['fresh', 'replayed', 'noise', 'noise']
    for (const expected of uses) assert.equal(await use('housing', 'a'), expected)
    assert.equal(await use('housing', 'b'), 'fresh')
    assert.equal(await use('social', 'a'), 'fresh')
  })

  test('a consent is spent once, and forgotten when nobody takes it any more', async () => {
    const { reader } = stores()
    const spend = (digest: string): Promise<void> =>
      write(stores, (tx) => tx.spendConsent(digest, nowMs))
    assert.equal(await reader.isConsentSpent('one'), false)
    await spend('one')
    assert.equal(await reader.isConsentSpent('one'), true)
    assert.equal(await reader.isConsentSpent('other'), false)
    await assert.rejects(spend('one'))
    await write(stores, (tx) => tx.purge(0, nowMs))
    assert.equal(await reader.isConsentSpent('one'), true)
    await write(stores, (tx) => tx.purge(0, nowMs + 1))
    assert.equal(await reader.isConsentSpent('one'), false)
  })

  actLaws(stores)
}

function actLaws(stores: Stores): void {
  test('an exchange is claimed before its answer is kept, and once for its consumer', async () => {
    await write(stores, async (tx) => {
      await tx.saveExchange(exchange)
      const claimed = await tx.exchange('housing', 'exchange-1')
      assert.deepEqual(claimed, { ...exchange, sealedBody: undefined })
      await tx.saveAnswer(answer)
    })
    const { reader } = stores()
    const kept = { ...exchange, sealedBody: answer.sealedBody }
    assert.deepEqual(await reader.exchange('housing', 'exchange-1'), kept)
    assert.deepEqual(await reader.answerKey('housing', 'exchange-1'), answer.key)
    assert.equal(await reader.exchange('social', 'exchange-1'), undefined)
    await assert.rejects(write(stores, (tx) => tx.saveExchange({ ...exchange, place: at(4) })))
    await write(stores, (tx) => tx.saveExchange({ ...exchange, consumer: 'social' }))
  })

  test('acts upon an agreement come back in the order of the log, for that agreement alone', async () => {
    const act = { kind: 'agreement.published', by: 'tax', atMs: nowMs } as const
    const suspended = { kind: 'agreement.suspended', by: 'tax', atMs: nowMs + 5 } as const
    await write(stores, async (tx) => {
      await tx.saveAgreementEvent({ ...act, agreement: 'one', place: at(1) })
      await tx.saveAgreementEvent({ ...act, agreement: 'two', place: at(2) })
      await tx.saveAgreementEvent({ ...suspended, agreement: 'one', place: at(3) })
    })
    assert.deepEqual(await stores().reader.agreementEvents('one'), [
      { ...act, agreement: 'one', place: at(1), cosignedAtMs: null },
      { ...suspended, agreement: 'one', place: at(3), cosignedAtMs: null },
    ])
    assert.deepEqual(await stores().reader.agreementEvents('three'), [])
  })

  test('the newest checkpoint of a peer stays; an older one changes nothing', async () => {
    const save = (size: number): Promise<void> =>
      write(stores, (tx) => tx.savePeerHead({ origin: 'tax', checkpoint: `note ${size}`, size }))
    await save(4)
    await save(9)
    await save(6)
    const newest = { origin: 'tax', checkpoint: 'note 9', size: 9 }
    assert.deepEqual(await stores().reader.peerHead('tax'), newest)
    assert.equal(await stores().reader.peerHead('social'), undefined)
  })
}

function askLaws(stores: Stores): void {
  test('a question that was asked is found by its exchange and by the caller’s key', async () => {
    await write(stores, (tx) => tx.saveAsk(ask(1)))
    const { reader } = stores()
    assert.deepEqual(await reader.ask('exchange-1'), ask(1))
    assert.deepEqual(await reader.askByIdempotencyKey('key-1'), ask(1))
    assert.equal(await reader.ask('exchange-2'), undefined)
    assert.equal(await reader.askByIdempotencyKey('key-2'), undefined)
  })

  test('a key stands for one exchange', async () => {
    await write(stores, (tx) => tx.saveAsk(ask(1)))
    const other = { ...ask(2), idempotencyKey: 'key-1' }
    await assert.rejects(write(stores, (tx) => tx.saveAsk(other)))
    assert.equal((await stores().reader.askByIdempotencyKey('key-1'))?.exchangeId, 'exchange-1')
  })

  test('a question changes its state in place, and keeps what it is known by', async () => {
    const received = ask(1, {
      sealedQuestion: undefined,
      state: 'received',
      received: at(8),
      sealedOutcome: new Uint8Array([4]),
      provisional: 'note 9',
    })
    await write(stores, async (tx) => {
      await tx.saveAsk(ask(1))
      await tx.saveAsk({ ...received, provider: 'elsewhere', createdAtMs: 1, asked: at(99) })
    })
    assert.deepEqual(await stores().reader.ask('exchange-1'), received)
  })
}

function listLaws(stores: Stores): void {
  const idsIn = async (state: AskRow['state'] | 'provisional'): Promise<readonly string[]> =>
    (await stores().reader.asksIn(state)).map(({ exchangeId }) => exchangeId)

  test('questions are listed by state, oldest first, and only so many at a time', async () => {
    await write(stores, async (tx) => {
      await tx.saveAsk(ask(3))
      await tx.saveAsk(ask(1))
      await tx.saveAsk(ask(5, { state: 'failed' }))
    })
    assert.deepEqual(await idsIn('asked'), ['exchange-1', 'exchange-3'])
    assert.deepEqual(await idsIn('received'), [])
    assert.deepEqual(await idsIn('failed'), ['exchange-5'])
    await write(stores, async (tx) => {
      for (let place = 0; place < mostAsksRead; place += 1) await tx.saveAsk(ask(1_000 + place))
    })
    const ids = await idsIn('asked')
    assert.equal(ids.length, mostAsksRead)
    assert.equal(ids[0], 'exchange-1')
  })

  test('a receipt is provisional until it is witnessed, and comes last after an alarm', async () => {
    const received = { state: 'received', provisional: 'note' } as const
    await write(stores, async (tx) => {
      await tx.saveAsk(ask(2, { ...received, alarmedAtMs: nowMs }))
      await tx.saveAsk(ask(4, received))
      await tx.saveAsk(ask(6, { ...received, witnessedAtMs: nowMs }))
      await tx.saveAsk(ask(8, { ...received, state: 'failed' }))
    })
    assert.deepEqual(await idsIn('received'), ['exchange-2', 'exchange-4', 'exchange-6'])
    assert.deepEqual(await idsIn('provisional'), ['exchange-4', 'exchange-2'])
    await write(stores, (tx) => tx.saveAsk(ask(4, { ...received, witnessedAtMs: nowMs })))
    assert.deepEqual(await idsIn('provisional'), ['exchange-2'])
  })
}

function purgeLaws(stores: Stores): void {
  test('purging destroys old answers, keys and outcomes, keeps who asked what, and young ones', async () => {
    const young = { exchangeId: 'exchange-2', createdAtMs: nowMs + 10 }
    await write(stores, async (tx) => {
      await tx.saveExchange(exchange)
      await tx.saveAnswer(answer)
      await tx.saveExchange({ ...exchange, ...young, place: at(4) })
      await tx.saveAnswer({ ...answer, ...young })
      const sealedOutcome = new Uint8Array([1])
      await tx.saveAsk(ask(1, { state: 'received', sealedOutcome }))
      await tx.saveAsk(ask(2))
      await tx.saveAsk(ask(20, { state: 'received', sealedOutcome }))
      await tx.purge(nowMs + 10, nowMs)
    })
    const { reader } = stores()
    assert.equal((await reader.exchange('housing', 'exchange-1'))?.sealedBody, undefined)
    assert.equal((await reader.exchange('housing', 'exchange-1'))?.questionDigest, 'digest-1')
    assert.equal(await reader.answerKey('housing', 'exchange-1'), undefined)
    assert.notEqual(await reader.answerKey('housing', 'exchange-2'), undefined)
    assert.notEqual((await reader.exchange('housing', 'exchange-2'))?.sealedBody, undefined)
    assert.equal((await reader.ask('exchange-1'))?.sealedOutcome, undefined)
    assert.equal((await reader.ask('exchange-1'))?.sealedQuestion, undefined)
    assert.notEqual((await reader.ask('exchange-2'))?.sealedQuestion, undefined)
    assert.notEqual((await reader.ask('exchange-20'))?.sealedOutcome, undefined)
  })

  test('purging forgets nonces that have expired, and only those', async () => {
    const use = (nonce: string, untilMs: number): Promise<NonceUse> =>
      write(stores, (tx) => tx.useNonce('housing', nonce, untilMs))
    await use('old', nowMs - 1)
    await use('now', nowMs)
    await write(stores, (tx) => tx.purge(0, nowMs))
    assert.equal(await use('old', nowMs + 1), 'fresh')
    assert.equal(await use('now', nowMs + 1), 'replayed')
  })
}

function exchangeRow(index: number, timeMs = nowMs): EntryRow {
  const leaf = new Uint8Array(34).fill(index)
  leaf[1] = 1
  return { index, leaf, sealed: new Uint8Array([index, 1, 2]), timeMs }
}

function erasureLaws(stores: Stores): void {
  const erase = (index: number): Promise<void> =>
    write(stores, (tx) =>
      tx.eraseRecord({ place: at(index), consumer: 'housing', exchangeId: 'exchange-1' }),
    )

  test('erasing takes the record, the digest of a retry and the kept question, and nothing else', async () => {
    await write(stores, async (tx) => {
      await tx.insertEntries([3, 4, 5].map((place) => exchangeRow(place - 3)))
      await tx.saveExchange({ ...exchange, place: at(1) })
      await tx.saveExchange({ ...exchange, exchangeId: 'exchange-2', place: at(2) })
      await tx.saveAsk(ask(1, { asked: at(0), received: at(1) }))
      await tx.saveAsk(ask(2, { asked: at(2) }))
    })
    await erase(1)
    const { reader } = stores()
    const rows = await reader.readEntries(0, 3)
    assert.deepEqual(
      rows.map(({ sealed }) => sealed.length),
      [3, 0, 3],
    )
    assert.deepEqual(rows[1], { ...exchangeRow(1), sealed: new Uint8Array() })
    assert.deepEqual(await reader.readLeaves(1, 1), [exchangeRow(1).leaf])
    assert.equal((await reader.exchange('housing', 'exchange-1'))?.questionDigest, '')
    assert.equal((await reader.exchange('housing', 'exchange-2'))?.questionDigest, 'digest-1')
    assert.equal(await reader.ask('exchange-1'), undefined)
    assert.equal((await reader.ask('exchange-2'))?.exchangeId, 'exchange-2')
    await assert.rejects(erase(1), 'a record is erased once')
    await assert.rejects(erase(9), 'and only where there is one')
  })

  test('an erased record names its entry; the first range that held it counts', async () => {
    await write(stores, async (tx) => {
      await tx.insertEntries(Array.from({ length: 12 }, (_, index) => exchangeRow(index)))
      await tx.saveErasure({ origin, first: 3, last: 5, by: at(9) })
      await tx.saveErasure({ origin, first: 2, last: 7, by: at(10) })
    })
    const { reader } = stores()
    const found: (number | undefined)[] = []
    for (let index = 1; index < 9; index += 1)
      found.push((await reader.erasureOf(at(index)))?.index)
    assert.deepEqual(found, [undefined, 10, 9, 9, 9, 10, 10, undefined])
  })

  test('a reconciliation covers its peer, its range and what is older than itself', async () => {
    await write(stores, async (tx) => {
      await tx.insertEntries(Array.from({ length: 9 }, (_, index) => exchangeRow(index)))
      await tx.saveReconciliation({ origin, peer: 'housing', first: 2, last: 6, by: at(5) })
    })
    const { reader } = stores()
    const covered: boolean[] = []
    for (let index = 1; index < 8; index += 1)
      covered.push(await reader.isReconciled(at(index), 'housing'))
    assert.deepEqual(covered, [false, true, true, true, false, false, false])
    assert.equal(await reader.isReconciled(at(3), 'social'), false)
  })
}

function erasedMonthLaws(stores: Stores): void {
  test('a month has records until the last exchange of it is erased; governance does not count', async () => {
    const governance = exchangeRow(2, nowMs + 10)
    governance.leaf[1] = 2
    await write(stores, (tx) =>
      tx.insertEntries([exchangeRow(0), exchangeRow(1, nowMs + 10), governance]),
    )
    const has = (fromMs: number, untilMs: number): Promise<boolean> =>
      stores().reader.hasRecords(fromMs, untilMs)
    assert.deepEqual(
      [await has(nowMs, nowMs + 10), await has(nowMs + 1, nowMs + 10)],
      [true, false],
    )
    assert.equal(await has(nowMs + 10, nowMs + 11), true)
    await write(stores, (tx) =>
      tx.eraseRecord({ place: at(1), consumer: 'housing', exchangeId: 'exchange-1' }),
    )
    assert.equal(await has(nowMs + 10, nowMs + 11), false)
    assert.equal(await has(nowMs, nowMs + 11), true)
  })

  test('a destroyed month is named once', async () => {
    await write(stores, async (tx) => {
      await tx.insertEntries([exchangeRow(0)])
      await tx.saveDestroyedMonth('2026-11', at(0))
      await tx.saveDestroyedMonth('2025-12', at(0))
    })
    assert.deepEqual(await stores().reader.destroyedMonths(), ['2025-12', '2026-11'])
    await assert.rejects(write(stores, (tx) => tx.saveDestroyedMonth('2026-11', at(0))))
  })
}

function headStoreLaws(stores: Stores): void {
  test('the head store is empty at first, holds the newest head, and is apart from the state', async () => {
    const { headStore, reader } = stores()
    assert.equal(await headStore.read(), undefined)
    await headStore.write(head(0))
    await headStore.write(head(3))
    assert.deepEqual(await headStore.read(), head(3))
    assert.equal(await reader.head(), undefined)
  })
}
