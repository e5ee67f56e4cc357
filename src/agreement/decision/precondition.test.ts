import assert from 'node:assert/strict'
import { test } from 'node:test'

import { samplePermitted } from '../../testing/index.ts'
import { meetsPrecondition } from './precondition.ts'

test('the identifier scheme and the age of the proof of identity are as agreed', () => {
  const { request, nowMs } = samplePermitted()
  const meets = (scheme: string): boolean =>
    meetsPrecondition({ kind: 'identifier-scheme', scheme }, request, nowMs)
  assert.ok(meets('demo-nin'))
  assert.ok(!meets('other'))
  const recent = { kind: 'recent-authentication', seconds: 60 } as const
  assert.ok(meetsPrecondition(recent, request, nowMs))
  assert.ok(!meetsPrecondition(recent, request, nowMs + 1))
})
