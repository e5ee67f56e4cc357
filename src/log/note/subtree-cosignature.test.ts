import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { bestEd25519, nodeMlDsa44 } from '../../platform/index.ts'
import { sampleLog } from '../../testing/index.ts'
import { openCheckpoint, parseVerifierKey, type VerifierKey } from '../verify/index.ts'
import { formatCheckpoint, readOwnCheckpoint } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { appendSignatures, signNote } from './note.ts'
import { cosignTree, signTree } from './subtree-cosignature.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from './verifier-key.ts'

interface Vector {
  readonly vkey: string
  readonly cosignedCheckpoint: string
}

const path = new URL('../../../vectors/c2sp-tlog-cosignature.json', import.meta.url)
const { vectors }: { vectors: { mlDsa44: readonly Vector[] } } = JSON.parse(
  readFileSync(path, 'utf8'),
)
const ed25519 = bestEd25519()
const log = sampleLog(40)
const seed = new Uint8Array(32).fill(11)
const name = 'witness.example/w1'
const timeSeconds = 1_782_000_000
const treeKey = parseVerifierKey(
  formatVerifierKey(name, SIGNATURE_TYPES.treeCosignature, nodeMlDsa44.publicKey(seed)),
)

function cosigned(size: number, cosigner = { name, seed, timeSeconds }): string {
  const { checkpoint } = log.headAt(size)
  const line = cosignTree(readOwnCheckpoint(checkpoint), cosigner, nodeMlDsa44)
  return appendSignatures(checkpoint, [line])
}

function open(note: string, witnesses = [treeKey]): ReturnType<typeof openCheckpoint> {
  return openCheckpoint(note, { log: log.key, witnesses, ed25519, mlDsa44: nodeMlDsa44 })
}

test('a tree cosignature is good for the verifier, at every size', () => {
  for (const size of [0, 1, 7, 40]) {
    assert.deepEqual(open(cosigned(size)).cosignatures, [{ key: treeKey, timeSeconds }])
  }
})

test('the verifier keys of the vectors are written as they were published', (t) => {
  for (const { vkey } of vectors.mlDsa44) {
    const key = parseVerifierKey(vkey)
    assert.equal(formatVerifierKey(key.name, SIGNATURE_TYPES.treeCosignature, key.publicKey), vkey)
    const changed = `${vkey.slice(0, -8)}${vkey.at(-8) === 'A' ? 'B' : 'A'}${vkey.slice(-7)}`
    assert.throws(() => parseVerifierKey(changed), { code: 'KEY_MALFORMED' })
  }
  t.diagnostic(
    `c2sp-tlog-cosignature.json: ${vectors.mlDsa44.length}/${vectors.mlDsa44.length} keys`,
  )
})

test('it covers name, time, origin, size and root', () => {
  const note = cosigned(40)
  const others = [
    cosigned(40, { name: 'witness.example/w2', seed, timeSeconds }),
    cosigned(40, { name, seed, timeSeconds: timeSeconds + 1 }),
    cosigned(39),
  ]
  const signature = (text: string): Uint8Array =>
    new Uint8Array(Buffer.from(text.trimEnd().split(' ').at(-1) ?? '', 'base64'))
  const own = signature(note)
  for (const other of others) {
    // The other's signature bytes under the own name, key id and time.
    const bytes = Buffer.concat([own.subarray(0, 12), signature(other).subarray(12)])
    const forged = note.replace(/[^ ]+\n$/, `${bytes.toString('base64')}\n`)
    assert.throws(() => open(forged), { code: 'SIGNATURE_INVALID' })
  }
})

test('both cosignatures of one witness stand beside each other', () => {
  const edSeed = new Uint8Array(32).fill(12)
  const edKey = parseVerifierKey(
    formatVerifierKey(name, SIGNATURE_TYPES.cosignature, ed25519.publicKey(edSeed)),
  )
  const { text } = readOwnCheckpoint(log.headAt(40).checkpoint)
  const line = cosign(text, { name, seed: edSeed, timeSeconds }, ed25519)
  const note = appendSignatures(cosigned(40), [line])
  assert.equal(open(note, [treeKey, edKey]).cosignatures.length, 2)
})

test('what no witness may sign is refused', () => {
  const head = readOwnCheckpoint(log.headAt(40).checkpoint)
  const refused = (cosigner: { name: string; timeSeconds: number }): void =>
    assert.throws(() => cosignTree(head, { seed, ...cosigner }, nodeMlDsa44), RangeError)
  refused({ name, timeSeconds: 0 })
  refused({ name, timeSeconds: -1 })
  refused({ name, timeSeconds: 2 ** 53 })
  refused({ name: '', timeSeconds })
  refused({ name: 'w'.repeat(256), timeSeconds })
  refused({ name: 'a b', timeSeconds })
  assert.throws(() => nodeMlDsa44.publicKey(new Uint8Array(31)), RangeError)
  assert.equal(nodeMlDsa44.verify(new Uint8Array(3), new Uint8Array(3), new Uint8Array(3)), false)
})

test('a log signs its own tree in its own name and at no time; a verifier tells both apart', () => {
  const head = { origin: 'tax.example/log/2026h2', size: 7, root: new Uint8Array(32).fill(3) }
  const [own, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
  const ed25519 = bestEd25519()
  const text = formatCheckpoint(head)
  const plain = signNote(text, [{ name: head.origin, type: 0x01, seed: own }], ed25519)
  const key = (type: 0x01 | 0x06, bytes: Uint8Array): VerifierKey =>
    parseVerifierKey(formatVerifierKey(head.origin, type, bytes))
  const log = [key(0x01, ed25519.publicKey(own)), key(0x06, nodeMlDsa44.publicKey(other))]
  const algorithms = { ed25519, mlDsa44: nodeMlDsa44 }
  const open = (line: string): number =>
    openCheckpoint(plain + line, { log, witnesses: [], ...algorithms }).signers.length
  assert.equal(open(''), 1)
  assert.equal(open(signTree(head, other, nodeMlDsa44)), 2)
  const forged = signTree({ ...head, size: 8 }, other, nodeMlDsa44)
  assert.throws(() => open(forged), { code: 'SIGNATURE_INVALID' })
})
