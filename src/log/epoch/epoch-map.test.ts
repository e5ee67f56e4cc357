import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  canonicalBytes,
  concatBytes,
  decodeBase64,
  decodeHex,
  encodeBase64,
  encodeHex,
  utf8,
} from '../../bytes/index.ts'
import { hmacSha256, sha256, verifyVrf } from '../../crypto/index.ts'
import { naiveMap, type NaiveHashes } from '../../testing/index.ts'
import { type MapClaim, type MapEvidence, provesInMap } from '../verify/index.ts'
import { type EpochMap, epochMapBuilder } from './epoch-map.ts'
import type { MapContext, MapHead } from './map-hashes.ts'

/** By OpenSSL: shares no code with what it is compared with. */
const hashes: NaiveHashes = {
  sha256(parts) {
    const all = createHash('sha256')
    for (const part of parts) all.update(part)
    return new Uint8Array(all.digest())
  },
  hmac(key, parts) {
    const all = createHmac('sha256', key)
    for (const part of parts) all.update(part)
    return new Uint8Array(all.digest())
  },
}

const rest = async (): Promise<void> => undefined
const blinding = { key: new Uint8Array(32).fill(1), salt: new Uint8Array(32).fill(2) }
const context: MapContext = { epoch: 3, origin: 'tax.example/log/2026h2', size: 500 }

async function mapOf(
  heads: readonly MapHead[],
  where: MapContext = context,
  salt: Uint8Array = blinding.salt,
): Promise<EpochMap> {
  const builder = epochMapBuilder(where, { ...blinding, salt })
  for (const head of heads) builder.add(head)
  return builder.finish(rest)
}

function headOf(place: number, change: Partial<MapHead> = {}): MapHead {
  const handle = sha256(utf8(`handle ${place}`))
  const commitment = encodeBase64(sha256(utf8(`commitment ${place}`)))
  return { handle, chain: 'open', count: 1 + (place % 4), commitment, ...change }
}

/** A proof as a person gets it. */
function evidenceOf(map: EpochMap, head: MapHead): MapEvidence {
  const proof = map.prove(head.handle)
  const siblings = proof.siblings.map(encodeBase64)
  if (proof.state === 'present')
    return { state: 'present', count: head.count, blinding: encodeBase64(proof.blinding), siblings }
  const { other } = proof
  return {
    state: 'absent',
    other:
      other === undefined ? null : { key: encodeBase64(other.key), head: encodeBase64(other.head) },
    siblings,
  }
}

function claimOf(map: EpochMap, { handle, commitment, count }: MapHead): MapClaim {
  return { ...map.context, root: map.root, handle, end: { commitment, count } }
}

const sizes = fc.integer({ min: 0, max: 60 })
const places = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 })

test('every chain is in the map with its end, and in no other way', async () => {
  const law = fc.asyncProperty(places, async (drawn) => {
    const heads = drawn.map((place) => headOf(place))
    const map = await mapOf(heads)
    assert.equal(map.count, heads.length)
    for (const head of heads) {
      const evidence = evidenceOf(map, head)
      const claim = claimOf(map, head)
      assert.equal(evidence.state, 'present')
      assert.equal(provesInMap(evidence, claim), true)
      assert.equal(provesInMap(evidence, { ...claim, end: undefined }), false)
      const { count, commitment } = head
      const more = { commitment, count: count + 1 }
      assert.equal(provesInMap(evidence, { ...claim, end: more }), false)
      if (evidence.state === 'present')
        assert.equal(provesInMap({ ...evidence, count: count + 1 }, { ...claim, end: more }), false)
      const fewer = encodeBase64(sha256(utf8('an older commitment')))
      assert.equal(provesInMap(evidence, { ...claim, end: { commitment: fewer, count } }), false)
    }
  })
  await fc.assert(law, { numRuns: 20 })
})

test('absence is proven for whoever is not in the map, and for nobody who is', async () => {
  const law = fc.asyncProperty(places, fc.integer({ min: 6000, max: 7000 }), async (drawn, one) => {
    const heads = drawn.map((place) => headOf(place))
    const map = await mapOf(heads)
    const stranger = headOf(one)
    const evidence = evidenceOf(map, stranger)
    const claim = { ...claimOf(map, stranger), end: undefined }
    assert.equal(evidence.state, 'absent')
    assert.equal(provesInMap(evidence, claim), true)
    assert.equal(provesInMap(evidence, claimOf(map, stranger)), false)
    for (const head of heads) {
      const known = { ...claimOf(map, head), end: undefined }
      assert.equal(provesInMap(evidence, known), false, 'the absence of another')
      const own = map.prove(head.handle)
      const siblings = own.siblings.map(encodeBase64)
      for (let depth = 0; depth <= siblings.length; depth += 1) {
        const cut = siblings.slice(0, depth)
        assert.equal(provesInMap({ state: 'absent', other: null, siblings: cut }, known), false)
      }
    }
  })
  await fc.assert(law, { numRuns: 20 })
})

test('a neighbour proves absence only where the path leads to it', async () => {
  const heads = Array.from({ length: 40 }, (_, place) => headOf(place))
  const map = await mapOf(heads)
  const naive = naiveMap(context, blinding, { heads, hashes })
  let tried = 0
  for (const [place, victim] of heads.entries()) {
    for (const [at, neighbour] of heads.entries()) {
      const leaf = naive.leaves[at]
      assert.ok(leaf !== undefined)
      const other = {
        key: encodeBase64(decodeHex(leaf.key)),
        head: encodeBase64(decodeHex(leaf.head)),
      }
      const siblings = map.prove(neighbour.handle).siblings.map(encodeBase64)
      const claim = { ...claimOf(map, victim), end: undefined }
      const forged = { state: 'absent' as const, other, siblings }
      assert.equal(provesInMap(forged, claim), false, `${place} by ${at}`)
      tried += 1
    }
  }
  assert.equal(tried, 1600)
})

test('a proof is of no use for another handle, epoch, log, size or root', async () => {
  const heads = Array.from({ length: 9 }, (_, place) => headOf(place))
  const map = await mapOf(heads)
  for (const head of heads) {
    const evidence = evidenceOf(map, head)
    const claim = claimOf(map, head)
    assert.equal(provesInMap(evidence, claim), true)
    const others: readonly Partial<MapClaim>[] = [
      { handle: sha256(utf8('another')) },
      { epoch: 4 },
      { origin: 'tax.example/log/2027h1' },
      { size: 501 },
      { root: sha256(utf8('root')) },
    ]
    for (const other of others)
      assert.equal(provesInMap(evidence, { ...claim, ...other }), false, Object.keys(other).join())
  }
})

test('changing any byte of a proof is found', async () => {
  const heads = Array.from({ length: 6 }, (_, place) => headOf(place))
  const map = await mapOf(heads)
  const stranger = headOf(100)
  const flip = (text: string, place: number): string => {
    const bytes = decodeBase64(text)
    bytes[place] = (bytes[place] ?? 0) ^ 4
    return encodeBase64(bytes)
  }
  for (const head of [...heads, stranger]) {
    const evidence = evidenceOf(map, head)
    const claim =
      evidence.state === 'present' ? claimOf(map, head) : { ...claimOf(map, head), end: undefined }
    const { siblings } = evidence
    for (let place = 0; place < 32; place += 1) {
      for (let at = 0; at < siblings.length; at += 1) {
        const changed = siblings.map((one, other) => (other === at ? flip(one, place) : one))
        assert.equal(provesInMap({ ...evidence, siblings: changed }, claim), false)
      }
      if (evidence.state === 'present') {
        const spoilt = { ...evidence, blinding: flip(evidence.blinding, place) }
        assert.equal(provesInMap(spoilt, claim), false)
      } else if (evidence.other !== null) {
        const { key, head: other } = evidence.other
        const headSpoilt = { ...evidence, other: { key, head: flip(other, place) } }
        const keySpoilt = { ...evidence, other: { key: flip(key, place), head: other } }
        assert.equal(provesInMap(headSpoilt, claim), false)
        assert.equal(provesInMap(keySpoilt, claim), false)
      }
    }
    assert.equal(
      provesInMap({ ...evidence, siblings: [...siblings, siblings[0] ?? ''] }, claim),
      false,
    )
    assert.equal(provesInMap({ ...evidence, siblings: siblings.slice(1) }, claim), false)
  }
})

test('the root is that of the definition, in any order, and changes with every chain', async () => {
  const law = fc.asyncProperty(sizes, fc.integer({ min: 0, max: 59 }), async (count, at) => {
    const heads = Array.from({ length: count }, (_, place) => headOf(place))
    const map = await mapOf(heads)
    assert.equal(encodeHex(map.root), naiveMap(context, blinding, { heads, hashes }).root)
    assert.deepEqual((await mapOf(heads.toReversed())).root, map.root)
    const [head] = heads.slice(at % Math.max(count, 1))
    if (head === undefined) return
    const without = heads.filter((one) => one !== head)
    assert.notDeepEqual((await mapOf(without)).root, map.root)
    for (const change of [
      { count: 9 },
      { commitment: encodeBase64(sha256()) },
      { chain: 'withheld' as const },
    ])
      assert.notDeepEqual((await mapOf([...without, { ...head, ...change }])).root, map.root)
    assert.notDeepEqual((await mapOf([...heads, headOf(99)])).root, map.root)
  })
  await fc.assert(law, { numRuns: 25 })
})

test('equal ends in two epochs have keys, heads and leaves that share nothing', async () => {
  const heads = Array.from({ length: 20 }, (_, place) => headOf(place))
  const next = { ...context, epoch: context.epoch + 1 }
  const one = naiveMap(context, blinding, { heads, hashes })
  const salt = new Uint8Array(32).fill(3)
  const other = naiveMap(next, { ...blinding, salt }, { heads, hashes })
  assert.equal(encodeHex((await mapOf(heads, next, salt)).root), other.root)
  const seen = (map: typeof one): readonly string[] =>
    map.leaves.flatMap(({ key, blinding: b, head, leaf }) => [key, b, head, leaf])
  const all = [...seen(one), ...seen(other)]
  assert.equal(new Set(all).size, all.length)
  // With the salt of the epoch before, the heads would be the same: the salt is what parts them.
  const stale = naiveMap(next, blinding, { heads, hashes })
  assert.deepEqual(
    stale.leaves.map(({ head }) => head),
    one.leaves.map(({ head }) => head),
  )
})

test('what is proven of an open chain is the same whether or not there is a withheld one', async () => {
  const open = headOf(1)
  const withheld = headOf(2, { chain: 'withheld' })
  const others = Array.from({ length: 30 }, (_, place) => headOf(place + 10))
  const shapeOf = (evidence: MapEvidence): string =>
    JSON.stringify({ ...evidence, siblings: 0, blinding: 0 })
  const without = await mapOf([open, ...others])
  const within = await mapOf([open, withheld, ...others])
  assert.equal(shapeOf(evidenceOf(within, open)), shapeOf(evidenceOf(without, open)))
  assert.equal(provesInMap(evidenceOf(within, open), claimOf(within, open)), true)
  // Who has withheld entries alone is not in the map under the handle that they can be told.
  const hidden = await mapOf([withheld, ...others])
  const absent = evidenceOf(hidden, open)
  assert.equal(absent.state, 'absent')
  assert.equal(provesInMap(absent, { ...claimOf(hidden, open), end: undefined }), true)
})

test('a handle that is added twice is refused', async () => {
  await assert.rejects(mapOf([headOf(1), headOf(1, { chain: 'withheld' })]), RangeError)
})

interface MapVector {
  readonly epoch: number
  readonly origin: string
  readonly size: number
  readonly salt: string
  readonly heads: readonly {
    readonly handle: string
    readonly chain: 'open' | 'withheld'
    readonly count: number
    readonly commitment: string
    readonly key: string
    readonly blinding: string
    readonly head: string
    readonly leaf: string
  }[]
  readonly context: string
  readonly root: string
  readonly proofs: readonly {
    readonly handle: string
    readonly commitment: string | null
    readonly proof: MapEvidence
  }[]
}

interface Vectors {
  readonly handleKey: string
  readonly vrfKey: string
  readonly blindingKey: string
  readonly handles: readonly {
    readonly scheme: string
    readonly value: string
    readonly chain: string
    readonly proof: string
    readonly handle: string
  }[]
  readonly maps: readonly MapVector[]
}

const file = new URL('../../../vectors/cloison-epoch-map-v1.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))

/** What the vectors say of one map, and what writer, definition and verifier say; all true when it holds. */
async function mapHolds(vector: MapVector, key: Uint8Array): Promise<readonly boolean[]> {
  const { epoch, origin, size } = vector
  const where = { epoch, origin, size }
  const secret = { key, salt: decodeHex(vector.salt) }
  const heads = vector.heads.map(({ handle, chain, count, commitment }) => ({
    handle: decodeBase64(handle),
    chain,
    count,
    commitment,
  }))
  const naive = naiveMap(where, secret, { heads, hashes })
  const builder = epochMapBuilder(where, secret)
  for (const head of heads) builder.add(head)
  const map = await builder.finish(rest)
  const told = vector.heads.map(({ key: k, blinding: b, head, leaf }) => ({
    key: k,
    blinding: b,
    head,
    leaf,
  }))
  return [
    naive.context === vector.context,
    naive.root === vector.root,
    encodeHex(map.root) === vector.root,
    JSON.stringify(naive.leaves) === JSON.stringify(told),
    ...vector.proofs.map(({ handle, commitment, proof }) => {
      const count = proof.state === 'present' ? proof.count : 0
      const end = commitment === null ? undefined : { commitment, count }
      const claim = { ...where, root: decodeHex(vector.root), handle: decodeBase64(handle), end }
      return provesInMap(proof, claim) && map.prove(claim.handle).state === proof.state
    }),
  ]
}

function handleHolds(one: Vectors['handles'][number]): boolean {
  const { scheme, value, chain } = one
  const alpha = concatBytes(utf8('cloison/subject/v1\n'), canonicalBytes({ chain, scheme, value }))
  const output = verifyVrf(decodeHex(vectors.vrfKey), alpha, decodeBase64(one.proof))
  return output !== undefined && encodeBase64(output.subarray(0, 32)) === one.handle
}

test('the vectors hold for writer, verifier and definition, and a changed byte fails', async () => {
  let run = 0
  const blindingKey = decodeHex(vectors.blindingKey)
  assert.deepEqual(
    hmacSha256(decodeHex(vectors.handleKey), utf8('cloison/epoch-blinding/v1')),
    blindingKey,
  )
  for (const one of vectors.handles) {
    assert.equal(handleHolds(one), true)
    run += 1
  }
  for (const map of vectors.maps) {
    const holds = await mapHolds(map, blindingKey)
    assert.equal(holds.every(Boolean), true)
    run += map.proofs.length + 1
    const flipped = { ...map, root: map.root.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }
    assert.equal((await mapHolds(flipped, blindingKey)).every(Boolean), false)
    const salted = { ...map, salt: map.salt.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }
    if (map.heads.length > 0)
      assert.equal((await mapHolds(salted, blindingKey)).every(Boolean), false)
  }
  const total =
    vectors.handles.length + vectors.maps.reduce((sum, { proofs }) => sum + proofs.length + 1, 0)
  assert.equal(run, total)
  console.log(`cloison-epoch-map-v1.json: ${run}/${total} vectors`)
})
