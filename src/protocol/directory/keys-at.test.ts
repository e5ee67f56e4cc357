import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  directoryNowMs as nowMs,
  directoryPublicKey,
  sampleKey,
  sampleRecord,
} from '../../testing/index.ts'
import { type AcceptedRecord, defaultDirectoryLocks as locks, keysAt } from './index.ts'

const dayMs = 86_400_000
const first = { record: sampleRecord({ keys: [sampleKey(2)] }), acceptedAtMs: nowMs }
const second = {
  record: sampleRecord({ version: 2, keys: [sampleKey(3)] }),
  acceptedAtMs: nowMs + 10 * dayMs,
}
const key = (number: number, isRevoked = false) => ({
  publicKey: directoryPublicKey(number),
  isRevoked,
})
const at = (history: readonly AcceptedRecord[], atMs: number) =>
  keysAt(history, { use: 'gateway', atMs, locks })

test('a key that was changed since is still the one that counted then', () => {
  const history = [first, second]
  assert.deepEqual(at(history, nowMs + dayMs), [key(2)])
  assert.deepEqual(at(history, nowMs + 10 * dayMs), [], 'the new one waits a day')
  assert.deepEqual(at(history, nowMs + 11 * dayMs), [key(3)])
  assert.deepEqual(at(history, nowMs - 1), [], 'nothing was accepted yet')
  assert.deepEqual(at([], nowMs), [])
})

test('a key that was revoked later is told as revoked, also of the time before', () => {
  const revoked = {
    use: 'gateway' as const,
    name: null,
    publicKey: directoryPublicKey(2),
    revokedAtMs: nowMs + 20 * dayMs,
  }
  const third = {
    record: sampleRecord({ version: 3, keys: [sampleKey(3)], revoked: [revoked] }),
    acceptedAtMs: nowMs + 20 * dayMs,
  }
  assert.deepEqual(at([first, second, third], nowMs + dayMs), [key(2, true)])
  assert.deepEqual(at([first, second, third], nowMs + 15 * dayMs), [key(3), key(2, true)])
  const others = keysAt([first, third], { use: 'dpo', atMs: nowMs + dayMs, locks })
  assert.deepEqual(others, [], 'of another use')
})
