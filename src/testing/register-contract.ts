import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { middleOf, numbersOf } from '../register/index.ts'
import type {
  CellTable,
  ClosedQueryPlan,
  DomainKey,
  Measure,
  OpenRegister,
} from '../register/index.ts'

import { contractDescription, contractRows } from './contract-table.ts'
import type { ContractRow } from './contract-table.ts'
import { maskContract } from './mask-contract.ts'

const subjectOf = (value: string): { scheme: string; value: string } => ({
  scheme: 'test-number',
  value,
})

const plan = (part: Partial<ClosedQueryPlan> = {}): ClosedQueryPlan => ({
  v: 1,
  where: [],
  by: [],
  measure: { kind: 'count' },
  ...part,
})

function measureNaively(
  measure: Exclude<Measure, { kind: 'count' }>,
  values: readonly number[],
): readonly number[] {
  const total = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0)
  switch (measure.kind) {
    case 'sum':
      return [total(values)]
    case 'moments': {
      const distances = values.map((value) => value - middleOf(measure))
      return [values.length, total(distances), total(distances.map((one) => one * one))]
    }
    case 'buckets': {
      const buckets = Array.from({ length: numbersOf(measure) }, () => 0)
      for (const value of values) {
        const place = Math.floor((value - measure.min) / measure.width)
        buckets[place] = (buckets[place] ?? 0) + 1
      }
      return buckets
    }
  }
}

/** The table of a plan, counted line by line. */
function countNaively(rows: readonly ContractRow[], asked: ClosedQueryPlan): CellTable {
  const columnOf = (name: string): string =>
    contractDescription.elements.find((element) => element.name === name)?.column ?? ''
  const keysOf = (name: string): readonly DomainKey[] => {
    const domain = contractDescription.elements.find((element) => element.name === name)?.domain
    return domain?.kind === 'closed' ? domain.keys : []
  }
  let keys: DomainKey[][] = [[]]
  for (const name of asked.by)
    keys = keys.flatMap((key) => keysOf(name).map((one) => [...key, one]))
  const { measure } = asked
  const cells = keys.map((key) => {
    const inCell = rows.filter(
      (row) =>
        asked.by.every((name, index) => row[columnOf(name)] === key[index]) &&
        asked.where.every(({ element, keys: allowed }) =>
          allowed.some((one) => one === row[columnOf(element)]),
        ),
    )
    if (measure.kind === 'count') return { key, numbers: [inCell.length] }
    const { min, max } = measure
    const values = inCell
      .map((row) => row[columnOf(measure.element)])
      .filter((value) => typeof value === 'number')
      .map((value) => Math.min(Math.max(value, min), max))
    return { key, numbers: measureNaively(measure, values) }
  })
  return { by: asked.by, cells }
}

const injections = [
  `P0001' OR '1'='1`,
  `P0001"; DROP TABLE people; --`,
  `' UNION SELECT secret FROM people --`,
  `%`,
  `P000_`,
  `P0001\u0000`,
  `p0001`,
  ` P0001`,
  `?`,
  `$1`,
]

/**
 * The contract of a register, held against one driver. `open` makes a register over {@link contractRows} and
 * {@link contractDescription}; the suite disposes of it.
 */
export function registerContract(driver: string, open: () => Promise<OpenRegister>): void {
  describe(`the register contract on ${driver}`, () => {
    let register: OpenRegister | undefined
    const opened = (): OpenRegister => {
      if (register === undefined) throw new TypeError('the register is not open')
      return register
    }
    before(async () => {
      register = await open()
    })
    after(() => register?.[Symbol.asyncDispose]())
    testLookUps(opened)
    testTables(opened)
    maskContract(opened)

    test('has lookUp, aggregate, maskPoints and describe, and nothing that returns or selects people', async () => {
      const register = opened()
      assert.deepEqual(methodsOf(register), ['aggregate', 'describe', 'lookUp', 'maskPoints'])
      assert.deepEqual(register.describe(), contractDescription)
    })
  })
}

function testLookUps(opened: () => OpenRegister): void {
  test('answers the requested elements of every subject, and nothing else', async () => {
    const register = opened()
    for (const row of contractRows().filter((_, index) => index % 7 === 0)) {
      const found = await register.lookUp(subjectOf(String(row['nin'])), [
        'annualIncome',
        'district',
        'insured',
        'birthDate',
      ])
      assert.deepEqual(found, {
        annualIncome: row['annual_income'],
        district: row['district'],
        insured: row['insured'],
        birthDate: row['birth_date'],
      })
    }
    assert.deepEqual(await register.lookUp(subjectOf('P0001'), ['dependants', 'dependants']), {
      dependants: 1,
    })
  })

  test('answers null for what is not held, and undefined for whom it does not know', async () => {
    const register = opened()
    const all = ['annualIncome', 'district', 'insured', 'dependants', 'birthDate', 'street']
    const empty = Object.fromEntries(all.map((name) => [name, null]))
    assert.deepEqual(await register.lookUp(subjectOf('P0000'), all), empty)
    assert.equal(await register.lookUp(subjectOf('P9999'), all), undefined)
  })

  test('never lets an identifier become part of a statement, nor match another', async () => {
    const register = opened()
    for (const value of injections) {
      assert.equal(await register.lookUp(subjectOf(value), ['annualIncome']), undefined, value)
    }
    assert.deepEqual(await register.lookUp(subjectOf('P0001'), ['street']), {
      street: `Rue "1", d'en haut`,
    })
    const everyone = await register.aggregate(plan())
    assert.equal(everyone.cells[0]?.numbers[0], 1000)
  })

  test('refuses an unknown element, another scheme, and a look-up of nothing', async () => {
    const register = opened()
    const subject = subjectOf('P0001')
    for (const name of ['secret', 'annual_income', 'nin', '*', '"secret"', 'constructor']) {
      await assert.rejects(register.lookUp(subject, [name]), { code: 'ELEMENT_UNKNOWN' })
    }
    await assert.rejects(register.lookUp({ ...subject, scheme: 'other' }, ['district']), {
      code: 'SCHEME_MISMATCH',
    })
    await assert.rejects(register.lookUp(subject, []), { code: 'SHAPE_REFUSED' })
  })
}

function testTables(opened: () => OpenRegister): void {
  testCounts(opened)
  testGrammar(opened)
}

function testCounts(opened: () => OpenRegister): void {
  test('counts and sums as a naive count does, with all cells and in the order of the domains', async () => {
    const register = opened()
    const rows = contractRows()
    const sum = { kind: 'sum', element: 'annualIncome', min: 1000, max: 50_000 } as const
    // Within its own bounds: an engine may have them clamped beforehand.
    const own = { element: 'annualIncome', min: 0, max: 1_000_000 } as const
    const plans = [
      plan(),
      plan({ by: ['district'] }),
      plan({ by: ['district', 'insured', 'dependants'] }),
      plan({ by: ['insured'], where: [{ element: 'dependants', keys: [1, 3] }] }),
      plan({ by: ['district'], where: [{ element: 'district', keys: ["l'est"] }] }),
      plan({ where: [{ element: 'insured', keys: [true] }] }),
      plan({ by: ['dependants'], measure: sum }),
      plan({ measure: { ...sum, min: -5, max: 0 } }),
      plan({ by: ['district'], measure: { ...sum, kind: 'moments' } }),
      plan({ measure: { ...sum, kind: 'moments', min: -3, max: 40_000 } }),
      plan({ by: ['insured'], measure: { ...sum, kind: 'buckets', width: 1_000 } }),
      plan({ by: ['dependants'], measure: { ...sum, kind: 'buckets', min: -10, width: 7_777 } }),
      plan({
        measure: { ...sum, kind: 'buckets', element: 'dependants', min: 0, max: 3, width: 1 },
      }),
      plan({
        where: [{ element: 'district', keys: ['nowhere'] }],
        measure: { ...sum, kind: 'moments' },
      }),
      plan({ by: ['religion'] }),
      plan({ by: ['district'], measure: { kind: 'sum', ...own } }),
      plan({ by: ['district', 'insured'], measure: { kind: 'moments', ...own } }),
      plan({ by: ['religion'], measure: { kind: 'buckets', ...own, width: 20_000 } }),
    ]
    for (const one of plans) {
      assert.deepEqual(await register.aggregate(one), countNaively(rows, one))
    }
    const byDistrict = await register.aggregate(plan({ by: ['district'] }))
    assert.deepEqual(byDistrict.cells.at(-1), { key: ['nowhere'], numbers: [0] })
  })
}

function testGrammar(opened: () => OpenRegister): void {
  test('refuses plans outside the closed grammar', async () => {
    const register = opened()
    const refused: readonly (readonly [ClosedQueryPlan, string])[] = [
      [plan({ by: ['annualIncome'] }), 'SHAPE_REFUSED'],
      [plan({ by: ['birthDate'] }), 'SHAPE_REFUSED'],
      [plan({ by: ['street'] }), 'SHAPE_REFUSED'],
      [plan({ by: ['district', 'district'] }), 'SHAPE_REFUSED'],
      [plan({ by: ['secret'] }), 'ELEMENT_UNKNOWN'],
      [plan({ where: [{ element: 'religion', keys: ['a'] }] }), 'SHAPE_REFUSED'],
      [plan({ where: [{ element: 'district', keys: ["north' OR 1=1 --"] }] }), 'SHAPE_REFUSED'],
      [plan({ measure: { kind: 'sum', element: 'district', min: 0, max: 1 } }), 'SHAPE_REFUSED'],
      [
        plan({ measure: { kind: 'sum', element: 'annualIncome', min: 2, max: 1 } }),
        'SHAPE_REFUSED',
      ],
      [
        plan({ measure: { kind: 'sum', element: 'annualIncome', min: 0, max: 2 ** 52 } }),
        'SHAPE_REFUSED',
      ],
      [
        plan({ measure: { kind: 'moments', element: 'annualIncome', min: 0, max: 2 ** 30 } }),
        'SHAPE_REFUSED',
      ],
      [
        plan({ measure: { kind: 'buckets', element: 'annualIncome', min: 0, max: 64, width: 1 } }),
        'SHAPE_REFUSED',
      ],
    ]
    for (const [one, code] of refused) await assert.rejects(register.aggregate(one), { code })
  })
}

/** The names of every method that an object has, inherited ones included; symbols release resources. */
export function methodsOf(object: object): readonly string[] {
  const names = new Set<string>()
  let holder: object | null = object
  while (holder !== null && holder !== Object.prototype) {
    for (const name of Object.getOwnPropertyNames(holder)) names.add(name)
    const next: unknown = Object.getPrototypeOf(holder)
    holder = typeof next === 'object' ? next : null
  }
  names.delete('constructor')
  return [...names].sort()
}
