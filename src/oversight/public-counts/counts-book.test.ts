import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ChainOrganisation,
  openOrganisation,
  origin,
  personNumber,
  recordKeys,
} from '../../../tests/attack/chain-organisation.ts'
import { readCanonicalJson, utf8 } from '../../bytes/index.ts'
import { governanceRecordSchema, LEAF_CLASSES, monthOf, readPublicEntry } from '../../log/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { checkMonthCounts } from './check-month-counts.ts'
import { countsHistory } from './counts-history.ts'
import { type CountsBook, countsBook, countsKind } from './counts-book.ts'
import { monthCountsJson } from './month-counts.ts'

function bookOf(organisation: ChainOrganisation): { readonly book: CountsBook; reads: number } {
  const { reader, clock } = organisation
  const seen = {
    reads: 0,
    book: countsBook({
      reader: {
        ...reader,
        logs: () => reader.logs(),
        logOf: (log) => {
          seen.reads += 1
          return reader.logOf(log)
        },
      },
      aead: aesGcm(systemRandomness),
      recordKeys,
      clock: { now: () => clock.nowMs },
      timers: { sleep: async () => undefined },
      async publish(counts) {
        let entry = -1
        await organisation.act(async (_tx, batch) => {
          entry = batch.add({
            v: 1,
            class: 'governance',
            kind: countsKind,
            timeMs: batch.timeMs,
            organisation: 'tax',
            name: counts.month,
            digest: null,
            body: monthCountsJson(counts),
          }).index
        })
        return { log: origin, entry }
      },
    }),
  }
  return seen
}

async function ask(
  organisation: ChainOrganisation,
  answered: number,
  denied: number,
): Promise<void> {
  for (let at = 0; at < answered + denied; at += 1) {
    const outcome = at < answered ? 'permit' : 'deny'
    await organisation.record(personNumber(at % 7), {
      kind: at < answered ? 'person.answered' : 'person.denied',
      outcome,
      code: outcome === 'permit' ? null : 'CASE_CLOSED',
    })
  }
}

async function exchangeLeaves(
  { reader }: ChainOrganisation,
  from: number,
  to: number,
): Promise<number> {
  const leaves = await reader.logOf(origin).readLeaves(from, to - from)
  return leaves.filter((leaf) => leaf[1] === LEAF_CLASSES.exchange).length
}

test('a month is published once it is over, and anybody counts the same leaves', async () => {
  const organisation = await openOrganisation()
  const { book } = bookOf(organisation)
  await ask(organisation, 32, 13)
  await book.round(true)
  const month = monthOf(organisation.clock.nowMs)
  const { running, months } = book.shown() ?? assert.fail()
  assert.deepEqual([running.month, running.exchanges, months.length], [month, 40, 0])
  assert.deepEqual(
    running.cells.map(({ sort, count }) => [sort, count]),
    [['answered', 30]],
  )
  organisation.clock.nowMs += 31 * 86_400_000
  await book.round(false)
  assert.deepEqual(book.shown()?.months, [])
  await book.round(true)
  const [published] = book.shown()?.months ?? []
  assert.ok(published !== undefined)
  const { counts, entry } = published
  assert.equal(await exchangeLeaves(organisation, entry, entry + 1), 0)
  const leaves = await exchangeLeaves(organisation, counts.from.entry, counts.to.entry)
  const against = { exchangeLeaves: leaves, previous: undefined }
  assert.deepEqual(checkMonthCounts(counts, against), [])
})

test('after a start it goes on where the newest published counts end, and shows nothing before it has read', async () => {
  const organisation = await openOrganisation()
  const before = bookOf(organisation).book
  await ask(organisation, 25, 0)
  organisation.clock.nowMs += 31 * 86_400_000
  await before.round(true)
  await ask(organisation, 5, 30)
  const after = bookOf(organisation).book
  assert.equal(after.shown(), undefined)
  await after.round(true)
  const { running, months } = after.shown() ?? assert.fail()
  assert.deepEqual(
    months.map(({ counts }) => counts.exchanges),
    [20],
  )
  // The five that were left over, the five of now, and thirty denials.
  assert.deepEqual(running.from, months[0]?.counts.to)
  assert.deepEqual(
    [running.exchanges, running.cells.map(({ sort, count }) => [sort, count])],
    [
      40,
      [
        ['answered', 10],
        ['denied', 30],
      ],
    ],
  )
  await before.round(true)
  assert.deepEqual(before.shown(), after.shown())
})

/** What whoever verifies the log finds in the counts that stand in it, and how many there are. */
async function judged({ reader }: ChainOrganisation): Promise<readonly (readonly string[])[]> {
  const log = reader.logOf(origin)
  const size = (await log.head())?.size ?? 0
  const leaves = await log.readLeaves(0, size)
  const history = countsHistory(origin)
  const found: (readonly string[])[] = []
  for (const [index, leaf] of leaves.entries()) {
    if (leaf[1] === LEAF_CLASSES.exchange) continue
    history.pass(index)
    const entry = await readPublicEntry(log, index)
    const record = governanceRecordSchema.parse(readCanonicalJson(entry?.recordBytes ?? utf8('')))
    const problems = history.problemsOf(index, record)
    if (record.kind === countsKind) found.push(problems)
  }
  return found
}

test('months that are published as they come are found good by whoever verifies the log', async () => {
  const organisation = await openOrganisation()
  const { book } = bookOf(organisation)
  for (const [answered, denied] of [
    [32, 13],
    [0, 3],
    [0, 0],
    [41, 2],
  ] as const) {
    await ask(organisation, answered, denied)
    await book.round(true)
    organisation.clock.nowMs += 31 * 86_400_000
  }
  await book.round(true)
  assert.deepEqual(await judged(organisation), [[], [], [], []])
})

test('what is shown is read from memory, and an erased record is among the exchanges alone', async () => {
  const organisation = await openOrganisation()
  await ask(organisation, 20, 0)
  const rows = organisation.disk.tables.entries
  const erased = rows.findIndex(({ leaf }) => leaf[1] === LEAF_CLASSES.exchange)
  const row = rows[erased] ?? assert.fail()
  rows[erased] = { ...row, sealed: new Uint8Array() }
  const seen = bookOf(organisation)
  await seen.book.round(true)
  const { reads } = seen
  const { running } = seen.book.shown() ?? assert.fail()
  assert.deepEqual([running.exchanges, running.cells[0]?.count], [20, 10])
  assert.equal(seen.reads, reads)
})
