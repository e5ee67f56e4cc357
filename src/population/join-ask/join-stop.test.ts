import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeHex, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { sampleBothTerms, sampleJoinPlan, sampleJoinQuestion } from '../../testing/join/index.ts'
import { abortBytes } from '../psi/index.ts'
import { joinStopOf } from './join-stop.ts'

const plan = sampleJoinPlan(sampleJoinQuestion(), sampleBothTerms())

test('who stopped a run, whom they blame and by which messages is told by organisation', () => {
  const { left, right, tally } = plan
  const names = { left: left.organisation, right: right.organisation, tally }
  const shown = [utf8('one'), utf8('another')]
  for (const by of ['left', 'right', 'tally'] as const)
    for (const blames of ['left', 'right', 'tally', null] as const) {
      const bytes = abortBytes(plan, { by, code: 'MESSAGE_CHANGED', blames, shown })
      assert.deepEqual(joinStopOf(plan, bytes), {
        by: names[by],
        blames: blames === null ? null : names[blames],
        digests: shown.map((message) => encodeHex(sha256(message))),
      })
    }
})

test('an abort of another plan, or bytes that are none, is not told', () => {
  const other = { ...plan, qid: 'f'.repeat(32) }
  const bytes = abortBytes(other, { by: 'left', code: 'GIVEN_UP', blames: null, shown: [] })
  assert.throws(() => joinStopOf(plan, bytes), { code: 'PLAN_MISMATCH' })
  assert.throws(() => joinStopOf(plan, utf8('{}')), { code: 'MESSAGE_MALFORMED' })
})
