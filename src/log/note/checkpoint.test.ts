import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { decodeBase64, decodeHex, encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { LogError } from '../log-error.ts'
import { appendLeaves, emptyTree, leafHash, rootHash } from '../tree/index.ts'
import { formatCheckpoint, readOwnCheckpoint } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { appendSignatures, signNote } from './note.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from './verifier-key.ts'

interface Golden {
  readonly origin: string
  readonly skey: string
  readonly vkey: string
  readonly entries: readonly string[]
  readonly checkpoints: readonly { size: number; root: string; checkpoint: string }[]
}

interface ValidText {
  readonly id: string
  readonly text: string
  readonly origin: string
  readonly size: number | string
  readonly root: string
  readonly extensions: readonly string[]
}

interface Cosigned {
  readonly id: string
  readonly cosigner: string
  readonly seed: string
  readonly vkey: string
  readonly checkpointText: string
  readonly timestamp: number
  readonly line: string
  readonly cosignedCheckpoint: string
}

function read(name: string): string {
  return readFileSync(new URL(`../../../vectors/${name}`, import.meta.url), 'utf8')
}

const {
  vectors: { goldenLog, valid },
}: { vectors: { goldenLog: Golden; valid: ValidText[] } } = JSON.parse(
  read('c2sp-tlog-checkpoint.json'),
)
const {
  vectors: { ed25519 },
}: { vectors: { ed25519: Cosigned[] } } = JSON.parse(read('c2sp-tlog-cosignature.json'))

/** Formats what a vector says, if this writer can say it. */
function formatted({ origin, size, root }: ValidText): string {
  return formatCheckpoint({ origin, size: Number(size), root: decodeBase64(root) })
}

test('the golden log is built and signed again byte for byte', () => {
  const { origin, skey, vkey, entries, checkpoints } = goldenLog
  const seed = decodeBase64(skey.split('+').slice(4).join('+')).subarray(1)
  const signer = { name: origin, type: SIGNATURE_TYPES.ed25519, seed }
  assert.equal(formatVerifierKey(origin, signer.type, nobleEd25519.publicKey(seed)), vkey)
  for (const { size, root, checkpoint } of checkpoints) {
    const hashes = entries.slice(0, size).map((entry) => leafHash(utf8(entry)))
    const { tree } = appendLeaves(emptyTree(), hashes)
    assert.equal(encodeBase64(rootHash(tree)), root)
    const text = formatCheckpoint({ origin, size, root: rootHash(tree) })
    assert.equal(signNote(text, [signer], nobleEd25519), checkpoint)
    const read = readOwnCheckpoint(checkpoint)
    assert.deepEqual(read, { origin, size, root: rootHash(tree), text })
  }
  console.log(`c2sp-tlog-checkpoint.json: ${checkpoints.length}/16 golden checkpoints`)
})

test('texts are those of the vectors, or are refused where this writer is narrower', () => {
  const refused: string[] = []
  for (const vector of valid) {
    const extended = vector.extensions.length > 0
    if (typeof vector.size === 'string' || vector.origin.includes(' ')) {
      assert.throws(() => formatted(vector), RangeError, vector.id)
      refused.push(vector.id)
    } else {
      assert.equal(formatted(vector) === vector.text, !extended, vector.id)
      if (extended) refused.push(vector.id)
    }
  }
  assert.deepEqual(refused, [
    'above-safe-integer',
    'max-int64',
    'extension-lines',
    'origin-with-space',
    'extension-looks-like-signature',
  ])
  console.log(`c2sp-tlog-checkpoint.json: ${valid.length}/${valid.length} texts`)
})

test('heads that no log has are refused', () => {
  const root = new Uint8Array(32)
  const head = { origin: 'tax.example/log/2026h2', size: 1, root }
  const bad = [
    { ...head, origin: '' },
    { ...head, origin: 'a\nb' },
    { ...head, size: -1 },
    { ...head, size: 1.5 },
    { ...head, size: 2 ** 53 },
    { ...head, root: new Uint8Array(31) },
    { ...head, size: 0 },
  ]
  for (const wrong of bad) assert.throws(() => formatCheckpoint(wrong), RangeError)
})

test('a note that differs from what this log writes is not read back', () => {
  const note = goldenLog.checkpoints[7]?.checkpoint ?? ''
  const bad = [
    '',
    'a\n',
    note.replace('\n7\n', '\n07\n'),
    note.replace('\n7\n', '\n+7\n'),
    note.replace('\n7\n', '\n 7\n'),
    note.replace('\n7\n', '\n0x7\n'),
    note.replace('\n7\n', '\n\n'),
    note.replace('\n7\n', '\n7e0\n'),
    note.replace('\n7\n', '\n9007199254740993\n'),
    note.replace('\n\n', '\nextension\n\n'),
    note.replaceAll('\n', '\r\n'),
    note.slice(0, -1),
    note.split('— ')[0] ?? '',
    `\n${note}`,
  ]
  for (const wrong of bad) {
    assert.throws(
      () => readOwnCheckpoint(wrong),
      (error) => error instanceof LogError && error.code === 'CHECKPOINT_MALFORMED',
      JSON.stringify(wrong),
    )
  }
})

test('cosignatures are made byte for byte as in the vectors', () => {
  for (const vector of ed25519) {
    const seed = decodeHex(vector.seed)
    const cosigner = { name: vector.cosigner, seed, timeSeconds: vector.timestamp }
    const line = cosign(vector.checkpointText, cosigner, nobleEd25519)
    assert.equal(line, vector.line, vector.id)
    const key = nobleEd25519.publicKey(seed)
    assert.equal(formatVerifierKey(vector.cosigner, 0x04, key), vector.vkey)
    const [before = '', after = ''] = vector.cosignedCheckpoint.split(vector.line)
    assert.equal(appendSignatures(before, [line]) + after, vector.cosignedCheckpoint, vector.id)
    const later = cosign(vector.checkpointText, { ...cosigner, timeSeconds: 1 }, nobleEd25519)
    assert.notEqual(later, vector.line, 'the time is signed')
  }
  console.log(
    `c2sp-tlog-cosignature.json: ${ed25519.length}/${ed25519.length} Ed25519 cosignatures`,
  )
})

test('a cosignature states a whole number of seconds, exact above 32 bits', () => {
  const cosigner = { name: 'w', seed: new Uint8Array(32), timeSeconds: 2 ** 53 - 1 }
  const line = cosign('o\n0\nr\n', cosigner, nobleEd25519)
  const bytes = decodeBase64(line.split(' ')[2]?.trim() ?? '')
  assert.equal(encodeHex(bytes.subarray(4, 12)), '001fffffffffffff')
  assert.equal(bytes.length, 76)
  for (const timeSeconds of [-1, 1.5, 2 ** 53, Number.NaN]) {
    assert.throws(() => cosign('t\n', { ...cosigner, timeSeconds }, nobleEd25519), RangeError)
  }
  assert.throws(() => cosign('no newline', cosigner, nobleEd25519), RangeError)
})
