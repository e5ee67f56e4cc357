import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collectGarbage } from './collect-garbage.ts'

const listBytes = 64_000_000

function held(): number {
  return process.memoryUsage().arrayBuffers
}

test('a list that was dropped is given back, and one that is used stays', () => {
  collectGarbage()
  const before = held()
  const kept = new Uint8Array(listBytes)
  let dropped: Uint8Array | undefined = new Uint8Array(listBytes)
  collectGarbage()
  assert.ok(held() - before >= kept.length + dropped.length)
  dropped = undefined
  collectGarbage()
  assert.ok(held() - before < 1.5 * kept.length)
  assert.equal(kept.at(-1), 0)
})

test('nothing that runs afterwards finds the collector on its global object', () => {
  collectGarbage()
  assert.ok(!('gc' in globalThis) || globalThis.gc === undefined)
})
