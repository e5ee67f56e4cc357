import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JoinMessageRow, JoinRow } from '../../src/population/index.ts'
import { readJoinPlan, readResult } from '../../src/population/psi/index.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { type JoinGateways, openJoinGateways, untilVerified } from './join-gateways.ts'
import { sampleQuestion, sampleRegisters, trueTable } from './sample-registers.ts'

/*
 * `kill -9` of real gateways in the middle of a run, and what the three logs and ledgers say once it was started again. A
 * party is killed as soon as its store shows that a phase was reached; how much further it has come by then is chance.
 */

const people = { tax: 1_500, homes: 1_200, overlap: 900, size: 1_500 }
const parties = ['tax', 'homes', 'office'] as const
type Party = (typeof parties)[number]
const populations = { tax: 'incomes-people', homes: 'homes-people' } as const

/** Just begun, and the first entry of each later message of the run. */
const phases = ['begun', 'M1', 'M3', 'M5', 'M6'] as const
type Phase = (typeof phases)[number]

interface Kill {
  readonly party: Party
  readonly phase: Phase
}

const all: readonly Kill[] = parties.flatMap((party) => phases.map((phase) => ({ party, phase })))
/** A killed party is called again after a pause, so each kill takes its time; `./test --all` has all fifteen. */
const one: readonly Kill[] = [{ party: 'homes', phase: 'M3' }]

/** A party that was killed is called again after pauses that grow: many times what that takes. */
const patienceMs = 600_000
let house: JoinGateways

before(async () => {
  house = await openJoinGateways(sampleRegisters(people))
})

after(async () => {
  await house[Symbol.asyncDispose]()
})

const rowsOf = (party: Party): Promise<readonly JoinRow[]> =>
  house.read(party, (reader) => reader.joins())

const rowOf = (party: Party, planHash: string): Promise<JoinRow | undefined> =>
  house.read(party, (reader) => reader.join(planHash))

const messagesOf = (party: Party, planHash: string): Promise<readonly JoinMessageRow[]> =>
  house.read(party, (reader) => reader.joinMessages(planHash))

/** Charges of a holder's year, and the millionths of epsilon that they come to. */
async function ledgerOf(party: 'tax' | 'homes'): Promise<{ charges: number; spent: number }> {
  return house.read(party, async (reader) => {
    const rows = await reader.ledgerOf(populations[party])
    const fromMs = (await reader.budgetOf(populations[party]))?.budget.fromMs ?? 0
    const { microEpsilon } = await reader.spentOf(populations[party], fromMs)
    return { charges: rows.filter((row) => 'charge' in row).length, spent: microEpsilon }
  })
}

async function until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const startedMs = Date.now()
  while (Date.now() < startedMs + patienceMs) {
    const found = await look()
    if (found !== undefined) return found
    await sleep(5)
  }
  const said = Object.values(house.gateways).map((gateway) => gateway.stderr().slice(-2_000))
  throw new Error(`${what} does not come:\n${said.join('\n')}`)
}

/** The run that the party has besides known ones, once it has come to the phase. */
async function reached(
  { party, phase }: Kill,
  known: ReadonlySet<string>,
): Promise<JoinRow | undefined> {
  const row = (await rowsOf(party)).find(({ planHash }) => !known.has(planHash))
  if (row === undefined || phase === 'begun') return row
  return (await messagesOf(party, row.planHash)).some(({ leg }) => leg === phase) ? row : undefined
}

/** Where all three say that the run is over, and nobody lacks a message. */
async function ended(planHash: string): Promise<readonly JoinRow[] | undefined> {
  const rows = await Promise.all(parties.map((party) => rowOf(party, planHash)))
  const over = rows.filter((row) => row?.end !== undefined)
  if (over.length < parties.length) return undefined
  const messages = await Promise.all(parties.map((party) => messagesOf(party, planHash)))
  // Of a run that is stopped what was not sent before is not sent any more.
  const isStopped = over.some((row) => row?.end?.state === 'stopped')
  const owed = messages.flat().filter(({ leg }) => !isStopped || leg === 'ABORT')
  return owed.every(({ isSettled }) => isSettled) ? over.map((row) => sure(row)) : undefined
}

function sure<Value>(value: Value | undefined): Value {
  assert.ok(value !== undefined)
  return value
}

/** One table for all three, no number further from the truth than its law allows. */
function checkTable(rows: readonly JoinRow[]): void {
  const results = rows.map(({ end }) => sure(end?.result))
  for (const result of results) assert.deepEqual(result, results[0])
  const plan = readJoinPlan(sure(rows[0]).plan)
  const [table] = readResult(plan, sure(results[0])).parts
  const tau = sure(plan.taus[0])
  const truth = trueTable(people).flat()
  table?.cells.flat().forEach((cell, at) => {
    assert.ok(Math.abs(cell - (truth[at] ?? Number.NaN)) <= tau)
  })
}

/** All three have the same abort, and its digest is an entry of whoever sent it and of whoever got it. */
async function checkAbort(rows: readonly JoinRow[]): Promise<void> {
  const aborts = rows.map(({ end }) => sure(end?.abort))
  assert.ok(rows.every(({ end }) => end?.state === 'stopped' && end.code === 'GIVEN_UP'))
  for (const abort of aborts) assert.deepEqual(abort, aborts[0])
  for (const party of parties) {
    const messages = await messagesOf(party, sure(rows[0]).planHash)
    assert.ok(messages.some(({ leg }) => leg === 'ABORT'))
  }
}

/** What one log says was sent, the other says was received, under one digest; and no place of a run has two contents. */
async function checkMessages(planHash: string): Promise<void> {
  const orgOf: Readonly<Record<string, Party>> = { left: 'tax', right: 'homes', tally: 'office' }
  const [sent, received]: [string[], string[]] = [[], []]
  for (const party of parties)
    for (const { direction, leg, digest, ...one } of await messagesOf(party, planHash)) {
      const other = orgOf[one.party] ?? '?'
      if (direction === 'sent' && one.isSettled) sent.push(`${leg} ${party} ${other} ${digest}`)
      if (direction === 'received') received.push(`${leg} ${other} ${party} ${digest}`)
    }
  assert.deepEqual(sent.toSorted(), received.toSorted())
  assert.equal(new Set(sent).size, sent.length)
}

for (const [at, kill] of (wantsLongRuns() ? all : one).entries()) {
  const { party, phase } = kill
  const when = phase === 'begun' ? 'right after it has begun' : `with the entry of its ${phase}`
  test(`${party} is killed ${when}: one charge a ledger, and one table or one abort`, async (context) => {
    const known = new Set((await rowsOf('office')).map(({ planHash }) => planHash))
    const before = { tax: await ledgerOf('tax'), homes: await ledgerOf('homes') }
    // Each question is another one: the same one would be given the table that there is.
    const question = { ...sampleQuestion, epsilon: (50 - at) / 100, delta: '1e-9' }
    // A gateway that was killed before may not be reached yet: until there is a run, it is asked for again.
    let isThere = false
    const asking = (async () => {
      while (!isThere) {
        const ran = await house.join('run', question, '--json').catch(() => undefined)
        if (ran?.exit === 0) return
        await sleep(500)
      }
    })()
    const row = await until('the phase', () => reached(kill, known))
    isThere = true
    const seen = await messagesOf(party, row.planHash)
    await house.gateways[party].kill()
    await house.start(party)
    await asking
    const rows = await until('an end', () => ended(row.planHash))
    const state = rows[0]?.end?.state
    context.diagnostic(`${state}; ${seen.length} messages were entries before`)
    if (rows.every(({ end }) => end?.state === 'done')) checkTable(rows)
    else await checkAbort(rows)
    await checkMessages(row.planHash)
    // An entry that was there before is there, and stands where it stood.
    const now = await messagesOf(party, row.planHash)
    for (const { digest, direction, party: other, place } of seen) {
      const same = now.find(
        (one) => one.digest === digest && one.party === other && one.direction === direction,
      )
      assert.deepEqual(same?.place, place)
    }
    const price = Math.round(question.epsilon * 1_000_000)
    for (const holder of ['tax', 'homes'] as const) {
      const { charges, spent } = await ledgerOf(holder)
      assert.equal(charges, before[holder].charges + 1)
      assert.ok(Math.abs(spent - before[holder].spent - price) <= 2)
    }
  })
}

test('the logs of all three are good, with every entry of every run in them', async () => {
  await sleep(1_500)
  for (const party of parties) await untilVerified(house, party)
})
