import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64, encodeHex, utf8 } from '../../../bytes/index.ts'
import {
  carry,
  deliver,
  numbersFrom,
  people,
  runJoin,
  sampleDeps,
  samplePlan,
} from '../../../testing/join/index.ts'
import { destroyHolder, destroyTally } from './destroy.ts'
import { holderOutbox, holderReceives } from './holder-receives.ts'
import {
  holderStateParts,
  listsOfHead,
  readHolderState,
  readTallyState,
  type StateParts,
  tallyStateParts,
} from './state-parts.ts'
import type { HolderState } from './holder-state.ts'
import { beginTally, tallyOutbox } from './tally-receives.ts'

const rows = {
  left: [people(...numbersFrom(0, 30))],
  right: [people(...numbersFrom(10, 40))],
}

test('a run goes on through a restart of everybody after every message, with the same bytes', () => {
  let restarts = 0
  const run = runJoin(samplePlan(), {
    rows,
    corrupt(state) {
      const restarted = readHolderState(holderStateParts(state))
      assert.deepEqual(restarted, state)
      assert.deepEqual(holderOutbox(restarted), holderOutbox(state))
      restarts += 1
      return restarted
    },
  })
  assert.ok(restarts >= 8)
  const tally = readTallyState(tallyStateParts(run.tally))
  assert.deepEqual(tally, run.tally)
  assert.deepEqual(tallyOutbox(tally), tallyOutbox(run.tally))
  assert.ok(tally.made.result !== undefined)
})

test('after a restart everything is sent again as it was, and changes nothing', () => {
  const run = runJoin(samplePlan(), { rows })
  const before = structuredClone(run.holders)
  for (const side of ['left', 'right'] as const) {
    const again = carry(side, holderOutbox(run.holders[side]))
    assert.ok(again.length >= 6)
    for (const message of again) {
      const first = run.carried.find(
        ({ from, to, bytes }) =>
          from === message.from &&
          to === message.to &&
          encodeHex(bytes) === encodeHex(message.bytes),
      )
      assert.ok(first !== undefined)
      deliver(run, message)
    }
  }
  assert.deepEqual(run.holders, before)
  assert.equal(run.tally.stopped, undefined)
})

test('a destroyed state has no key, scalar, identifier or list, and opens nothing', () => {
  const run = runJoin(samplePlan(), { rows })
  const { left } = run.holders
  assert.ok(left.secrets !== undefined)
  const { scalar, saltKey, rows: own, blanks, dummies } = left.secrets
  const hidden = [scalar, saltKey, dummies.s, dummies.unused, own.slots, own.leaves, blanks]
    .concat(
      [left.made.blinded, left.made.remasked, left.taken.blinded].flatMap(
        (list) => list?.subarray(49) ?? [],
      ),
    )
    // Two points in a row: single ones stand in openings, which are kept.
    .map((bytes) => bytes.slice(0, 64))
  const found = (parts: StateParts): number => {
    const kept = [parts.head, ...[...parts.lists.values()].map((read) => read())].map((bytes) =>
      encodeHex(bytes),
    )
    const heads = kept.concat(kept.map((hex) => String(Buffer.from(hex, 'hex'))))
    return hidden.filter((one) =>
      heads.some((text) => text.includes(encodeHex(one)) || text.includes(encodeBase64(one))),
    ).length
  }
  assert.equal(found(holderStateParts(left)), hidden.length)
  const destroyed = destroyHolder(left)
  assert.equal(found(holderStateParts(destroyed)), 0)
  assert.ok(
    [scalar, saltKey, dummies.s, dummies.unused, own.slots, blanks].every((bytes) =>
      bytes.every((byte) => byte === 0),
    ),
  )
  const audit = { from: 'inspector', bytes: utf8('{"kind":"join.audit"}') } as const
  assert.throws(() => holderReceives(destroyed, audit, run.deps.left), {
    code: 'SECRETS_DESTROYED',
  })
  const tally = destroyTally(run.tally)
  assert.ok(tally.taken['left.remasked'] === undefined && tally.taken['left.commit'] !== undefined)
  assert.ok(tally.made.result !== undefined)
})

test('pieces that are no state are refused without saying what is in them', () => {
  const parts = tallyStateParts(beginTally(samplePlan(), sampleDeps()).state)
  const { head, lists } = parts
  for (const wrong of [utf8('{}'), head.slice(1), head.map((byte, at) => (at === 40 ? 0 : byte))])
    assert.throws(() => readTallyState({ head: wrong, lists }), { code: 'STATE_INVALID' })
  assert.throws(() => readHolderState(parts), { code: 'STATE_INVALID' })
  const holder = holderStateParts(runJoin(samplePlan(), { rows }).holders.left)
  for (const name of holder.lists.keys()) {
    const fewer = new Map([...holder.lists].filter(([one]) => one !== name))
    assert.throws(() => readHolderState({ head: holder.head, lists: fewer }), {
      code: 'STATE_INVALID',
    })
  }
  assert.deepEqual(listsOfHead(holder.head), [...holder.lists.keys()])
  assert.equal(listsOfHead(utf8('{}')), undefined)
})

test('a list never changes under its name: a step writes its head and what is new', () => {
  const names = new Map<string, string>()
  const corrupt = (state: HolderState): HolderState => {
    if (state.side === 'left')
      for (const [name, read] of holderStateParts(state).lists) {
        const hex = encodeHex(read())
        assert.equal(names.get(name) ?? hex, hex, name)
        names.set(name, hex)
      }
    return state
  }
  runJoin(samplePlan(), { rows, corrupt })
  assert.ok(names.size >= 12)
})
