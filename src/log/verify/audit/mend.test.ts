import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { equalBytes } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import { perfectRoot } from '../tree-hasher.ts'
import { mend } from './mend.ts'

const WIDTH = 16

function rowOf(seed: number): Uint8Array {
  const hashes = Array.from({ length: WIDTH }, (_, i) => [...sha256(Uint8Array.of(seed, i))])
  return Uint8Array.from(hashes.flat())
}

/** The row with these hashes replaced by garbage. */
function damaged(row: Uint8Array, positions: readonly number[]): Uint8Array {
  const copy = row.slice()
  for (const position of positions) copy.fill(position, position * 32, position * 32 + 32)
  return copy
}

test('whatever is damaged apart in the stored and in the derived row is mended', () => {
  const apart = fc.tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 4 }),
    fc.uniqueArray(fc.integer({ min: 8, max: 15 }), { maxLength: 4 }),
  )
  fc.assert(
    fc.property(fc.nat(255), apart, (seed, [inStored, inDerived]) => {
      const row = rowOf(seed)
      const root = perfectRoot(row)
      const rows = [{ stored: damaged(row, inStored), derived: damaged(row, inDerived) }]
      const isRight = ([one]: readonly Uint8Array[]): boolean =>
        one !== undefined && equalBytes(perfectRoot(one), root)
      assert.deepEqual(mend(rows, isRight), [row])
    }),
    { numRuns: 30 },
  )
})

test('a hash that is wrong in both rows cannot be mended, nor a row that is missing in both', () => {
  const row = rowOf(1)
  const never = (): boolean => false
  assert.equal(mend([{ stored: damaged(row, [3]), derived: damaged(row, [3]) }], never), undefined)
  assert.equal(mend([{ stored: undefined, derived: undefined }], never), undefined)
})

test('of several rows each is taken from where it is right', () => {
  const [a, b] = [rowOf(1), rowOf(2)]
  const rows = [
    { stored: damaged(a, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), derived: a },
    { stored: b, derived: undefined },
    { stored: undefined, derived: a },
  ]
  const wanted = [a, b, a]
  const isRight = (candidate: readonly Uint8Array[]): boolean =>
    candidate.length === 3 && candidate.every((row, i) => equalBytes(row, wanted[i] ?? a))
  assert.deepEqual(mend(rows, isRight), wanted)
})
