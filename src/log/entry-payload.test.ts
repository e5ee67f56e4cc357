import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { concatBytes, decodeUtf8, utf8 } from '../bytes/index.ts'
import { aesGcm, systemRandomness } from '../platform/index.ts'
import { memoryRecordKeys, sampleExchange } from '../testing/index.ts'
import { bystanderMarks } from './entry-marks.ts'
import { joinPayload, splitPayload } from './entry-payload.ts'
import { makeEntry } from './make-entry.ts'
import { entryPayload } from './read-entry.ts'

const aead = aesGcm(systemRandomness)
const recordKeys = memoryRecordKeys(new Uint8Array(32).fill(3))
const s = new Uint8Array(32).fill(0x0a)

test('a payload is taken apart as it was put together, whatever its secrets hold', () => {
  const secret = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(secret, secret, fc.boolean(), (r, salt, isMarked) => {
      const { recordBytes } = makeEntry(sampleExchange, r)
      const marks = isMarked ? bystanderMarks : undefined
      const payload = joinPayload({ r, s: salt, recordBytes, marks })
      assert.deepEqual(splitPayload(payload), { r, s: salt, recordBytes, marks })
    }),
  )
})

test('without marks a payload is what it always was, and marks are no part of record or leaf', () => {
  const r = systemRandomness.bytes(32)
  const { recordBytes, leaf } = makeEntry(sampleExchange, r)
  const plain = joinPayload({ r, s, recordBytes, marks: undefined })
  assert.deepEqual(plain, concatBytes(r, s, recordBytes))
  const marked = joinPayload({ r, s, recordBytes, marks: bystanderMarks })
  assert.deepEqual(marked.subarray(0, plain.length), plain)
  assert.equal(decodeUtf8(marked.subarray(plain.length)), '\n{"bystander":true}')
  const key = recordKeys.forSealing(0, false)
  const read = [plain, marked].map((payload) =>
    entryPayload({ leaf, sealed: aead.seal(key, payload, leaf), timeMs: 0 }, { aead, recordKeys }),
  )
  assert.deepEqual(read[0]?.recordBytes, read[1]?.recordBytes)
  assert.deepEqual(
    read.map((one) => one?.marks),
    [undefined, bystanderMarks],
  )
})

test('marks of any other form are an error, and nothing of their entry is read', () => {
  const r = systemRandomness.bytes(32)
  const { recordBytes, leaf } = makeEntry(sampleExchange, r)
  const key = recordKeys.forSealing(0, false)
  const bad = [
    '',
    '{}',
    '{"bystander":false}',
    '{"bystander": true}',
    '{"Bystander":true}',
    '{"bystander":true}\n',
    '{"bystander":true}\n{"bystander":true}',
    '{"bystander":true,"kin":true}',
    '{"kin":true}',
  ]
  for (const marks of bad) {
    const payload = concatBytes(r, s, recordBytes, utf8(`\n${marks}`))
    const sealed = aead.seal(key, payload, leaf)
    const read = (): unknown => entryPayload({ leaf, sealed, timeMs: 0 }, { aead, recordKeys })
    assert.throws(read, { code: 'MARKS_UNKNOWN' }, marks)
  }
})

test('governance has no marks: with any, its payload is not the one of its leaf', () => {
  const r = systemRandomness.bytes(32)
  const record = {
    v: 1,
    class: 'governance',
    kind: 'agreement.published',
    timeMs: 1,
    organisation: 'tax',
    name: null,
    digest: null,
    body: null,
  } as const
  const { recordBytes, leaf } = makeEntry(record, r)
  const zeros = new Uint8Array(32)
  const read = (marks: typeof bystanderMarks | undefined): unknown => {
    const sealed = joinPayload({ r, s: zeros, recordBytes, marks })
    return entryPayload({ leaf, sealed, timeMs: 0 }, { aead, recordKeys })
  }
  assert.ok(read(undefined) !== undefined)
  assert.equal(read(bystanderMarks), undefined)
})
