import assert from 'node:assert/strict'
import test from 'node:test'
import { decodeHex, encodeBase64, encodeHex } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { openedCheckpoints } from './opened-checkpoints.ts'
import type { OpenedCheckpoints } from './opened-checkpoints.ts'
import { parsePolicy } from './policy.ts'
import type { Policy } from './policy.ts'
import { parseTlogProof, verifyReceipt } from './receipt.ts'
import type { ReceiptVerdict } from './receipt.ts'
import { entryHash } from './tree-hasher.ts'
import { codeOf, flipBit, readVectors, reportRun } from './vectors.test.ts'

interface PolicyVector {
  readonly origin: string
  readonly log: string
  readonly witnesses: readonly string[]
  readonly quorum: number
}

interface ProofVector {
  readonly id: string
  readonly policy: string
  readonly entry: string
  readonly leafHash: string
  readonly proof: string
  readonly index: number
  readonly size: number
  readonly hashes: number
  readonly verifiedWitnesses: readonly string[]
}

interface Vectors {
  readonly policies: Readonly<Record<string, PolicyVector>>
  readonly parseOnly: { proof: string; extra: string; index: number; hashes: number }
  readonly valid: readonly ProofVector[]
  readonly malformed: readonly { id: string; proof: string }[]
  readonly rejected: readonly ProofVector[]
  readonly implementationDefined: readonly { id: string; proof: string }[]
}

const { vectors }: { vectors: Vectors } = JSON.parse(readVectors('c2sp-tlog-proof.json'))
const ed25519 = bestEd25519()

function policyOf(name: string): Policy {
  const policy = vectors.policies[name]
  assert.ok(policy !== undefined)
  const names = policy.witnesses.map((_, i) => `w${i}`)
  const witnesses = policy.witnesses.map((vkey, i) => `witness w${i} ${vkey}\n`).join('')
  const quorum = policy.quorum === 0 ? 'none' : 'q'
  const group = policy.quorum === 0 ? '' : `group q ${policy.quorum} ${names.join(' ')}\n`
  return parsePolicy(`log ${policy.log}\n${witnesses}${group}quorum ${quorum}\n`)
}

function verdictOn(
  { proof, entry, policy }: ProofVector,
  changed?: Uint8Array,
  opened?: OpenedCheckpoints,
): ReceiptVerdict {
  const leaf = decodeHex(entry)
  const memory = opened === undefined ? {} : { opened }
  const claim = { proof: changed ?? proof, leaf, policy: policyOf(policy), ed25519 }
  return verifyReceipt({ ...claim, ...memory })
}

test('every proof of the vectors gets the verdict of the specification', () => {
  let run = 0
  for (const vector of vectors.valid) {
    const verdict = verdictOn(vector)
    assert.ok(verdict.ok, vector.id)
    assert.deepEqual([verdict.index, verdict.checkpoint.size], [vector.index, vector.size])
    assert.equal(parseTlogProof(vector.proof).hashes.length, vector.hashes)
    assert.equal(encodeHex(entryHash(decodeHex(vector.entry))), vector.leafHash)
    const witnesses = verdict.cosignatures.map(({ key }) => `${key.name}+${key.keyId}`)
    assert.deepEqual(witnesses.toSorted(), vector.verifiedWitnesses.toSorted(), vector.id)
    run += 1
  }
  for (const { id, proof } of vectors.malformed) {
    const code = codeOf(() => parseTlogProof(proof))
    assert.equal(code, 'PROOF_MALFORMED', id)
    run += 1
  }
  for (const vector of vectors.rejected) {
    parseTlogProof(vector.proof)
    assert.equal(verdictOn(vector).ok, false, vector.id)
    run += 1
  }
  // Chosen here: empty extra data is accepted as empty.
  for (const { proof } of vectors.implementationDefined) {
    assert.deepEqual(parseTlogProof(proof).extra, new Uint8Array(0))
    run += 1
  }
  // Its signature lines are elided, so it is no proof; its first part shows the layout.
  const { proof, extra, index, hashes } = vectors.parseOnly
  assert.equal(
    codeOf(() => parseTlogProof(proof)),
    'PROOF_MALFORMED',
  )
  const whole = proof.replaceAll('[...]', 'AAAA')
  const repaired =
    whole.slice(0, whole.indexOf('\u2014')) + '\u2014 example.com/fancylog AAAAAAAA\n'
  const parsed = parseTlogProof(repaired)
  assert.deepEqual([encodeBase64(parsed.extra ?? new Uint8Array(0)), parsed.index], [extra, index])
  assert.equal(parsed.hashes.length, hashes)
  assert.equal(parseCheckpoint(parsed.checkpoint.split('\n\n')[0] + '\n').size, 109_482)
  run += 1
  const { valid, malformed, rejected, implementationDefined } = vectors
  const total = valid.length + malformed.length + rejected.length + implementationDefined.length + 1
  reportRun('c2sp-tlog-proof.json', run, total)
})

test('one changed byte of a receipt or of its entry is noticed', () => {
  const vector = vectors.valid.find(({ id }) => id === 'eight-leaves')
  assert.ok(vector !== undefined)
  const strict = { ...vector, policy: 'two-of-two' }
  assert.ok(verdictOn(strict).ok)
  for (let byte = 0; byte < new TextEncoder().encode(vector.proof).length; byte += 1) {
    assert.equal(verdictOn(strict, flipBit(vector.proof, byte, byte % 8)).ok, false, `byte ${byte}`)
  }
  assert.equal(verdictOn({ ...strict, entry: '40414244' }).ok, false)
})

test('each fault of a receipt has its code', () => {
  const codes = new Map(vectors.rejected.map((vector) => [vector.id, verdictOn(vector)]))
  const expected = {
    'wrong-entry': 'NOT_INCLUDED',
    'other-origin': 'ORIGIN_UNKNOWN',
    'log-signature-missing': 'CHECKPOINT_REFUSED',
    'bad-witness-signature': 'CHECKPOINT_REFUSED',
    'one-witness-twice': 'QUORUM_NOT_MET',
  }
  for (const [id, code] of Object.entries(expected)) {
    const verdict = codes.get(id)
    assert.equal(verdict?.ok === false ? verdict.code : undefined, code, id)
  }
  const [first] = vectors.valid
  assert.ok(first !== undefined)
  const claim = { leaf: decodeHex(first.entry), policy: policyOf(first.policy), ed25519 }
  const other = verifyReceipt({ ...claim, proof: first.proof, origin: 'other.example/log' })
  assert.equal(other.ok ? undefined : other.code, 'ORIGIN_UNKNOWN')
  const garbage = verifyReceipt({ ...claim, proof: 'garbage' })
  assert.equal(garbage.ok ? undefined : garbage.code, 'MALFORMED')
})

test('a memory of opened checkpoints changes no verdict, on whatever changed byte', () => {
  for (const vector of [...vectors.valid, ...vectors.rejected]) {
    const opened = openedCheckpoints()
    const alone = verdictOn(vector)
    assert.deepEqual(verdictOn(vector, undefined, opened), alone, vector.id)
    assert.deepEqual(verdictOn(vector, undefined, opened), alone, `${vector.id}, again`)
    const length = new TextEncoder().encode(vector.proof).length
    for (let byte = 0; byte < length; byte += 7) {
      const changed = flipBit(vector.proof, byte, byte % 8)
      assert.deepEqual(verdictOn(vector, changed, opened), verdictOn(vector, changed), vector.id)
    }
  }
})

test('a checkpoint is opened once while it is remembered, and again once it is forgotten', () => {
  const vector = vectors.valid.find(({ id }) => id === 'eight-leaves')
  assert.ok(vector !== undefined)
  let verified = 0
  const counting = {
    ...ed25519,
    verify: (...of: Parameters<typeof ed25519.verify>) => {
      verified += 1
      return ed25519.verify(...of)
    },
  }
  const opened = openedCheckpoints(1)
  const policy = policyOf(vector.policy)
  const read = (): void => {
    const { proof, entry } = vector
    const claim = { proof, leaf: decodeHex(entry), policy, opened }
    assert.ok(verifyReceipt({ ...claim, ed25519: counting }).ok)
  }
  read()
  const once = verified
  assert.ok(once > 0)
  read()
  assert.equal(verified, once)
  const verdict = opened.find(parseTlogProof(vector.proof).checkpoint)
  assert.ok(verdict !== undefined)
  opened.remember('another note', verdict)
  read()
  assert.equal(verified, 2 * once)
})
