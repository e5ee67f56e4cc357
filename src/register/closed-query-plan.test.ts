import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { contractDescription } from '../testing/index.ts'
import { cellCeiling, closedQueryPlanSchema, fillCells, layOutCells } from './closed-query-plan.ts'
import type { ClosedQueryPlan } from './closed-query-plan.ts'
import type { RegisterDescription } from './register-description.ts'

const plan = (changes: Partial<ClosedQueryPlan> = {}): ClosedQueryPlan => ({
  v: 1,
  where: [],
  by: [],
  measure: { kind: 'count' },
  ...changes,
})

test('the cells are the product of the domains, the last dimension fastest', () => {
  assert.deepEqual(layOutCells(plan(), contractDescription), [[]])
  const cells = layOutCells(plan({ by: ['insured', 'dependants'] }), contractDescription)
  assert.equal(cells.length, 8)
  assert.deepEqual(cells.slice(0, 5), [
    [false, 0],
    [false, 1],
    [false, 2],
    [false, 3],
    [true, 0],
  ])
})

test('a table has all cells, whatever rows there were', () => {
  const by = ['district', 'insured']
  const cells = layOutCells(plan({ by }), contractDescription)
  fc.assert(
    fc.property(fc.subarray([...cells]), (found) => {
      const table = fillCells(
        plan({ by }),
        cells,
        found.map((key) => ({ key, numbers: [1] })),
      )
      assert.deepEqual(
        table.cells.map(({ key }) => key),
        cells,
      )
      assert.equal(
        table.cells.reduce((total, { numbers }) => total + (numbers[0] ?? 0), 0),
        found.length,
      )
    }),
  )
})

test('a table has at most a thousand cells', () => {
  const [first] = contractDescription.elements.filter(({ domain }) => domain.kind === 'closed')
  assert.ok(first !== undefined)
  const wide = (name: string, count: number): RegisterDescription['elements'][number] => ({
    ...first,
    name,
    type: 'integer',
    domain: { kind: 'closed', keys: Array.from({ length: count }, (_, index) => index) },
  })
  const description = {
    ...contractDescription,
    elements: [wide('a', 100), wide('b', 10), wide('c', 11)],
  }
  assert.equal(layOutCells(plan({ by: ['a', 'b'] }), description).length, cellCeiling)
  assert.throws(() => layOutCells(plan({ by: ['a', 'c'] }), description), { code: 'SHAPE_REFUSED' })
})

test('nothing in a protected register is a filter', () => {
  const clinic = { ...contractDescription, category: 'special' } as const
  const where = [{ element: 'district', keys: ['north'] }]
  assert.ok(layOutCells(plan({ where }), contractDescription))
  assert.throws(() => layOutCells(plan({ where }), clinic), { code: 'SHAPE_REFUSED' })
})

test('the closed schema has no place for text of its own', () => {
  const bad: readonly unknown[] = [
    { ...plan(), sql: 'SELECT 1' },
    { ...plan(), where: 'district = 1' },
    { ...plan(), where: [{ element: 'district', keys: ['north'], or: true }] },
    { ...plan(), where: [{ element: 'district', op: 'like', keys: ['n%'] }] },
    { ...plan(), where: [{ element: 'district', keys: [] }] },
    { ...plan(), measure: { kind: 'list' } },
    { ...plan(), measure: { kind: 'count', element: 'nin' } },
    { ...plan(), measure: { kind: 'sum', element: 'annualIncome' } },
    { ...plan(), limit: 10 },
    { ...plan(), v: 2 },
  ]
  for (const one of bad) assert.equal(closedQueryPlanSchema.safeParse(one).success, false)
  assert.ok(closedQueryPlanSchema.safeParse(plan()).success)
})
