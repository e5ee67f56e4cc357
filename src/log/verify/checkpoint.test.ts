import assert from 'node:assert/strict'
import test from 'node:test'
import { encodeBase64 } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { parseDecimal } from './decimal.ts'
import { openCheckpoint } from './open-note.ts'
import { parseNote } from './note.ts'
import { rootOfEntries } from './tree-hasher.ts'
import { parseVerifierKey } from './verifier-key.ts'
import { NAIVE_OPTIONS, ORIGIN, signedCheckpoint } from '../../testing/naive-log/index.ts'
import { codeOf, flipBit, readVectors, reportRun } from './vectors.test.ts'

interface TextVector {
  readonly id: string
  readonly text: string
  readonly origin: string
  readonly size: number | string
  readonly root: string
  readonly extensions: readonly string[]
}

interface Vectors {
  readonly specExample: { signedNote: string; origin: string; size: number; root: string }
  readonly goldenLog: {
    readonly origin: string
    readonly vkey: string
    readonly entries: readonly string[]
    readonly checkpoints: readonly { size: number; root: string; checkpoint: string }[]
  }
  readonly valid: readonly TextVector[]
  readonly malformed: readonly { id: string; text: string }[]
}

const { vectors }: { vectors: Vectors } = JSON.parse(readVectors('c2sp-tlog-checkpoint.json'))
const keys = {
  log: parseVerifierKey(vectors.goldenLog.vkey),
  witnesses: [],
  ed25519: bestEd25519(),
}

test('every checkpoint of the vectors gets the verdict of the specification', () => {
  const { specExample, goldenLog, valid, malformed } = vectors
  let run = 0
  const example = parseCheckpoint(parseNote(specExample.signedNote).text)
  assert.deepEqual([example.origin, example.size], [specExample.origin, specExample.size])
  run += 1
  for (const { id, text, origin, size, root, extensions } of valid) {
    run += 1
    if (typeof size === 'string') {
      // Well-formed, but this reader counts to 2^53 − 1 and says so.
      assert.equal(
        codeOf(() => parseCheckpoint(text)),
        'SIZE_UNSUPPORTED',
        id,
      )
      continue
    }
    const parsed = parseCheckpoint(text)
    const { root: parsedRoot, ...rest } = parsed
    assert.deepEqual(
      { ...rest, root: encodeBase64(parsedRoot) },
      { origin, size, root, extensions },
    )
  }
  for (const { id, text } of malformed) {
    assert.equal(
      codeOf(() => parseCheckpoint(text)),
      'CHECKPOINT_MALFORMED',
      id,
    )
    run += 1
  }
  const entries = goldenLog.entries.map((entry) => new TextEncoder().encode(entry))
  for (const { size, root, checkpoint } of goldenLog.checkpoints) {
    const { checkpoint: opened } = openCheckpoint(checkpoint, keys)
    assert.deepEqual([opened.origin, opened.size], [goldenLog.origin, size])
    assert.equal(encodeBase64(opened.root), root)
    assert.equal(encodeBase64(rootOfEntries(entries.slice(0, size))), root)
    run += 1
  }
  const total = 1 + valid.length + malformed.length + goldenLog.checkpoints.length
  reportRun('c2sp-tlog-checkpoint.json', run, total)
})

test('one flipped bit in a signed checkpoint is noticed, whichever', () => {
  const note = vectors.goldenLog.checkpoints[7]?.checkpoint ?? ''
  for (let byte = 0; byte < new TextEncoder().encode(note).length; byte += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      assert.notEqual(
        codeOf(() => openCheckpoint(flipBit(note, byte, bit), keys)),
        undefined,
      )
    }
  }
})

test('a checkpoint is refused when the key that signed it bears another name than the origin', () => {
  const note = vectors.goldenLog.checkpoints[3]?.checkpoint ?? ''
  const renamed = { ...keys.log, name: 'other.example/log' }
  assert.equal(
    codeOf(() => openCheckpoint(note, { ...keys, log: renamed })),
    'NOTE_UNSIGNED',
  )
  assert.equal(
    codeOf(() => openCheckpoint(note, { ...keys, log: [] })),
    'NOTE_UNSIGNED',
  )
})

test('a checkpoint with extension lines is refused although its signatures are good', () => {
  const { policy, ed25519 } = NAIVE_OPTIONS
  const log = policy.logs.map(({ key }) => key)
  const root = 'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg='
  const plain = signedCheckpoint(`${ORIGIN}\n8\n${root}\n`)
  const extended = signedCheckpoint(`${ORIGIN}\n8\n${root}\nmore\n`)
  const witnesses = policy.witnesses.map(({ key }) => key)
  assert.equal(openCheckpoint(plain, { log, witnesses, ed25519 }).cosignatures.length, 1)
  const code = codeOf(() => openCheckpoint(extended, { log, witnesses, ed25519 }))
  assert.equal(code, 'EXTENSION_REFUSED')
})

test('numbers are digits alone, up to 2^53 - 1', () => {
  assert.equal(parseDecimal('0'), 0)
  assert.equal(parseDecimal('9007199254740991'), Number.MAX_SAFE_INTEGER)
  assert.equal(parseDecimal('9007199254740992'), 'unsupported')
  assert.equal(parseDecimal('18446744073709551615'), 'unsupported')
  for (const text of [
    '',
    ' ',
    '+1',
    '-1',
    '01',
    '0x1',
    '1e3',
    '1_0',
    '1.0',
    '١',
    '18446744073709551616',
  ]) {
    assert.equal(parseDecimal(text), undefined, text)
  }
})
