import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { decodeHex, encodeBase64, encodeHex } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { parseNote } from './note.ts'
import { openNote } from './open-note.ts'
import { parseVerifierKey, parseVerifierKeys } from './verifier-key.ts'
import { codeOf, flipBit, readVectors, reportRun } from './vectors.test.ts'

interface NoteVector {
  readonly id: string
  readonly vkeys: readonly string[]
  readonly signedNote?: string
  readonly signedNoteHex?: string
  readonly text?: string
  readonly signatures?: readonly { name: string; keyId: string; signature: string }[]
  readonly verifiedKeys?: readonly string[]
}

interface Vectors {
  readonly keys: readonly { vkey: string; name: string; keyId: string; publicKey: string }[]
  readonly valid: readonly NoteVector[]
  readonly parseOnly: readonly NoteVector[]
  readonly malformed: readonly NoteVector[]
  readonly rejected: readonly NoteVector[]
  readonly implementationDefined: readonly (NoteVector & {
    signatureLine?: string
    repeat?: number
  })[]
  readonly invalidVerifierKeys: readonly { vkey: string; reason: string }[]
}

const { vectors }: { vectors: Vectors } = JSON.parse(readVectors('c2sp-signed-note.json'))
const ed25519 = bestEd25519()

function noteOf({ signedNote, signedNoteHex }: NoteVector): string | Uint8Array {
  return signedNoteHex === undefined ? (signedNote ?? '') : decodeHex(signedNoteHex)
}

function open(note: string | Uint8Array, vkeys: readonly string[]): ReturnType<typeof openNote> {
  return openNote(note, vkeys.map(parseVerifierKey), { ed25519 })
}

test('every note of the vectors gets the verdict of the specification', () => {
  const run = runNotes() + runKeys()
  const total = Object.values(vectors).reduce((sum, list) => sum + list.length, 0)
  reportRun('c2sp-signed-note.json', run, total)
})

function runNotes(): number {
  let run = 0
  for (const vector of [...vectors.valid, ...vectors.parseOnly]) {
    const parsed = parseNote(noteOf(vector))
    assert.equal(parsed.text, vector.text, vector.id)
    if (vector.signatures === undefined) continue
    const signatures = parsed.signatures.map(({ name, keyId, signature }) => {
      return { name, keyId, signature: encodeBase64(signature) }
    })
    assert.deepEqual(signatures, vector.signatures, vector.id)
  }
  run += vectors.parseOnly.length
  for (const vector of vectors.valid) {
    const { text, verified } = open(noteOf(vector), vector.vkeys)
    assert.equal(text, vector.text, vector.id)
    const labels = verified.map(({ name, keyId }) => `${name}+${keyId}`)
    assert.deepEqual(labels, vector.verifiedKeys, vector.id)
    run += 1
  }
  for (const vector of vectors.malformed) {
    assert.equal(
      codeOf(() => parseNote(noteOf(vector))),
      'NOTE_MALFORMED',
      vector.id,
    )
    run += 1
  }
  for (const vector of vectors.rejected) {
    parseNote(noteOf(vector))
    const code = codeOf(() => open(noteOf(vector), vector.vkeys))
    assert.ok(code === 'NOTE_UNSIGNED' || code === 'SIGNATURE_INVALID', `${vector.id} ${code}`)
    run += 1
  }
  for (const { id, signedNote, text, signatureLine, repeat } of vectors.implementationDefined) {
    const note = signedNote ?? `${text}\n${(signatureLine ?? '').repeat(repeat ?? 0)}`
    // Chosen here: base64 in its one form only; at most 100 signatures.
    assert.equal(
      codeOf(() => parseNote(note)),
      'NOTE_MALFORMED',
      id,
    )
    run += 1
  }
  return run
}

function runKeys(): number {
  let run = 0
  for (const { vkey, name, keyId, publicKey } of vectors.keys) {
    const key = parseVerifierKey(vkey)
    assert.deepEqual([key.name, key.keyId, encodeHex(key.publicKey)], [name, keyId, publicKey])
    run += 1
  }
  for (const { vkey, reason } of vectors.invalidVerifierKeys) {
    const code = codeOf(() => parseVerifierKey(vkey))
    assert.ok(code === 'KEY_MALFORMED' || code === 'KEY_TYPE_UNSUPPORTED', reason)
    run += 1
  }
  return run
}

test('one flipped bit anywhere in a signed text or signature is noticed', () => {
  const [vector] = vectors.valid
  assert.ok(vector?.signedNote !== undefined)
  const length = new TextEncoder().encode(vector.signedNote).length
  for (let byte = 0; byte < length; byte += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = flipBit(vector.signedNote, byte, bit)
      assert.notEqual(
        codeOf(() => open(changed, vector.vkeys)),
        undefined,
        `${byte}.${bit}`,
      )
    }
  }
})

test('a hundred signatures are read, and a note of more than a million bytes is not', () => {
  const line = '\u2014 a AAAAAAA=\n'
  assert.equal(parseNote(`text\n\n${line.repeat(100)}`).signatures.length, 100)
  assert.equal(
    codeOf(() => parseNote(`${'x'.repeat(1_000_000)}\n\n${line}`)),
    'NOTE_MALFORMED',
  )
  assert.equal(
    codeOf(() => parseNote(`\ud800\n\n${line}`)),
    'NOTE_MALFORMED',
  )
})

test('reading any bytes as a note gives a note or a LogError, never another failure', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const code = codeOf(() => parseNote(bytes))
      assert.ok(code === undefined || code === 'NOTE_MALFORMED')
    }),
  )
})

test('a file of keys skips comments, and refuses two keys of one name and key ID', () => {
  const [first, second] = vectors.keys
  assert.ok(first !== undefined && second !== undefined)
  const file = `# logs\n${first.vkey}\n\n${second.vkey}\n${first.vkey}\n`
  assert.deepEqual(
    parseVerifierKeys(file),
    [first, second].map(({ vkey }) => parseVerifierKey(vkey)),
  )
  const twin = { ...parseVerifierKey(first.vkey), publicKey: new Uint8Array(32) }
  const keys = [parseVerifierKey(first.vkey), twin]
  const note = vectors.valid[0]?.signedNote ?? ''
  assert.equal(
    codeOf(() => openNote(note, keys, { ed25519 })),
    'KEY_AMBIGUOUS',
  )
  assert.equal(
    codeOf(() => parseVerifierKeys(Uint8Array.of(0xff))),
    'KEY_MALFORMED',
  )
})
