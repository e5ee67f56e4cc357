import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import {
  sampleJoinReleaseParts,
  sampleKeysAt,
  sampleSignatures,
  sampleSigner,
} from '../../testing/join/index.ts'
import { seededRandom } from '../../testing/simulator/index.ts'
import type { JoinMeasure } from '../join-query/index.ts'
import { UniformDraws } from '../privacy/index.ts'
import { planHash, tableBytes } from '../psi/index.ts'
import {
  isJoinRefuted,
  type JoinProof,
  joinTableDigest,
  type ProofGround,
  proveJoinRelease,
} from './join-proof.ts'
import { asJoinRelease, type JoinRelease, joinReleaseJson } from './join-release.ts'
import { type JoinReleaseParts, makeJoinRelease } from './make-join-release.ts'
import { isPlanSigned, type PlanSignatures, signPlan } from './plan-signature.ts'

const measures: readonly JoinMeasure[] = [
  { kind: 'count' },
  { kind: 'mean', side: 'left', element: 'age', levels: 4 },
  { kind: 'quantiles', side: 'right', element: 'rent', ppm: [500_000] },
]
const ed25519 = bestEd25519()

function partsOf(measure: JoinMeasure, microEpsilon = 500_000): JoinReleaseParts {
  const draws = new UniformDraws(seededRandom('join proof'))
  const truth = (_part: string, i: number, j: number): number => 100 * i + j
  return sampleJoinReleaseParts({ measure, microEpsilon }, truth, draws)
}

const parts = partsOf({ kind: 'count' })
const { plan } = parts
const release = makeJoinRelease(parts)

function prove(given: JoinRelease, change: Partial<ProofGround> = {}): JoinProof {
  const sentTables = [joinTableDigest(release)]
  return proveJoinRelease(given, { keysAt: sampleKeysAt, sentTables, ed25519, ...change })
}

function signedBy(change: Partial<PlanSignatures>): JoinRelease {
  return makeJoinRelease({ ...parts, signatures: { ...sampleSignatures(plan), ...change } })
}

const statesOf = ({ signers }: JoinProof): readonly string[] => signers.map(({ state }) => state)

test('three signatures of the plan and the table that was sent: nothing is said against a release', () => {
  const proof = prove(release)
  assert.deepEqual(statesOf(proof), ['holds', 'holds', 'holds'])
  assert.deepEqual(
    proof.signers.map(({ party, organisation }) => [party, organisation]),
    [
      ['left', 'tax'],
      ['right', 'labour'],
      ['tally', 'housing'],
    ],
  )
  assert.deepEqual([proof.table.state, proof.codes], ['sent', []])
  assert.equal(prove(release, { sentTables: [] }).table.state, 'untold')
})

test('the digest is that of M6, whatever is measured, and each number of the table is in it', () => {
  for (const measure of measures) {
    const { tables, roots, remasked, ...rest } = partsOf(measure)
    const made = makeJoinRelease({ ...rest, tables, roots, remasked })
    const sent = encodeBase64(sha256(tableBytes(rest.plan, { tables, roots, remasked })))
    assert.equal(joinTableDigest(made), sent, measure.kind)
    const last = made.numbers.length - 1
    const places = made.cells.flatMap((_, cell) => [...new Set([0, last])].map((at) => [cell, at]))
    const digests = places.map(([cell, at]) => joinTableDigest(changedAt(made, cell, at)))
    assert.equal(new Set([sent, ...digests]).size, 1 + places.length, measure.kind)
  }
})

function changedAt(given: JoinRelease, cell = 0, at = 0): JoinRelease {
  const cells = given.cells.map(({ key, numbers }, place) => ({
    key,
    numbers: place === cell ? numbers.with(at, (numbers[at] ?? 0) + 1) : numbers,
  }))
  return asJoinRelease({ ...joinReleaseJson(given), cells })
}

test('a table that was changed keeps its signatures, and is found by what the log names', () => {
  const changed = changedAt(release, 3, 0)
  const proof = prove(changed)
  assert.deepEqual(statesOf(proof), ['holds', 'holds', 'holds'])
  assert.deepEqual(proof.codes, ['JOIN_TABLE_CHANGED'])
  assert.ok(isJoinRefuted(proof))
  // One of both holders was sent another table: that is no table of both.
  const both = { sentTables: [joinTableDigest(changed), joinTableDigest(release)] }
  assert.deepEqual(prove(changed, both).codes, ['JOIN_TABLE_CHANGED'])
})

test("another organisation's signature in a party's place proves nothing of the party", () => {
  const strange = signPlan(planHash(plan), sampleSigner('stranger'), ed25519)
  assert.deepEqual(statesOf(prove(signedBy({ right: strange }))), ['holds', 'unknown', 'holds'])
  const { left } = sampleSignatures(plan)
  assert.deepEqual(prove(signedBy({ right: left })).codes, ['JOIN_SIGNER_UNKNOWN'])
  const underItsName = { ...strange, keyId: sampleSigner('labour').keyId }
  const proof = prove(signedBy({ right: underItsName }))
  assert.deepEqual(statesOf(proof), ['holds', 'invalid', 'holds'])
  assert.ok(isJoinRefuted(proof))
})

test('signatures of another plan do not hold for this one', () => {
  const other = sampleSignatures(partsOf({ kind: 'count' }, 400_000).plan)
  for (const party of ['left', 'right', 'tally'] as const) {
    const proof = prove(signedBy({ [party]: other[party] }))
    assert.deepEqual(proof.codes, ['JOIN_SIGNATURE_INVALID'], party)
    assert.deepEqual(
      proof.signers.filter(({ state }) => state === 'invalid').map((one) => one.party),
      [party],
    )
  }
})

test('a certificate without one of the three signatures is no release', () => {
  const json = joinReleaseJson(release)
  const { right: _right, ...signatures } = sampleSignatures(plan)
  const certificate = { ...release.certificate, signatures }
  assert.throws(() => asJoinRelease({ ...json, certificate }), { code: 'RELEASE_MALFORMED' })
})

test('bits that stray at the end of a signature are no signature, and no failure', () => {
  const { left } = sampleSignatures(plan)
  const last = left.value.at(-3) ?? ''
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const stray = alphabet[alphabet.indexOf(last) + 1] ?? ''
  const spoilt = { ...left, value: `${left.value.slice(0, -3)}${stray}==` }
  const keys = new Map([[left.keyId, sampleSigner('tax').publicKey]])
  assert.ok(isPlanSigned(planHash(plan), left, { keys, ed25519 }))
  assert.ok(!isPlanSigned(planHash(plan), spoilt, { keys, ed25519 }))
  assert.deepEqual(prove(signedBy({ left: spoilt })).codes, ['JOIN_SIGNATURE_INVALID'])
})

test('keys are those of the time of the run; one that was revoked is told as revoked', () => {
  const asked: number[] = []
  const keysAt: ProofGround['keysAt'] = (organisation, atMs) => {
    asked.push(atMs)
    const keys = [...sampleKeysAt(organisation, atMs)]
    return new Map(keys.map(([id, key]) => [id, { ...key, isRevoked: organisation === 'housing' }]))
  }
  const proof = prove(release, { keysAt })
  assert.deepEqual(statesOf(proof), ['holds', 'holds', 'revoked'])
  assert.deepEqual(proof.codes, ['JOIN_SIGNER_REVOKED'])
  assert.ok(!isJoinRefuted(proof))
  assert.deepEqual(new Set(asked), new Set([release.asOfMs]))
})
