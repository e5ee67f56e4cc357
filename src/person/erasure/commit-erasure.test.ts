import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { addMonths } from '../../agreement/index.ts'
import { readCanonicalJson } from '../../bytes/index.ts'
import { monthOf, monthStartMs, readEntry, readPublicEntry } from '../../log/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { askQuestion } from '../ask-question.ts'
import type { EraseCommitted, ErasureSelection, PersonIntent } from '../index.ts'

type Done = Extract<EraseCommitted, { state: 'done' }>

const unseal = { aead: aesGcm(systemRandomness) }

async function sizeOf({ provider }: InProcessExchange): Promise<number> {
  return (await provider.reader.head())?.size ?? 0
}

async function originOf({ provider }: InProcessExchange): Promise<string> {
  return (await provider.reader.logs()).at(-1) ?? assert.fail()
}

async function erase(
  exchange: InProcessExchange,
  selection: ErasureSelection,
): Promise<EraseCommitted> {
  const intent: PersonIntent = { type: 'erase', selection, reason: 'retention-ended' }
  const done = await exchange.provider.writer.commit(intent)
  return done.type === 'erase' ? done : assert.fail()
}

async function eraseEntries(
  exchange: InProcessExchange,
  ...entries: readonly number[]
): Promise<EraseCommitted> {
  return erase(exchange, { log: await originOf(exchange), entries })
}

async function reconcile(exchange: InProcessExchange, first: number, last: number): Promise<void> {
  const origin = await originOf(exchange)
  await exchange.provider.writer.commit({
    type: 'governance',
    kind: 'reconciliation.signed',
    name: 'housing',
    digest: null,
    body: { log: origin, first, last },
    agreement: undefined,
    reconciliation: { origin, peer: 'housing', first, last },
  })
}

/** Three answers in two months; the provider's entries 1, 2 and 3. */
async function filled(): Promise<InProcessExchange> {
  const exchange = await openExchange()
  for (const number of [1, 2, 3]) {
    await askQuestion(exchange.request(number), exchange.consumerDeps)
    if (number === 2) {
      const { clock } = exchange
      clock.advance(monthStartMs(monthOf(addMonths(clock.now(), 1))) - clock.now() + 5)
    }
  }
  assert.equal(await sizeOf(exchange), 4)
  return exchange
}

function advanceYears({ clock }: InProcessExchange, years: number): void {
  clock.advance(addMonths(clock.now(), 12 * years) - clock.now())
}

function codeOf(done: EraseCommitted): readonly unknown[] {
  return done.state === 'refused'
    ? [done.refusal.code, done.refusal.entry]
    : [done.state, done.state === 'done' ? done.erased : null]
}

test('nothing is erased before five years and a signed reconciliation, to the millisecond', async () => {
  using exchange = await filled()
  const { clock, provider } = exchange
  const row = (await provider.reader.readEntries(1, 1))[0] ?? assert.fail()
  await reconcile(exchange, 2, 3)
  const size = await sizeOf(exchange)
  const early = await eraseEntries(exchange, 1)
  assert.deepEqual(early.state === 'refused' && early.refusal.fromMs, addMonths(row.timeMs, 60))
  clock.advance(addMonths(row.timeMs, 60) - 1 - clock.now())
  assert.deepEqual(codeOf(await eraseEntries(exchange, 1)), ['ACCOUNTING_PERIOD_RUNS', 1])
  clock.advance(1)
  assert.deepEqual(codeOf(await eraseEntries(exchange, 1)), ['RECONCILIATION_UNSIGNED', 1])
  assert.equal(await sizeOf(exchange), size, 'a refusal writes nothing')
  await reconcile(exchange, 1, 1)
  assert.deepEqual(codeOf(await eraseEntries(exchange, 1)), ['done', 1])
})

test('all records that are named are erased, or none, and governance never', async () => {
  using exchange = await filled()
  await reconcile(exchange, 0, 3)
  advanceYears(exchange, 6)
  const { reader, recordKeys } = exchange.provider
  const size = await sizeOf(exchange)
  const refusals: readonly (readonly [readonly number[], string, number])[] = [
    [[1, 2, 0], 'GOVERNANCE_PERMANENT', 0],
    [[1, 4], 'GOVERNANCE_PERMANENT', 4],
    [[1, 99], 'ENTRY_UNKNOWN', 99],
  ]
  for (const [entries, code, entry] of refusals)
    assert.deepEqual(codeOf(await eraseEntries(exchange, ...entries)), [code, entry])
  assert.equal(await sizeOf(exchange), size)
  const kept = await readEntry(reader, 1, { ...unseal, recordKeys })
  assert.ok(kept !== undefined)
  assert.deepEqual(codeOf(await eraseEntries(exchange, 3, 1, 1)), ['done', 2])
  assert.deepEqual(codeOf(await eraseEntries(exchange, 2, 3)), ['ALREADY_ERASED', 3])
  assert.equal(await readEntry(reader, 1, { ...unseal, recordKeys }), undefined)
  assert.ok((await readEntry(reader, 2, { ...unseal, recordKeys })) !== undefined)
  const said = await readPublicEntry(reader, size)
  const record = readCanonicalJson(said?.recordBytes ?? assert.fail())
  assert.deepEqual(JSON.parse(JSON.stringify(record)).body, {
    reason: 'retention-ended',
    entries: 2,
    ranges: [
      [1, 1],
      [3, 3],
    ],
    accountingYears: 5,
    retentionDays: 90,
  })
})

test('a range spans what was erased before and governance, and never a record that stays', async () => {
  using exchange = await filled()
  await reconcile(exchange, 0, 3)
  advanceYears(exchange, 6)
  await eraseEntries(exchange, 2)
  const done = await eraseEntries(exchange, 1, 3)
  assert.ok(done.state === 'done' && done.entry !== null)
  const said = await readPublicEntry(exchange.provider.reader, done.entry)
  const record = JSON.parse(Buffer.from(said?.recordBytes ?? assert.fail()).toString())
  assert.deepEqual(record.body.ranges, [[1, 3]])
})

test('a record whose key is gone is not erased: nobody can tell whether it may be', async () => {
  using exchange = await filled()
  await reconcile(exchange, 0, 3)
  advanceYears(exchange, 6)
  const row = (await exchange.provider.reader.readEntries(1, 1))[0] ?? assert.fail()
  exchange.provider.recordKeys.destroy(monthOf(row.timeMs))
  assert.deepEqual(codeOf(await eraseEntries(exchange, 1)), ['RECORD_UNREADABLE', 1])
})

test('erasing before a month takes its months alone; keys of empty months go, others stay', async () => {
  using exchange = await filled()
  await reconcile(exchange, 0, 3)
  advanceYears(exchange, 6)
  const { reader, recordKeys, writer } = exchange.provider
  const [first, third] = await Promise.all([reader.readEntries(1, 1), reader.readEntries(3, 1)])
  const months = [first, third].map(([row]) => monthOf((row ?? assert.fail()).timeMs))
  const [earlier, later] = months
  assert.ok(earlier !== undefined && later !== undefined && earlier < later)
  const nextMonth = monthOf(addMonths(exchange.clock.now(), 1))
  const future = await erase(exchange, { before: nextMonth, from: null })
  assert.deepEqual(codeOf(future), ['MONTH_NOT_OVER', null])
  const done = (await erase(exchange, { before: later, from: null })) as Done
  assert.deepEqual([done.erased, done.next], [2, null])
  const again = (await erase(exchange, { before: later, from: null })) as Done
  assert.deepEqual([again.erased, again.entry], [0, null], 'nothing to do is no entry')
  const present = recordKeys.months()
  const destroyed = await writer.commit({ type: 'destroy-keys', before: nextMonth, present })
  assert.ok(destroyed.type === 'destroy-keys')
  assert.deepEqual(destroyed.months, [earlier], 'not the one with a record, nor the present one')
  assert.deepEqual(await reader.destroyedMonths(), [earlier])
  const nothing = await writer.commit({ type: 'destroy-keys', before: nextMonth, present })
  assert.deepEqual(nothing, { type: 'destroy-keys', entry: null, months: [] })
})

test('two erasures at once are decided one after the other', async () => {
  using exchange = await filled()
  await reconcile(exchange, 0, 3)
  advanceYears(exchange, 6)
  const log = await originOf(exchange)
  const intent = (entries: readonly number[]): PersonIntent => ({
    type: 'erase',
    selection: { log, entries },
    reason: 'legal-obligation',
  })
  const results = await exchange.provider.log.commit([intent([1]), intent([1, 2])])
  assert.deepEqual(
    results.map((result) => ('state' in result ? result.state : '')),
    ['done', 'busy'],
  )
})

test('after an erasure a retry under the old exchange id gets no answer out of the store', async () => {
  using exchange = await filled()
  await reconcile(exchange, 0, 3)
  advanceYears(exchange, 6)
  const row = await readEntry(exchange.provider.reader, 1, {
    ...unseal,
    recordKeys: exchange.provider.recordKeys,
  })
  const { exchangeId } = JSON.parse(row?.record ?? '{}')
  await eraseEntries(exchange, 1)
  const stored = await exchange.provider.reader.exchange('housing', exchangeId)
  assert.deepEqual([stored?.questionDigest, stored?.sealedBody], ['', undefined])
})
