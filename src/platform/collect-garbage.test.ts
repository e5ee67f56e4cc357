import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { collectGarbage } from './collect-garbage.ts'

const listBytes = 64_000_000

/** Apart from its caller, whose frame would keep what it has made. */
function madeList(): WeakRef<Uint8Array> {
  return new WeakRef(new Uint8Array(listBytes))
}

test('a list that was dropped is given back, and one that is used stays', async () => {
  const kept = new Uint8Array(listBytes)
  const ofKept = new WeakRef(kept)
  const dropped = madeList()
  // What was made or looked at in a turn is kept until the turn is over.
  await turn()
  collectGarbage()
  assert.ok(dropped.deref() === undefined)
  assert.ok(ofKept.deref() === kept)
  assert.equal(kept.at(-1), 0)
})

test('nothing that runs afterwards finds the collector on its global object', () => {
  collectGarbage()
  assert.ok(!('gc' in globalThis) || globalThis.gc === undefined)
})
