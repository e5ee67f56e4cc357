import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import * as fc from 'fast-check'

import { decodeBase64, decodeHex, encodeHex } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { appendSignatures, formatSignatureLine, signerOf, signNote } from './note.ts'
import { formatVerifierKey, noteKeyId, SIGNATURE_TYPES } from './verifier-key.ts'

interface KeyVector {
  readonly vkey: string
  readonly name: string
  readonly keyId: string
  readonly publicKey: string
  readonly seed?: string
  readonly skey?: string
}

interface NoteVector {
  readonly id: string
  readonly text: string
  readonly signedNote: string
}

const file = new URL('../../../vectors/c2sp-signed-note.json', import.meta.url)
const { vectors }: { vectors: { keys: KeyVector[]; valid: NoteVector[] } } = JSON.parse(
  readFileSync(file, 'utf8'),
)
const TYPE = SIGNATURE_TYPES.ed25519
const seeds = new Map(vectors.keys.map(({ name, seed }) => [name, seed]))
seeds.set(
  'exämple.test/ключ',
  createHash('sha256').update('vector key with a non-ASCII name').digest('hex'),
)

/** The signature lines of a note, each with its newline. */
function linesOf({ text, signedNote }: NoteVector): readonly string[] {
  return signedNote.slice(text.length + 1).match(/.*\n/gu) ?? []
}

/** The line that a key of the vectors signs, or undefined when its secret is not known. */
function signedLine(text: string, line: string): string | undefined {
  const name = line.split(' ')[1] ?? ''
  const seed = seeds.get(name)
  if (seed === undefined) return undefined
  const note = signNote(text, [{ name, type: TYPE, seed: decodeHex(seed) }], nobleEd25519)
  const signed = note.slice(text.length + 1)
  return signerOf(signed) === signerOf(line) ? signed : undefined
}

test('key ids and verifier keys are those of the vectors', () => {
  for (const { vkey, name, keyId, publicKey, seed, skey } of vectors.keys) {
    assert.equal(formatVerifierKey(name, TYPE, decodeHex(publicKey)), vkey)
    assert.equal(encodeHex(noteKeyId(name, TYPE, decodeHex(publicKey))), keyId)
    if (seed === undefined) continue
    assert.equal(encodeHex(nobleEd25519.publicKey(decodeHex(seed))), publicKey)
    assert.equal(encodeHex(decodeBase64(skey?.split('+').slice(4).join('+') ?? '')), `01${seed}`)
  }
  console.log(`c2sp-signed-note.json: ${vectors.keys.length}/${vectors.keys.length} keys`)
})

test('notes are signed byte for byte as in the vectors', () => {
  let run = 0
  for (const vector of vectors.valid) {
    const lines = linesOf(vector)
    const signed = lines.map((line) => signedLine(vector.text, line))
    if (signed.every((line) => line === undefined)) continue
    for (const [i, line] of signed.entries()) assert.equal(line ?? lines[i], lines[i], vector.id)
    assert.equal(appendSignatures(`${vector.text}\n`, lines), vector.signedNote)
    run += 1
  }
  const known = vectors.valid.filter(({ id }) => id !== 'spec-example')
  assert.equal(run, known.length, 'the secret key of the specification is not published')
  console.log(`c2sp-signed-note.json: ${run}/${known.length} notes with a known secret key`)
})

test('several signers sign one text in the order given', () => {
  const vector = vectors.valid.find(({ id }) => id === 'go-two-signatures')
  assert.ok(vector)
  const signers = ['PeterNeumann', 'EnochRoot'].map((name) => ({
    name,
    type: TYPE,
    seed: decodeHex(seeds.get(name) ?? ''),
  }))
  assert.equal(signNote(vector.text, signers, nobleEd25519), vector.signedNote)
  const other = signNote(`x${vector.text}`, signers, nobleEd25519)
  assert.notEqual(other.slice(1), vector.signedNote, 'another text, other signatures')
})

test('texts that cannot be signed are refused', () => {
  const signer = { name: 'n', type: TYPE, seed: new Uint8Array(32) }
  for (const text of ['', 'no newline', 'a\r\n', 'a\tb\n', '\0\n', '\x1f\n', '\ud800\n']) {
    assert.throws(() => signNote(text, [signer], nobleEd25519), RangeError, JSON.stringify(text))
  }
  assert.throws(() => signNote('text\n', [], nobleEd25519), RangeError)
  assert.ok(signNote('\n', [signer], nobleEd25519).startsWith('\n\n— n '))
})

test('names that would break a line or a verifier key are refused', () => {
  const bad = [
    '',
    ' ',
    'a b',
    'a+b',
    'a\nb',
    'a\u00a0b',
    'a\u0085b',
    'a\u2028',
    '\u3000',
    'a\x7f',
    '\ud800',
  ]
  for (const name of bad) {
    assert.throws(() => noteKeyId(name, TYPE, new Uint8Array(32)), RangeError, JSON.stringify(name))
  }
  assert.throws(() => noteKeyId('n', TYPE, new Uint8Array(31)), RangeError)
})

test('one key has different ids as a log and as a witness, and under another name', () => {
  const key = nobleEd25519.publicKey(new Uint8Array(32))
  const ids = [
    noteKeyId('a', SIGNATURE_TYPES.ed25519, key),
    noteKeyId('a', SIGNATURE_TYPES.cosignature, key),
    noteKeyId('b', SIGNATURE_TYPES.ed25519, key),
  ].map(encodeHex)
  assert.equal(new Set(ids).size, 3)
})

test('only signature lines are added to a note', () => {
  const good = '— name AAECAwQ=\n'
  assert.equal(appendSignatures('text\n\n', [good, good]), `text\n\n${good}${good}`)
  const bad = [
    '',
    '\n',
    '— name AAECAwQ=',
    '- name AAECAwQ=\n',
    '—  name AAECAwQ=\n',
    '— name AAECAwQ= \n',
    '— name AAECAwQ\n',
    '— name AAECAw==\n',
    '— na+me AAECAwQ=\n',
    '— name AAECAwR=\n',
    `${good}${good}`,
    ` ${good}`,
  ]
  for (const line of bad) {
    assert.throws(() => appendSignatures('text\n\n', [line]), JSON.stringify(line))
  }
})

test('who a line is from is read back from every line that is written', () => {
  const name = fc.stringMatching(/^[a-z./é0-9-]{1,20}$/u)
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const property = fc.property(name, bytes, (name, publicKey) => {
    const type = SIGNATURE_TYPES.cosignature
    const line = formatSignatureLine({ name, type, publicKey, signature: publicKey })
    assert.equal(signerOf(line), `${name}+${encodeHex(noteKeyId(name, type, publicKey))}`)
  })
  fc.assert(property, { numRuns: 50 })
})
