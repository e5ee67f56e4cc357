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
import { type JoinPlan, planHash } from '../psi/index.ts'

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
