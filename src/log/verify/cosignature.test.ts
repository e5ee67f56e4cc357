import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import test from 'node:test'
import { concatBytes, decodeHex } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import type { MlDsa44 } from './cosignature.ts'
import { openCheckpoint, openNote } from './open-note.ts'
import { parseVerifierKey } from './verifier-key.ts'
import { codeOf, flipBit, readVectors, reportRun } from './vectors.test.ts'

interface Vector {
  readonly id: string
  readonly cosignedCheckpoint: string
  readonly vkey: string
  readonly timestamp: number
  readonly checkpointText: string
}

interface Vectors {
  readonly specExample: { signedNote: string; cosigner: string; keyId: string; timestamp: number }
  readonly ed25519: readonly Vector[]
  readonly rejected: readonly { id: string; cosignedCheckpoint: string; vkeys: readonly string[] }[]
  readonly mustReject: readonly {
    id: string
    cosignedCheckpoint: string
    vkeys: readonly string[]
  }[]
  readonly mlDsa44: readonly Vector[]
}

const { vectors }: { vectors: Vectors } = JSON.parse(readVectors('c2sp-tlog-cosignature.json'))
const ed25519 = bestEd25519()
const LOG = parseVerifierKey(
  'log.example/2026h2+dbd741d8+AQkmB+jvtFo6D62fN4+BXI9OH1CuGZRVo/3hqUtTBsPJ',
)
/** DER before the 1,312 bytes of an ML-DSA-44 public key (SPKI). */
const MLDSA_PREFIX = decodeHex('30820532300b06096086480165030403110382052100')

const mlDsa44: MlDsa44 = {
  verify(signature, message, publicKey) {
    const der = Buffer.from(concatBytes(MLDSA_PREFIX, publicKey))
    return verify(
      null,
      message,
      createPublicKey({ key: der, format: 'der', type: 'spki' }),
      signature,
    )
  },
}

test('every cosignature of the vectors gets the verdict of the specification', () => {
  let run = 0
  const example = vectors.specExample
  const unknown = openNoteCode(example.signedNote, [])
  assert.equal(unknown, 'NOTE_UNSIGNED', 'its keys are not published: it parses')
  run += 1
  for (const { id, cosignedCheckpoint, vkey, timestamp, checkpointText } of vectors.ed25519) {
    const key = parseVerifierKey(vkey)
    const opened = openNote(cosignedCheckpoint, [key], { ed25519 })
    assert.equal(opened.text, checkpointText, id)
    assert.deepEqual(opened.cosignatures, [{ key, timeSeconds: timestamp }], id)
    run += 1
  }
  for (const { id, cosignedCheckpoint, vkeys } of [...vectors.rejected, ...vectors.mustReject]) {
    const code = openNoteCode(cosignedCheckpoint, vkeys)
    assert.equal(code, id === 'key-id-of-type-1' ? 'NOTE_UNSIGNED' : 'SIGNATURE_INVALID', id)
    run += 1
  }
  for (const { cosignedCheckpoint, vkey, timestamp } of vectors.mlDsa44) {
    const key = parseVerifierKey(vkey)
    const given = { log: LOG, witnesses: [key], ed25519 }
    const { cosignatures } = openCheckpoint(cosignedCheckpoint, { ...given, mlDsa44 })
    assert.deepEqual(cosignatures, [{ key, timeSeconds: timestamp }])
    assert.equal(
      codeOf(() => openCheckpoint(cosignedCheckpoint, given)),
      'ALGORITHM_MISSING',
    )
    run += 1
  }
  const { rejected, mustReject } = vectors
  const total =
    1 + vectors.ed25519.length + rejected.length + mustReject.length + vectors.mlDsa44.length
  reportRun('c2sp-tlog-cosignature.json', run, total)
})

function openNoteCode(note: string, vkeys: readonly string[]): string | undefined {
  return codeOf(() => openNote(note, vkeys.map(parseVerifierKey), { ed25519 }))
}

test('one changed byte of a cosigned checkpoint is noticed, for either algorithm', () => {
  for (const { cosignedCheckpoint, vkey } of [...vectors.ed25519.slice(1, 2), ...vectors.mlDsa44]) {
    const witnesses = [parseVerifierKey(vkey)]
    const length = new TextEncoder().encode(cosignedCheckpoint).length
    for (let byte = 0; byte < length; byte += length > 1000 ? 97 : 1) {
      const changed = flipBit(cosignedCheckpoint, byte, byte % 7)
      const code = codeOf(() => {
        const { cosignatures } = openCheckpoint(changed, { log: LOG, witnesses, ed25519, mlDsa44 })
        // A changed name or key ID makes the line one of an unknown key, which counts for nothing.
        if (cosignatures.length === 0) throw Object.assign(new Error('none'), { code: 'NONE' })
      })
      assert.notEqual(code, undefined, `byte ${byte}`)
    }
  }
})

test('of two cosignatures by one witness the newest counts, once', () => {
  const notes = vectors.ed25519.filter(
    ({ id }) => id === 'eight-leaves' || id === 'time-above-32-bits',
  )
  const [first, second] = notes
  assert.ok(first !== undefined && second !== undefined && first.vkey === second.vkey)
  const line = second.cosignedCheckpoint.split('\n').at(-2) ?? ''
  const both = `${first.cosignedCheckpoint}${line}\n`
  const witnesses = [parseVerifierKey(first.vkey)]
  const opened = openCheckpoint(both, { log: LOG, witnesses, ed25519 })
  assert.deepEqual(opened.cosignatures, [{ key: witnesses[0], timeSeconds: second.timestamp }])
  assert.equal(opened.repeated, 1)
})
