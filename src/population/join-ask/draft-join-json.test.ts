import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { JoinMeasure } from '../join-query/index.ts'
import { type DraftJoin, type DraftJoinSide, readDraftJoin } from './draft-join.ts'
import { draftJoinJson } from './draft-join-json.ts'

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
const key = fc.oneof(fc.boolean(), fc.integer(), fc.string({ minLength: 1 }))
const of = { side: fc.constantFrom('left', 'right'), element: name }
const measure: fc.Arbitrary<JoinMeasure> = fc.oneof(
  fc.constant({ kind: 'count' } as const),
  fc.record({
    kind: fc.constantFrom('sum', 'mean'),
    ...of,
    levels: fc.integer({ min: 1, max: 16 }),
  }),
  fc.record({
    kind: fc.constant('quantiles'),
    ...of,
    ppm: fc
      .uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 9 })
      .map((all) => all.toSorted((one, other) => one - other)),
  }),
)
const side: fc.Arbitrary<DraftJoinSide> = fc.record(
  {
    agreement: fc.stringMatching(/^[a-z0-9][a-z0-9-]{2,20}$/),
    register: name,
    where: fc.dictionary(name, fc.array(key, { minLength: 1, maxLength: 3 }), {
      noNullPrototype: true,
    }),
    by: fc.uniqueArray(name, { maxLength: 4 }),
  },
  { requiredKeys: ['agreement'] },
)
const draft: fc.Arbitrary<DraftJoin> = fc.record({
  left: side,
  right: side,
  measure,
  microEpsilon: fc.integer({ min: 1, max: 500_000 }),
  deltaExponent: fc.integer({ min: 6, max: 12 }),
})

const jsonOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

test('a question that is written as people write it is read back as it was', () => {
  fc.assert(
    fc.property(draft, (one) => {
      assert.deepEqual(readDraftJoin(jsonOf(draftJoinJson(one))), jsonOf(one))
    }),
  )
})
