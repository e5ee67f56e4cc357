import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { PopulationError } from '../population-error.ts'
import { draftJson } from './draft-json.ts'
import { type DraftQuery, readDraftQuery } from './draft-query.ts'

const element = fc.constantFrom('age', 'income')
const ppm = fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 9 })

const measure: fc.Arbitrary<DraftQuery['measure']> = fc.oneof(
  fc.constant({ kind: 'count' } as const),
  fc.record({ kind: fc.constantFrom('sum', 'mean', 'variance'), element }),
  fc.record({ kind: fc.constant('quantiles'), element, ppm }),
)

const draft: fc.Arbitrary<DraftQuery> = fc.record(
  {
    register: fc.constantFrom('people', 'income'),
    where: fc.dictionary(element, fc.array(fc.constantFrom('f', 'm', 3, true), { minLength: 1 }), {
      noNullPrototype: true,
    }),
    by: fc.array(fc.constantFrom('sex', 'district'), { maxLength: 2 }),
    measure,
    microEpsilon: fc.integer({ min: 1, max: 999_999_999 }),
    deltaExponent: fc.option(fc.integer({ min: 6, max: 15 })),
  },
  { requiredKeys: ['measure', 'microEpsilon', 'deltaExponent'] },
)

test('a query as people write it is read back as the same query, through JSON', () => {
  fc.assert(
    fc.property(draft, (query) => {
      const read = readDraftQuery(JSON.parse(JSON.stringify(draftJson(query))))
      // Arbitrary records may have no prototype, which is no part of a query.
      assert.deepEqual(read, structuredClone(query))
    }),
  )
})

test('a decimal is read by its digits, and what is none is refused with its place', () => {
  const read = (epsilon: unknown): number =>
    readDraftQuery({ measure: 'count', epsilon }).microEpsilon
  assert.equal(read(0.1), 100_000)
  assert.equal(read('0.000001'), 1)
  assert.equal(read(1), 1_000_000)
  for (const bad of [0, -0.1, '1e-3', '0.0000001', '.5', 'much', null, 1e-7])
    assert.throws(
      () => read(bad),
      (cause) => cause instanceof PopulationError && cause.detail === 'epsilon',
      String(bad),
    )
})
