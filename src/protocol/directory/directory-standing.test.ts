import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  directoryNowMs as nowMs,
  sampleKey,
  directoryPublicKey,
  sampleRecord,
} from '../../testing/index.ts'
import {
  type AcceptedRecord,
  defaultDirectoryLocks as locks,
  type DirectoryKey,
  directoryStanding,
} from './index.ts'

const dayMs = 86_400_000

function states(history: readonly AcceptedRecord[], atMs: number): Record<string, string> {
  const standing = directoryStanding(history, locks, atMs)
  return Object.fromEntries(
    (standing?.keys ?? []).map(({ key, standing: { state } }) => [key.publicKey, state]),
  )
}

const revoke = (number: number, use: DirectoryKey['use'] = 'gateway') => ({
  use,
  name: null,
  publicKey: directoryPublicKey(number),
  revokedAtMs: nowMs,
})

test('keys of the first record count at once, later ones a day after they were accepted', () => {
  const first = { record: sampleRecord(), acceptedAtMs: nowMs }
  const second = {
    record: sampleRecord({ version: 2, keys: [sampleKey(2), sampleKey(3)] }),
    acceptedAtMs: nowMs + 1_000,
  }
  const history = [first, second]
  assert.deepEqual(states([first], nowMs), { [directoryPublicKey(2)]: 'current' })
  const openMs = nowMs + 1_000 + dayMs
  assert.equal(states(history, openMs - 1)[directoryPublicKey(3)], 'locked')
  assert.equal(states(history, openMs)[directoryPublicKey(3)], 'current')
  assert.equal(states(history, openMs - 1)[directoryPublicKey(2)], 'current')
})

test('a key that was dropped and comes again waits again', () => {
  const record = (version: number, ...keys: number[]): AcceptedRecord => ({
    record: sampleRecord({ version, keys: keys.map((number) => sampleKey(number)) }),
    acceptedAtMs: nowMs + version * dayMs * 2,
  })
  const history = [record(1, 2, 3), record(2, 2), record(3, 2, 3)]
  const backMs = nowMs + 6 * dayMs
  assert.equal(states(history, backMs + dayMs - 1)[directoryPublicKey(3)], 'locked')
  assert.equal(states(history, backMs + dayMs)[directoryPublicKey(3)], 'current')
})

test('a revoked key never counts again, whatever later records say', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ keys: fc.subarray([2, 3, 4]), revoked: fc.subarray([2, 3, 4]) }), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.integer({ min: 0, max: 40 }),
      (steps, days) => {
        const history = steps.map(({ keys, revoked }, place) => ({
          record: sampleRecord({
            version: place + 1,
            keys: keys.filter((key) => !revoked.includes(key)).map((key) => sampleKey(key)),
            revoked: revoked.map((key) => revoke(key)),
          }),
          acceptedAtMs: nowMs + place * dayMs,
        }))
        const atMs = nowMs + days * dayMs
        const gone = history
          .filter(({ acceptedAtMs }) => acceptedAtMs <= atMs)
          .flatMap(({ record }) => record.revoked.map(({ publicKey }) => publicKey))
        for (const [key, state] of Object.entries(states(history, atMs)))
          if (gone.includes(key)) assert.equal(state, 'revoked')
      },
    ),
    { numRuns: 200 },
  )
})

test('no key counts outside its own time or after its record has ended', () => {
  const key = sampleKey(2, { notBeforeMs: nowMs + 10, notAfterMs: nowMs + 20 })
  const history = [{ record: sampleRecord({ keys: [key] }), acceptedAtMs: nowMs }]
  const at = (ms: number): string | undefined => states(history, nowMs + ms)[directoryPublicKey(2)]
  assert.deepEqual([at(9), at(10), at(19), at(20)], ['not-yet', 'current', 'current', 'expired'])
  const short = sampleRecord({ validUntilMs: nowMs + 5 })
  const ended = [{ record: short, acceptedAtMs: nowMs }]
  assert.equal(states(ended, nowMs + 4)[directoryPublicKey(2)], 'current')
  assert.equal(states(ended, nowMs + 5)[directoryPublicKey(2)], 'expired')
})

test('between two moments that it names as changes, a standing does not change', () => {
  const history = [
    {
      record: sampleRecord({ keys: [sampleKey(2, { notAfterMs: nowMs + 3 * dayMs })] }),
      acceptedAtMs: nowMs,
    },
    {
      record: sampleRecord({
        version: 2,
        keys: [
          sampleKey(2, { notAfterMs: nowMs + 3 * dayMs }),
          sampleKey(3, { notBeforeMs: nowMs + 2 * dayMs }),
        ],
      }),
      acceptedAtMs: nowMs + 1_000,
    },
  ]
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 400 * dayMs }), (after) => {
      const atMs = nowMs + after
      const next = directoryStanding(history, locks, atMs)?.nextChangeMs ?? Number.MAX_SAFE_INTEGER
      const beforeNext = Math.min(next - 1, atMs + 500 * dayMs)
      assert.deepEqual(states(history, beforeNext), states(history, atMs))
    }),
  )
})
