import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decodeBase64, encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { GovernanceRecord } from '../../log/index.ts'
import { drawCommitment, drawSeed, type DrawTerms } from './draw-seed.ts'
import { sampleEntries } from './sample-entries.ts'
import { type DrawLog, type PublicEntry, verifyDraws } from './verify-draw.ts'

interface Vector {
  readonly terms: DrawTerms
  readonly nonce: string
  readonly commitment: string
  readonly checkpoint: string
  readonly seed: string
  readonly exchanges: readonly number[]
  readonly drawn: readonly number[]
}

const file = new URL('../../../vectors/cloison-audit-draw-v1.json', import.meta.url)
const { vectors }: { readonly vectors: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'))

function holds({ terms, nonce, exchanges, checkpoint, ...expected }: Vector): boolean {
  const bytes = decodeBase64(nonce)
  const seed = drawSeed(checkpoint, bytes)
  const known = new Set(exchanges)
  const drawn = sampleEntries(seed, terms, (index) => known.has(index))
  return (
    encodeBase64(drawCommitment(bytes, terms)) === expected.commitment &&
    encodeBase64(seed) === expected.seed &&
    drawn.join() === expected.drawn.join()
  )
}

test('the vectors hold, made by a second program', (t) => {
  const good = vectors.filter((vector) => holds(vector))
  t.diagnostic(`${good.length} of ${vectors.length} vectors`)
  assert.equal(good.length, vectors.length)
  assert.ok(vectors.length >= 5)
})

test('a vector with one byte changed fails', () => {
  const [vector] = vectors
  assert.ok(vector !== undefined)
  assert.equal(holds({ ...vector, checkpoint: `${vector.checkpoint}\n` }), false)
  assert.equal(holds({ ...vector, nonce: encodeBase64(sha256(utf8('other'))) }), false)
})

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('a sample is of exchanges of the range, without repetition, and as large as it can be', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.nat(900),
      fc.integer({ min: 1, max: 90 }),
      fc.nat(99),
      (seed, first, width, most) => {
        const last = first + width
        const isExchange = (index: number): boolean => index % 3 !== 0
        const count = most + 1
        const drawn = sampleEntries(seed, { first, last, count }, isExchange)
        const all = Array.from({ length: width }, (_, place) => first + place).filter(isExchange)
        return (
          drawn.length === Math.min(count, all.length) &&
          new Set(drawn).size === drawn.length &&
          drawn.every((index) => all.includes(index))
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('over many seeds every exchange is drawn equally often', () => {
  const counts = new Map<number, number>()
  const draws = 3_000
  for (let number = 0; number < draws; number += 1) {
    const seed = sha256(utf8(`seed ${number}`))
    const terms = { first: 10, last: 40, count: 5 }
    for (const index of sampleEntries(seed, terms, (one) => one % 2 === 0))
      counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  const expected = (draws * 5) / 15
  const chi = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
  assert.equal(counts.size, 15)
  // 14 degrees of freedom: beyond 36.1 lies one in a thousand.
  assert.ok(chi < 36.1, String(chi))
})

const nonce = sha256(utf8('nonce'))
const terms: DrawTerms = {
  inspector: 'inspector',
  log: 'tax.localhost/log/1',
  first: 0,
  last: 10,
  count: 3,
}
const note = 'tax.localhost/log/1\n14\nAAAA\n'

function entry(index: number, record: Partial<GovernanceRecord>): PublicEntry {
  const empty = { v: 1, class: 'governance', timeMs: 1, organisation: 'tax' } as const
  return {
    index,
    record: { ...empty, kind: 'audit.committed', name: null, digest: null, body: null, ...record },
  }
}

const commitment = encodeBase64(drawCommitment(nonce, terms))
const committed = entry(12, {
  name: 'inspector',
  digest: commitment,
  body: { count: 3, first: 0, last: 10 },
})
const step = (index: number, kind: string, body: GovernanceRecord['body']): PublicEntry =>
  entry(index, { kind, name: '12', digest: commitment, body })
const fixed = step(15, 'audit.fixed', { checkpoint: note })
const revealed = step(16, 'audit.revealed', { nonce: encodeBase64(nonce) })

function logOf(entries: readonly PublicEntry[], changes: Partial<DrawLog> = {}): DrawLog {
  return {
    origin: terms.log,
    entries,
    isExchange: () => true,
    judgeCheckpoint: (text) =>
      text === note ? { origin: terms.log, size: 14, text, isGood: true } : undefined,
    ...changes,
  }
}

function stateOf(entries: readonly PublicEntry[], changes: Partial<DrawLog> = {}): string {
  const [draw] = verifyDraws(logOf(entries, changes))
  if (draw === undefined) return 'none'
  return draw.state === 'void' ? draw.fault : draw.state
}

test('a draw goes from committed to fixed to drawn, and everybody computes the same entries', () => {
  assert.equal(stateOf([committed]), 'committed')
  assert.equal(stateOf([committed, fixed]), 'fixed')
  const [draw] = verifyDraws(logOf([committed, fixed, revealed]))
  assert.ok(draw?.state === 'drawn')
  assert.deepEqual(
    draw.drawn,
    sampleEntries(drawSeed(note, nonce), terms, () => true),
  )
})

test('whatever is changed voids the draw, and the code says what', () => {
  const changed = (body: GovernanceRecord['body']): PublicEntry => ({
    index: committed.index,
    record: { ...committed.record, body },
  })
  const all = [fixed, revealed]
  assert.equal(stateOf([changed({ count: 3, first: 0, last: 13 }), ...all]), 'TERMS_WRONG')
  assert.equal(stateOf([changed({ count: 3, first: 0 }), ...all]), 'TERMS_WRONG')
  assert.equal(stateOf([changed({ count: 2, first: 0, last: 10 }), ...all]), 'NONCE_WRONG')
  assert.equal(stateOf([changed({ count: 3, first: 1, last: 10 }), ...all]), 'NONCE_WRONG')
  const unsigned = { origin: terms.log, size: 14, text: note, isGood: false }
  const judged = (change: object): Partial<DrawLog> => ({
    judgeCheckpoint: () => ({ ...unsigned, isGood: true, ...change }),
  })
  for (const change of [{ isGood: false }, { size: 12 }, { size: 16 }, { origin: 'other' }])
    assert.equal(stateOf([committed, ...all], judged(change)), 'CHECKPOINT_WRONG')
  const wrong = step(16, 'audit.revealed', { nonce: encodeBase64(sha256(nonce)) })
  assert.equal(stateOf([committed, fixed, wrong]), 'NONCE_WRONG')
  const early = step(14, 'audit.revealed', { nonce: encodeBase64(nonce) })
  assert.equal(stateOf([committed, early, fixed]), 'NONCE_WRONG')
  assert.equal(stateOf([committed, early]), 'NONCE_WRONG')
})

test('of two fixed checkpoints and two nonces the first counts', () => {
  const second = step(17, 'audit.fixed', { checkpoint: 'another' })
  assert.equal(stateOf([committed, fixed, revealed, second]), 'drawn')
  const before = step(13, 'audit.fixed', { checkpoint: 'another' })
  assert.equal(stateOf([committed, before, fixed, revealed]), 'CHECKPOINT_WRONG')
})
