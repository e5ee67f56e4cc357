import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditedSchema, mostDummies } from './audit-messages.ts'
import { mostMessageBytes, readMessage, writeMessage } from './json-message.ts'

const planHash = new Uint8Array(32).fill(7)
/** The longest that one can be. */
const dummy = { s: planHash, unused: planHash, isUsed: false }

/** An answer that opens as many places as there are, and so many dummies. */
function answerWith(dummies: number): Uint8Array {
  const input = {
    index: 199_999_999,
    number: 0xffff_ffff,
    salt: planHash,
    content: new Uint8Array(528),
    isRow: false,
    inputPath: Array.from({ length: 32 }, () => planHash),
    point: planHash,
    listPath: Array.from({ length: 32 }, () => planHash),
    sign: 0,
    proof: new Uint8Array(48),
  }
  return writeMessage({
    v: 1,
    kind: 'join.audited',
    planHash,
    side: 'right',
    sealKey: new Uint8Array(512),
    inputs: Array.from({ length: 64 }, () => input),
    dummies: Array.from({ length: dummies }, () => dummy),
  })
}

test('an answer with as many dummies as a plan may have fits into a message', () => {
  const two = answerWith(2)
  const each = two.length - answerWith(1).length
  assert.ok(two.length + (mostDummies - 2) * each <= mostMessageBytes)
  assert.equal(readMessage(auditedSchema, two, planHash).dummies?.length, 2)
  // A mean of 10 × 10 cells with 16 levels, at an epsilon of 0.5 and a delta of 10^−9.
  assert.ok(mostDummies > 412_600)
})
