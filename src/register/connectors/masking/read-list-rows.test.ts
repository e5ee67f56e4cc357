import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { decodeUtf8 } from '../../../bytes/index.ts'
import { UniformDraws } from '../../../crypto/index.ts'
import { contractDescription, maskPlan } from '../../../testing/index.ts'
import { seededRandom } from '../../../testing/simulator/index.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { countRepeated } from './count-repeated.ts'
import { ListRows } from './list-rows.ts'
import { PackedTexts } from './packed-texts.ts'
import { readListRows } from './read-list-rows.ts'
import { roundUnits } from './round-units.ts'

const draws = new UniformDraws(seededRandom('rows'))

async function* batched(rows: readonly (readonly unknown[])[]) {
  for (const row of rows) yield [row]
}

function read(plan: MaskPlan, rows: readonly (readonly unknown[])[]): Promise<ListRows> {
  const engine = { batches: batched(rows), readValue: (_type: string, stored: unknown) => stored }
  return readListRows(plan, contractDescription, { rows: engine, draws })
}

const textsOf = (lists: ListRows, plan: MaskPlan): readonly string[] =>
  [...lists.tokensOf(plan.parts)].map((token) => decodeUtf8(token))

test('rows are put group after group, those of one as they were read; unknown keys into none', async () => {
  const plan = maskPlan({ by: ['insured'] })
  const lists = await read(plan, [
    ['c', true],
    ['a', false],
    ['x', null],
    ['y', 1],
    ['b', true],
  ])
  assert.deepEqual(lists.tokensOf(plan.parts).counts, [1, 2])
  assert.deepEqual(textsOf(lists, plan), ['a', 'c', 'b'])
})

test('where the value is in the other register, a row is all units', async () => {
  const plan = maskPlan({ measured: { kind: 'tokens', levels: 3 }, parts: ['people', 'units'] })
  const lists = await read(plan, [['a'], ['b']])
  assert.deepEqual(lists.tokensOf(plan.parts).counts, [2, 6])
  const units = [1, 2, 3].map((unit) => `\u0000${String.fromCharCode(unit)}`)
  assert.deepEqual(textsOf(lists, plan), [
    'a',
    'b',
    ...units.map((unit) => `${unit}a`),
    ...units.map((unit) => `${unit}b`),
  ])
})

test('refuses somebody with two rows, whatever groups they are in, and says no name', async () => {
  const plan = maskPlan({ by: ['insured'] })
  const twice = [
    ['P1', true],
    ['P2', true],
    ['P1', false],
  ]
  await assert.rejects(read(plan, twice), {
    code: 'RECORDS_INVALID',
    message: 'rows that repeat a subject in column nin: 1',
  })
  await assert.doesNotReject(
    read(plan, [
      ['P1', true],
      ['P1 ', false],
    ]),
  )
  // Lists without that look would bring this person as two.
  const bare = new ListRows(2)
  for (const group of [0, 1]) bare.add('P1', { group, units: 0 })
  assert.deepEqual(textsOf(bare, plan), ['P1', 'P1'])
})

test('refuses rows without a subject, with a long one, and more than there is room for', async () => {
  const plan = maskPlan()
  const code = 'RECORDS_INVALID'
  for (const subject of [null, '', 5, 'é'.repeat(257)])
    await assert.rejects(read(plan, [[subject]]), { code })
  await assert.doesNotReject(read(plan, [['é'.repeat(256)]]))
  await assert.rejects(read({ ...plan, maxRows: 1 }, [['a'], ['b']]), { code })
  const units = { measured: { kind: 'tokens', levels: 3 }, parts: ['people', 'units'] } as const
  await assert.rejects(read(maskPlan({ ...units, maxRows: 7 }), [['a'], ['b']]), { code })
  await assert.doesNotReject(read(maskPlan({ ...units, maxRows: 8 }), [['a'], ['b']]))
})

test('identifiers are overwritten when their rows are not needed any more', async () => {
  const plan = maskPlan()
  const lists = await read(plan, [['P0001'], ['P0002']])
  const views = [...lists.tokensOf(plan.parts)]
  assert.equal(decodeUtf8(views[1] ?? new Uint8Array()), 'P0002')
  lists[Symbol.dispose]()
  assert.deepEqual(views, [new Uint8Array(5), new Uint8Array(5)])
})

test('rounding has the exact mean, whatever the value', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 16 }),
      fc.nat(60),
      (min, range, levels, above) => {
        const value = min + Math.min(above, range)
        const bounds = { min, max: min + range, levels }
        // Every draw below the range once: the sum is the mean times the range.
        let sum = 0
        for (let drawn = 0; drawn < range; drawn += 1) {
          const fixed = Object.assign(new UniformDraws(seededRandom('none')), {
            below: () => drawn,
          })
          const units = roundUnits(fixed, value, bounds)
          assert.ok(Number.isInteger(units) && units >= 0 && units <= levels)
          sum += units
        }
        assert.equal(sum, (value - min) * levels)
      },
    ),
  )
})

test('packed texts are as they were put, and repeated ones are counted, whatever the seed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a', 'b', 'ab'))),
      fc.nat(),
      (texts, seed) => {
        using packed = new PackedTexts()
        const wellFormed = texts.map((text) => text.toWellFormed())
        for (const text of wellFormed) assert.equal(packed.add(text), Buffer.byteLength(text))
        assert.deepEqual(
          wellFormed.map((_, at) => decodeUtf8(packed.at(at))),
          wellFormed,
        )
        assert.equal(countRepeated(packed, seed), texts.length - new Set(wellFormed).size)
      },
    ),
  )
})

test('packed texts grow beyond their first room', () => {
  using packed = new PackedTexts()
  for (let number = 0; number < 20_000; number += 1) packed.add(`person ${number % 19_999}`)
  assert.equal(decodeUtf8(packed.at(19_998)), 'person 19998')
  assert.equal(countRepeated(packed, 1), 1)
})
