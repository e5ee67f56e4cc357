import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decodeHex, decodeUtf8, encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import { nobleJoinGroup, numberOf, rowLeaf, rowSalt, sha256 } from '../../crypto/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { gatewayKeyId, parseOrganisationId } from '../../protocol/index.ts'
import { testGroup } from '../../testing/join/index.ts'
import { isPlanSigned, signPlan } from '../join-release/index.ts'
import { auditCommitment, auditSeed, drawnAudit } from './audit/audit-draw.ts'
import { joinInterval, smallestTau } from './law/index.ts'
import { auditSchema, readList, readMessage, writeList } from './messages/index.ts'
import { type ListKind, planHash, planTag, readJoinPlan, type Side } from './plan/index.ts'
import { pointTree, treeRoot } from './points/index.ts'
import { isExponentProven, proveExponent } from './proof/index.ts'
import { readResult } from './steps/check-result.ts'
import { dummyEntry } from './steps/own-list.ts'
import { tableBytes } from './steps/tally-table.ts'

interface ProofVector {
  readonly key: string
  readonly point: string
  readonly output: string
  readonly sign: 0 | 1
  readonly proof: string
}
interface Vectors {
  readonly plans: readonly { readonly text: string; readonly planHash: string }[]
  readonly badPlans: readonly { readonly why: string; readonly text: string }[]
  readonly tag: string
  readonly keys: Readonly<Record<Side, { readonly scalar: string; readonly key: string }>>
  readonly points: readonly Readonly<
    Record<'identifier' | 'point' | 'left' | 'right' | 'both', string>
  >[]
  readonly dummy: Readonly<Record<'s' | 'point' | 'remasked' | 'partner', string>>
  readonly proofs: readonly (ProofVector & { readonly scalar: string; readonly w: string })[]
  readonly badProofs: readonly (ProofVector & { readonly why: string })[]
  readonly saltKey: string
  readonly salts: readonly { readonly place: number; readonly salt: string }[]
  readonly inputEntries: readonly {
    readonly salt: string
    readonly isRow: boolean
    readonly group: number
    readonly content: string
    readonly leaf: string
  }[]
  readonly dummyEntries: readonly {
    readonly s: string
    readonly unused: string
    readonly isUsed: boolean
    readonly entry: string
  }[]
  readonly lists: readonly {
    readonly kind: ListKind
    readonly owner: Side
    readonly points: string
    readonly bytes: string
    readonly root: string
  }[]
  readonly draws: readonly {
    readonly planHash: string
    readonly nonce: string
    readonly shares: Readonly<Record<Side | 'tally', string | null>>
    readonly commitment: string
    readonly seed: string
    readonly points: Readonly<Record<Side, number>>
    readonly drawn: Readonly<Record<Side, readonly number[]>>
  }[]
  readonly agreed: readonly {
    readonly planHash: string
    readonly organisation: string
    readonly secret: string
    readonly publicKey: string
    readonly keyId: string
    readonly signature: string
  }[]
  readonly results: readonly {
    /** Place among the plans. */
    readonly plan: number
    readonly text: string
    readonly digest: string
  }[]
  readonly laws: readonly {
    readonly microEpsilon: number
    readonly sensitivity: number
    readonly deltaExponent: number
    readonly tau: number
    readonly halfWidth: number
    readonly levelPpm: number
  }[]
}

const file = new URL('../../../vectors/cloison-join-v1.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))
const [first] = vectors.plans
const plan = readJoinPlan(utf8(first?.text ?? ''))
const hash = planHash(plan)
const context = { edwards: testGroup.edwards, planHash: hash }

let run = 0
function counted(check: () => void): void {
  check()
  run += 1
}

function claimOf(vector: ProofVector): Parameters<typeof isExponentProven>[1] {
  return {
    key: decodeHex(vector.key),
    point: decodeHex(vector.point),
    output: decodeHex(vector.output),
  }
}

test('plans, points, keys and dummies are those of the vectors, by both implementations', () => {
  for (const { text, planHash: expected } of vectors.plans)
    counted(() => {
      assert.equal(encodeHex(planHash(readJoinPlan(utf8(text)))), expected)
    })
  for (const { why, text } of vectors.badPlans)
    counted(() => {
      assert.throws(() => readJoinPlan(utf8(text)), { code: 'PLAN_INVALID' }, why)
    })
  counted(() => {
    assert.equal(decodeUtf8(planTag(plan)), vectors.tag)
  })
  const { keys, dummy } = vectors
  for (const group of [testGroup, nobleJoinGroup]) {
    const mask = (side: Side, point: string): string =>
      encodeHex(group.mask(decodeHex(keys[side].scalar), decodeHex(point)))
    for (const { identifier, point, left, right, both } of vectors.points) {
      assert.equal(encodeHex(group.hash([decodeHex(identifier)], planTag(plan))), point)
      assert.deepEqual([mask('left', point), mask('right', point)], [left, right])
      assert.deepEqual([mask('right', left), mask('left', right)], [both, both])
    }
    for (const side of ['left', 'right'] as const)
      assert.equal(encodeHex(group.base(decodeHex(keys[side].scalar))), keys[side].key)
    const s = decodeHex(dummy.s)
    assert.equal(encodeHex(group.base(s)), dummy.point)
    assert.equal(mask('right', dummy.point), dummy.remasked)
    assert.equal(encodeHex(group.share(s, decodeHex(keys.right.key))), dummy.partner)
  }
  run += vectors.points.length + 3
})

test('proofs are those of the vectors byte by byte, and the spoilt ones do not hold', () => {
  for (const vector of vectors.proofs)
    counted(() => {
      // The prover takes 64 random bytes modulo one less than the order, and adds one.
      const w = numberOf(decodeHex(vector.w)) - 1n
      const drawn = new Uint8Array(64)
      for (let at = 0; at < 32; at += 1) drawn[at] = Number((w >> BigInt(8 * at)) & 0xffn)
      const input = { scalar: decodeHex(vector.scalar), point: decodeHex(vector.point) }
      const proven = proveExponent(context, input, { bytes: () => drawn })
      assert.equal(encodeHex(proven.proof), vector.proof)
      assert.equal(proven.sign, vector.sign)
      assert.equal(encodeHex(proven.output), vector.output)
      assert.ok(isExponentProven(context, claimOf(vector), proven))
    })
  for (const vector of vectors.badProofs)
    counted(() => {
      const proof = { sign: vector.sign, proof: decodeHex(vector.proof) }
      assert.ok(!isExponentProven(context, claimOf(vector), proof), vector.why)
    })
})

test('an audit draws the places of the vectors, by the nonce and all shares', () => {
  for (const { planHash: of, nonce, shares, points, ...expected } of vectors.draws)
    counted(() => {
      const bytes = decodeHex(of)
      const share = (text: string | null) => (text === null ? undefined : decodeHex(text))
      const { left, right, tally } = shares
      const all = { left: share(left), right: share(right), tally: share(tally) }
      assert.equal(encodeHex(auditCommitment(bytes, decodeHex(nonce))), expected.commitment)
      const seed = auditSeed(bytes, decodeHex(nonce), all)
      assert.equal(encodeHex(seed), expected.seed)
      const head = { planHash: bytes, points, auditK: 64, dummiesOf: null }
      const placesOf = (by: Uint8Array) => {
        const request = readMessage(auditSchema, drawnAudit({ ...head, seed: by }), bytes)
        return { left: request.left, right: request.right }
      }
      assert.deepEqual(placesOf(seed), expected.drawn)
      const other = { ...all, tally: decodeHex(nonce) }
      assert.notDeepEqual(auditSeed(bytes, decodeHex(nonce), other), seed)
      const isDrawn = Math.max(points.left, points.right) > 64
      const elsewhere = placesOf(auditSeed(bytes, decodeHex(nonce), other))
      if (isDrawn) assert.notDeepEqual(elsewhere, expected.drawn)
    })
})

test('what parties sign of a plan is in the vectors byte by byte, and holds for no other plan or key', () => {
  const ed25519 = bestEd25519()
  for (const { planHash: of, organisation, secret, publicKey, keyId, signature } of vectors.agreed)
    counted(() => {
      const key = decodeHex(publicKey)
      assert.equal(gatewayKeyId(parseOrganisationId(organisation), key), keyId)
      const signed = signPlan(decodeHex(of), { keyId, seed: decodeHex(secret) }, ed25519)
      assert.deepEqual(signed, { keyId, value: encodeBase64(decodeHex(signature)) })
      const by = { keys: new Map([[keyId, key]]), ed25519 }
      assert.ok(isPlanSigned(decodeHex(of), signed, by))
      for (const { planHash: other } of vectors.plans)
        assert.equal(isPlanSigned(decodeHex(other), signed, by), other === of)
    })
})

test('a table with its interval is the message of the vectors, read and written', () => {
  for (const { plan: place, text, digest } of vectors.results)
    counted(() => {
      const of = readJoinPlan(utf8(vectors.plans[place]?.text ?? ''))
      const { parts, ...told } = readResult(of, utf8(text))
      const tables = parts.map(({ cells }) => cells)
      assert.equal(decodeUtf8(tableBytes(of, { ...told, tables })), text)
      assert.equal(encodeHex(sha256(utf8(text))), digest)
      const wider = text.replace(
        /"halfWidth":(\d+)/,
        (_, width) => `"halfWidth":${Number(width) + 1}`,
      )
      assert.throws(() => readResult(of, utf8(wider)), { code: 'RESULT_WRONG' })
    })
})

test('taus and intervals of numbers that one person changes by several are those of the vectors', () => {
  for (const { microEpsilon, sensitivity, deltaExponent, tau, ...interval } of vectors.laws)
    counted(() => {
      assert.equal(smallestTau(microEpsilon, deltaExponent, sensitivity), tau)
      assert.deepEqual(joinInterval({ microEpsilon, sensitivity, tau }), interval)
    })
})

test('salts, entries, lists and their roots are those of the vectors', () => {
  for (const { place, salt } of vectors.salts)
    counted(() => {
      assert.equal(encodeHex(rowSalt(decodeHex(vectors.saltKey), place)), salt)
    })
  for (const { salt, content, leaf, ...rest } of vectors.inputEntries)
    counted(() => {
      const made = rowLeaf({ salt: decodeHex(salt), content: decodeHex(content), ...rest })
      assert.equal(encodeHex(made), leaf)
    })
  for (const { s, unused, isUsed, entry } of vectors.dummyEntries)
    counted(() => {
      assert.equal(encodeHex(dummyEntry(decodeHex(s), decodeHex(unused), isUsed)), entry)
    })
  for (const { kind, owner, points, bytes, root } of vectors.lists)
    counted(() => {
      const head = { kind, owner, planHash: hash }
      const packed = decodeHex(points)
      assert.equal(encodeHex(writeList(head, packed)), bytes)
      assert.deepEqual(readList(decodeHex(bytes), head, packed.length / 32), packed)
      assert.equal(encodeHex(treeRoot(pointTree(packed))), root)
      const changed = decodeHex(bytes)
      for (let at = 0; at < 49; at += 1) {
        const wrong = changed.with(at, (changed[at] ?? 0) ^ 1)
        assert.throws(() => readList(wrong, head, packed.length / 32))
      }
    })
  const total =
    vectors.plans.length +
    vectors.badPlans.length +
    1 +
    vectors.points.length +
    3 +
    vectors.proofs.length +
    vectors.badProofs.length +
    vectors.salts.length +
    vectors.inputEntries.length +
    vectors.dummyEntries.length +
    vectors.lists.length +
    vectors.draws.length +
    vectors.agreed.length +
    vectors.results.length +
    vectors.laws.length
  console.log(`cloison-join-v1.json: ${run}/${total} vectors`)
  assert.equal(run, total)
})
