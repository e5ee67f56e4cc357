import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalBytes, encodeBase64 } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import type { GovernanceRecord } from '../../entry/index.ts'
import { openingLeaf } from '../opening.ts'
import type { Audit } from './audit.ts'
import { checkEntry, openingPath } from './check-entry.ts'
import { epochHistory } from './epoch-history.ts'
import { logEnding } from './log-ending.ts'
import { problemList } from './log-problem.ts'

const digest = encodeBase64(new Uint8Array(32).fill(9))
const vrfKey = encodeBase64(new Uint8Array(32).fill(1))
const otherKey = encodeBase64(new Uint8Array(32).fill(2))

function closed(
  epoch: number,
  size: number,
  change: Record<string, string> = {},
): GovernanceRecord {
  const vrf = 'ECVRF-EDWARDS25519-SHA512-ELL2'
  return {
    v: 1,
    class: 'governance',
    kind: 'epoch.closed',
    timeMs: 1000 * epoch,
    organisation: 'tax',
    name: String(epoch),
    digest,
    body: { epoch, periodMs: 1000, size, vrf, vrfKey, ...change },
  }
}

/** Which of these entries, ten apart, do not follow. */
function breaks(...records: readonly GovernanceRecord[]): readonly number[] {
  const history = epochHistory()
  return records.flatMap((record, place) =>
    history.follows(10 * place + 9, record) ? [] : [place],
  )
}

test('epochs that follow one another hold, from any number on, with other acts between', () => {
  assert.deepEqual(breaks(closed(0, 3), closed(1, 3), closed(2, 20)), [])
  assert.deepEqual(breaks(closed(7, 0), { ...closed(1, 1), kind: 'admin.start' }, closed(8, 5)), [])
})

test('another key of handles, a gap, a repetition, or a size that cannot be is found', () => {
  assert.deepEqual(breaks(closed(0, 3), closed(1, 4, { vrfKey: otherKey })), [1])
  assert.deepEqual(breaks(closed(0, 3), closed(2, 4)), [1])
  assert.deepEqual(breaks(closed(0, 3), closed(0, 4)), [1])
  assert.deepEqual(breaks(closed(0, 3), closed(1, 2)), [1])
  assert.deepEqual(breaks(closed(0, 10)), [0])
  assert.deepEqual(breaks({ ...closed(0, 3), name: '1' }), [0])
  assert.deepEqual(breaks({ ...closed(0, 3), digest: null }), [0])
  assert.deepEqual(breaks(closed(0, 3, { more: 'x' })), [0])
})

test('the verification of a log names the entry that closed an epoch out of order', async () => {
  const files = new Map<string, Uint8Array>()
  const leaves: Uint8Array[] = []
  const r = new Uint8Array(32).fill(3)
  const records = [closed(0, 0), closed(1, 1), closed(2, 1, { vrfKey: otherKey })]
  for (const [index, record] of records.entries()) {
    const json = JSON.parse(JSON.stringify(record))
    files.set(openingPath(index), canonicalBytes({ index, r: encodeBase64(r), record: json }))
    const leaf = openingLeaf({ r, record: json })
    assert.ok(leaf !== undefined)
    leaves.push(leaf)
  }
  const problems = problemList()
  const audit: Audit = {
    source: { read: async (path) => files.get(path) },
    size: 3,
    root: new Uint8Array(32),
    problems,
    sha256,
    ending: logEnding(),
    epochs: epochHistory(),
    history: undefined,
  }
  for (const [entry, leaf] of leaves.entries())
    await checkEntry(audit, {
      entry,
      leaf,
      hash: sha256(leaf),
      file: 'tile/entries/000',
      offset: 0,
    })
  assert.deepEqual(problems.found, [{ code: 'EPOCH_INCONSISTENT', file: 'governance/2', entry: 2 }])
})
