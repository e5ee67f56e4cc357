import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Arbitrary,
  array,
  assert as check,
  constant,
  constantFrom,
  integer,
  nat,
  property,
  record,
} from 'fast-check'
import { isFiltered, listQuery, type ListWish, matching, readListWish } from './list-wish.ts'

const wishes: Arbitrary<ListWish> = record(
  {
    organisation: constantFrom(undefined, 'tax', 'social', 'housing'),
    year: constantFrom(undefined, 2025, 2026),
    outcome: constantFrom(undefined, 'permit' as const, 'deny' as const),
    page: integer({ min: 1, max: 999_999 }),
  },
  { noNullPrototype: true },
)

test('a wish that is written into an address is read back as it was', () => {
  check(
    property(wishes, (wish) => {
      assert.deepEqual(readListWish(listQuery(wish).slice(1)), wish)
    }),
  )
})

test('an address that is no wish asks for everything’s first page', () => {
  const everything = readListWish('')
  assert.equal(listQuery(everything), '')
  assert.equal(isFiltered(everything), false)
  for (const query of [
    'organisation=&year=&outcome=&page=',
    'organisation=Tax%20Agency&year=20x6&outcome=maybe&page=-1',
    'page=0&year=0&person=6629733206',
    'page=1e3&year=10000',
  ])
    assert.deepEqual(readListWish(query), everything, query)
})

test('what is left out by one part of a wish is left out by all of it, and the order stays', () => {
  const year = (ms: number): number => (ms < 100 ? 2025 : 2026)
  const lines = array(
    record({
      atMs: nat(200),
      consumer: constantFrom('housing', 'tax'),
      provider: constantFrom('tax', 'social'),
      outcome: constantFrom('permit' as const, 'deny' as const),
      entryIndex: nat(),
      origin: constant('tax.localhost/log/2026h2'),
    }),
  )
  check(
    property(lines, wishes, (list, wish) => {
      const found = matching(list, wish, { year })
      const expected = list.filter(
        (line) =>
          [line.consumer, line.provider, undefined].some((one) => one === wish.organisation) &&
          line.outcome === (wish.outcome ?? line.outcome) &&
          year(line.atMs) === (wish.year ?? year(line.atMs)),
      )
      assert.deepEqual(found, expected)
    }),
  )
})
