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
  holderStateBytes,
  readHolderState,
  readTallyState,
  tallyStateBytes,
} from './state-bytes.ts'
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
      const restarted = readHolderState(holderStateBytes(state))
      assert.deepEqual(restarted, state)
      assert.deepEqual(holderOutbox(restarted), holderOutbox(state))
      restarts += 1
      return restarted
    },
  })
  assert.ok(restarts >= 8)
  const tally = readTallyState(tallyStateBytes(run.tally))
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
  const { scalar, saltKey, places, dummies } = left.secrets
  const hidden = [scalar, saltKey, dummies.s.slice(0, 32), dummies.unused.slice(0, 32)]
    .concat(places.map(({ content }) => content))
    .concat(
      [left.made.blinded, left.made.remasked, left.taken.blinded].flatMap(
        (list) => list?.slice(49, 81) ?? [],
      ),
    )
    .map((bytes) => bytes.slice())
  const text = (bytes: Uint8Array): string => String(Buffer.from(bytes))
  const found = (bytes: Uint8Array): number =>
    hidden.filter((one) => text(bytes).includes(encodeBase64(one).slice(0, -4))).length
  assert.ok(found(holderStateBytes(left)) >= places.length)
  const destroyed = destroyHolder(left)
  assert.equal(found(holderStateBytes(destroyed)), 0)
  assert.ok(
    [scalar, saltKey, dummies.s, dummies.unused].every((bytes) =>
      bytes.every((byte) => byte === 0),
    ),
  )
  assert.ok(places.every(({ content }) => content.every((byte) => byte === 0)))
  const audit = { from: 'inspector', bytes: utf8('{"kind":"join.audit"}') } as const
  assert.throws(() => holderReceives(destroyed, audit, run.deps.left), {
    code: 'SECRETS_DESTROYED',
  })
  const tally = destroyTally(run.tally)
  assert.ok(tally.taken['left.remasked'] === undefined && tally.taken['left.commit'] !== undefined)
  assert.ok(tally.made.result !== undefined)
})

test('bytes that are no state are refused without saying what is in them', () => {
  const bytes = tallyStateBytes(beginTally(samplePlan(), sampleDeps()).state)
  for (const wrong of [utf8('{}'), bytes.slice(1), bytes.map((byte, at) => (at === 40 ? 0 : byte))])
    assert.throws(() => readTallyState(wrong), { code: 'STATE_INVALID' })
  assert.throws(() => readHolderState(bytes), { code: 'STATE_INVALID' })
})
