import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  type CarryingHouse,
  type HouseParty,
  oneCell,
  openCarryingHouse,
  sampleJoinRows,
} from '../../testing/join/index.ts'
import { mostJoins } from '../ledger/index.ts'
import { type JoinPlan, planHash } from '../psi/index.ts'
import { messageEntry } from './join-parties.ts'

const rows = sampleJoinRows()
const orgs = { left: 'tax', right: 'labour', tally: 'housing', inspector: 'ombudsman' } as const

/** All bytes below a party's folder: state store, its write-ahead log, files and keys of runs. */
function onDisk({ dir }: CarryingHouse, party: HouseParty): Buffer[] {
  return readdirSync(join(dir, orgs[party]), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => readFileSync(join(item.parentPath, item.name)))
}

/** Whether bytes, or their hex or base64, are anywhere in those. */
function isIn(all: readonly Buffer[], bytes: Uint8Array): boolean {
  const needle = Buffer.from(bytes)
  const forms = [needle, needle.toString('hex'), needle.toString('base64')]
  return forms.some((form) => all.some((one) => one.includes(form)))
}

const hashOf = (plan: JoinPlan): string => Buffer.from(planHash(plan)).toString('hex')

/** What of a holder's run must never be in the clear on disk: its scalars, its list, what it received. */
function secretsOf(house: CarryingHouse, plan: JoinPlan): readonly Uint8Array[] {
  const files = house.at.left.runs.open(hashOf(plan))
  assert.ok(files !== undefined)
  const names = ['secrets.s', 'secrets.unused', 'secrets.blanks', 'made.blinded', 'taken.blinded']
  const lists = names.map((name) => files.read(name)?.slice(64, 128) ?? new Uint8Array(0))
  assert.ok(lists.every(({ length }) => length === 64))
  const head = new TextDecoder().decode(files.read('head.holder'))
  const scalar = /"scalar":"([^"]+)"/.exec(head)?.[1] ?? ''
  assert.equal(scalar.length, 44)
  return [...lists, Buffer.from(scalar, 'base64')]
}

/** The file of a run's key, and what stands in it. */
function keyOf({ dir }: CarryingHouse, party: HouseParty, plan: JoinPlan): Buffer | undefined {
  const file = join(dir, orgs[party], 'join-keys', `${hashOf(plan)}.key`)
  return existsSync(file) ? readFileSync(file) : undefined
}

test('of a run that is over nothing can be opened after its week, and nothing of it was ever in the clear', async () => {
  let nowMs = Date.now()
  await using house = await openCarryingHouse({ rows, clock: { now: () => (nowMs += 1) } })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await house.untilEnded(plan.qid)
  const secrets = secretsOf(house, plan)
  for (const secret of secrets) assert.equal(isIn(onDisk(house, 'left'), secret), false)
  const key = keyOf(house, 'left', plan)
  const sealed = readFileSync(join(house.dir, 'tax', 'joins', hashOf(plan), 'secrets.s'))
  assert.ok(key !== undefined && isIn(onDisk(house, 'left'), sealed.subarray(0, 64)))

  nowMs += 6 * 86_400_000
  for (const { runner } of Object.values(house.at)) await runner.round()
  assert.ok(keyOf(house, 'left', plan) !== undefined)
  nowMs += 2 * 86_400_000
  for (const { runner } of Object.values(house.at)) await runner.round()
  for (const party of ['left', 'right', 'tally'] as const) {
    assert.equal(keyOf(house, party, plan), undefined)
    assert.equal(existsSync(join(house.dir, orgs[party], 'joins', hashOf(plan))), false)
    const { end } = (await house.at[party].store.reader.joinByQid(plan.qid)) ?? {}
    assert.equal(end?.state, 'destroyed')
    assert.ok(end.result !== undefined, 'the result stays')
  }
  const left = onDisk(house, 'left')
  for (const gone of [...secrets, key, sealed.subarray(0, 64)])
    assert.equal(isIn(left, gone), false)
})

/** Adds runs to a party's log that are over: as many as a read of joins shows. */
async function addStopped({ at }: CarryingHouse, plan: JoinPlan): Promise<void> {
  const { writer, reader } = at.left.store
  const known = await reader.joinByQid(plan.qid)
  assert.ok(known !== undefined)
  const parties = messageEntry({ plan, role: 'left', analyst: 'a' }, 'tally', at.left.context)
  const join = { ...known, role: 'tally' as const }
  const all = Array.from({ length: mostJoins }, (_, more) => String(more).padStart(32, '0'))
  await Promise.all(
    all.map(async (qid) => {
      const planHash = `${qid}${qid}`
      await writer.commit({
        type: 'join-begin',
        parties,
        join: { ...join, qid, planHash },
        charge: null,
      })
      const end = {
        state: 'stopped',
        code: 'GIVEN_UP',
        result: undefined,
        abort: undefined,
      } as const
      await writer.commit({ type: 'join-end', parties, planHash, end, resultDigest: null })
    }),
  )
  const newest = await reader.joins()
  assert.equal(
    newest.find(({ qid }) => qid === plan.qid),
    undefined,
  )
}

test('after a start the keys of a run go in their time, however many runs came after it', async () => {
  let nowMs = Date.now()
  await using house = await openCarryingHouse({ rows, clock: { now: () => (nowMs += 1) } })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await house.untilEnded(plan.qid)
  await addStopped(house, plan)
  const [stopped] = await house.at.left.store.reader.joins()
  assert.ok(stopped !== undefined)
  // A crash between the end of a run and its destruction left this one.
  house.at.left.runs.begin(stopped.planHash).write('list', Uint8Array.of(1))
  await house.restart('left')
  assert.equal(house.at.left.runs.open(stopped.planHash), undefined)
  assert.ok(keyOf(house, 'left', plan) !== undefined)
  nowMs += 8 * 86_400_000
  await house.at.left.runner.round()
  assert.equal(keyOf(house, 'left', plan), undefined)
  const { end } = (await house.at.left.store.reader.joinByQid(plan.qid)) ?? {}
  assert.equal(end?.state, 'destroyed')
})

test('what stops is destroyed at once', async () => {
  await using house = await openCarryingHouse({
    rows,
    onTheWay: (request, { from }, send) =>
      from === 'labour' && request.url.endsWith('/m2')
        ? Promise.reject(new TypeError('lost'))
        : send(request),
  })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  const { left } = house.at
  for (let tries = 0; tries < 200; tries += 1) {
    if (left.runs.open(hashOf(plan))?.has('made.blinded') === true) break
    await left.runner.round()
    await left.runner.idle()
  }
  const files = left.runs.open(hashOf(plan))
  const secret = files?.read('secrets.s')?.slice(0, 64)
  const key = keyOf(house, 'left', plan)
  assert.ok(secret !== undefined && key !== undefined)
  const row = await left.store.reader.joinByQid(plan.qid)
  assert.ok(row !== undefined)
  left.runner.giveUp(row, 'GIVEN_UP')
  await house.untilEnded(plan.qid)
  for (const party of ['left', 'right', 'tally'] as const) {
    assert.equal(keyOf(house, party, plan), undefined)
    assert.equal(existsSync(join(house.dir, orgs[party], 'joins', hashOf(plan))), false)
  }
  assert.equal(isIn(onDisk(house, 'left'), key), false)
  assert.equal(isIn(onDisk(house, 'left'), secret), false)
})
