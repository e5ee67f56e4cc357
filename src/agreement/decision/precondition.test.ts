import assert from 'node:assert/strict'
import { test } from 'node:test'

import { samplePermitted } from '../../testing/index.ts'
import { isPlaceholder, meetsPrecondition } from './precondition.ts'

test('one digit repeated, or a run up or down, is a placeholder', () => {
  const placeholders = [
    '0000000000',
    '9999999999',
    '1234567890',
    '0123456789',
    '9876543210',
    'aaaa',
    '',
  ]
  for (const value of placeholders) assert.ok(isPlaceholder(value), value)
  for (const value of ['4815162342', '1234567891', '0000000001', '1010101010']) {
    assert.ok(!isPlaceholder(value), value)
  }
})

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
