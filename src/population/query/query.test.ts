import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compileAgreement, type PopulationAgreement } from '../../agreement/index.ts'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import { type ElementDescription, parseRegisterDescription } from '../../register/index.ts'
import { samplePopulationSource } from '../../testing/index.ts'
import { lawOf, planNumbers } from './plan-numbers.ts'
import type { PopulationQuery } from './population-query.ts'
import { previewQuery } from './preview-query.ts'
import type { QueryTerms } from './query-terms.ts'
import { canonicalQuery, readQuery } from './read-query.ts'
import { queryChecks, refuseQuery } from './refuse-query.ts'

const keys = (count: number): string[] => Array.from({ length: count }, (_, at) => `k${at}`)

function described(name: string, domain: Json, more: Record<string, Json> = {}): Json {
  const type = JSON.stringify(domain).includes('bounded') ? 'integer' : 'string'
  return { name, column: name, type, unit: null, category: 'ordinary', domain, ...more }
}

const description = parseRegisterDescription({
  v: 1,
  name: 'people',
  category: 'ordinary',
  table: 'people',
  subject: { column: 'id', scheme: 'demo-nin' },
  population: { name: 'residents', size: 100_000 },
  rowsPerPerson: 1,
  elements: [
    described('sex', { kind: 'closed', keys: ['f', 'm'] }),
    described('schooling', { kind: 'closed', keys: keys(16) }),
    described('origin', { kind: 'closed', keys: keys(5) }, { category: 'special' }),
    described('region', { kind: 'closed', keys: keys(4) }, { geography: 0 }),
    described('town', { kind: 'closed', keys: keys(40) }, { geography: 1 }),
    described('street', { kind: 'closed', keys: keys(9) }, { category: 'locating' }),
    described('age', { kind: 'bounded', min: 0, max: 110 }),
    described('wealth', { kind: 'bounded', min: 0, max: 2_000_000_000_000 }),
    described('nickname', { kind: 'open' }),
  ],
})
/** An agreement on every element: also on those that no real one could have. */
function agreementOn(elements: readonly ElementDescription[]): PopulationAgreement {
  const agreement = compileAgreement(samplePopulationSource())
  assert.ok(agreement.kind === 'population')
  const dataElements = elements.map(({ name, category }) => ({
    name,
    register: 'people',
    source: name,
    answerType: 'attribute' as const,
    predicate: null,
    category,
  }))
  return { ...agreement, dataElements }
}

const terms: QueryTerms = {
  agreement: agreementOn(description.elements),
  description,
  countersigned: false,
}
const countersigned: QueryTerms = { ...terms, countersigned: true }

const plain: PopulationQuery = {
  v: 1,
  agreement: terms.agreement.id,
  version: 1,
  registers: ['people'],
  where: {},
  by: ['sex'],
  measure: { kind: 'count' },
  microEpsilon: 100_000,
  deltaExponent: null,
}

interface Misfit {
  readonly name: string
  readonly change: Partial<PopulationQuery>
  readonly code: string
  readonly path: string
  readonly under?: QueryTerms
}

const misfits: readonly Misfit[] = [
  {
    name: 'another register',
    change: { registers: ['others'] },
    code: 'ELEMENT_NOT_AGREED',
    path: 'registers[0]',
  },
  {
    name: 'an element nobody agreed on',
    change: { by: ['sex', 'shoe'] },
    code: 'ELEMENT_NOT_AGREED',
    path: 'by[1]',
  },
  {
    name: 'a protected filter',
    change: { where: { origin: ['k1'] } },
    code: 'PROTECTED_ELEMENT',
    path: 'where.origin',
    under: countersigned,
  },
  {
    name: 'a protected dimension that no inspector has seen',
    change: { by: ['origin'] },
    code: 'PROTECTED_ELEMENT',
    path: 'by[0]',
  },
  {
    name: 'a protected dimension with fine places',
    change: { by: ['origin', 'town'] },
    code: 'PROTECTED_ELEMENT',
    path: 'by[1]',
    under: countersigned,
  },
  {
    name: 'a dimension twice',
    change: { by: ['sex', 'sex'] },
    code: 'SHAPE_REFUSED',
    path: 'by[1]',
  },
  { name: 'free text', change: { by: ['nickname'] }, code: 'SHAPE_REFUSED', path: 'by[0]' },
  {
    name: 'a locating dimension',
    change: { by: ['street'] },
    code: 'SHAPE_REFUSED',
    path: 'by[0]',
  },
  {
    name: 'a locating filter',
    change: { where: { street: ['k1'] } },
    code: 'SHAPE_REFUSED',
    path: 'where.street',
  },
  {
    name: 'a key that is none',
    change: { where: { sex: ['x'] } },
    code: 'SHAPE_REFUSED',
    path: 'where.sex',
  },
  {
    name: 'a key twice',
    change: { where: { sex: ['f', 'f'] } },
    code: 'SHAPE_REFUSED',
    path: 'where.sex',
  },
  {
    name: 'a mean of words',
    change: { measure: { kind: 'mean', element: 'sex' } },
    code: 'SHAPE_REFUSED',
    path: 'measure.element',
  },
  {
    name: 'a sum past 2^53',
    change: { measure: { kind: 'sum', element: 'wealth' } },
    code: 'SHAPE_REFUSED',
    path: 'measure.element',
  },
  {
    name: 'too many cells',
    change: { by: ['schooling', 'town', 'sex'] },
    code: 'SHAPE_REFUSED',
    path: 'by',
  },
  {
    name: 'cells for few people each',
    change: { by: ['town', 'schooling'], where: { region: ['k0'] } },
    code: 'SHAPE_REFUSED',
    path: 'by',
  },
  {
    name: 'more epsilon than a question may spend',
    change: { microEpsilon: 500_001 },
    code: 'EPSILON_TOO_LARGE',
    path: 'microEpsilon',
  },
  {
    name: 'a delta that nobody agreed on',
    change: { deltaExponent: 6 },
    code: 'EPSILON_TOO_LARGE',
    path: 'deltaExponent',
  },
]

test('a plain table is let through, and a protected one where an inspector has signed', () => {
  assert.equal(refuseQuery(plain, terms), undefined)
  assert.equal(refuseQuery({ ...plain, by: ['origin', 'region'] }, countersigned), undefined)
})

for (const { name, change, code, path, under = terms } of misfits) {
  test(`refuses ${name}, with ${code}`, () => {
    const found = refuseQuery({ ...plain, ...change }, under)
    assert.equal(found?.code, code)
    assert.equal(found?.path, path)
  })
}

test('each check holds something back alone: without it one of the refused is let through', () => {
  for (const left of queryChecks) {
    const others = queryChecks.filter((one) => one !== left)
    const passed = misfits.filter(({ change, under = terms }) => {
      const query = { ...plain, ...change }
      return refuseQuery(query, under, others) === undefined
    })
    // What nobody agreed on counts as protected as well, and a test of its own is about the last check.
    const isDoubled = ['onlyAgreed', 'drawable'].includes(left.name)
    assert.ok(passed.length > 0 || isDoubled, left.name)
  }
})

test('so wide a noise that it is not drawn exactly is refused, with what to do', () => {
  const wide = { ...plain, measure: { kind: 'sum', element: 'age' } as const, microEpsilon: 1 }
  assert.equal(refuseQuery(wide, terms), undefined)
  const small = parseRegisterDescription({
    ...description,
    population: { name: 'residents', size: 500 },
    elements: [described('wealth', { kind: 'bounded', min: 0, max: 2_000_000_000_000 })],
  })
  const agreement = agreementOn(small.elements)
  const query = { ...plain, by: [], measure: { kind: 'sum', element: 'wealth' } as const }
  const found = refuseQuery(query, { agreement, description: small, countersigned: false })
  assert.equal(found?.code, 'SHAPE_REFUSED')
  assert.match(found?.message ?? '', /not drawn/)
})

test('a query is read from its canonical form alone, and what is wrong is named by place', () => {
  const json = {
    ...plain,
    registers: ['people'],
    where: {},
    by: ['sex'],
    measure: { kind: 'count' },
  }
  assert.deepEqual(readQuery(canonicalBytes(json)), { ok: true, query: plain })
  for (const [change, path] of [
    [{ extra: 1 }, ''],
    [{ registers: ['people', 'others'] }, 'registers'],
    [{ subject: 'somebody' }, ''],
    [{ where: 'age > 3' }, 'where'],
    [{ where: { sex: [] } }, 'where.sex'],
    [{ measure: { kind: 'list' } }, 'measure.kind'],
    [{ measure: { kind: 'quantiles', element: 'age', ppm: [500_000, 250_000] } }, 'measure.ppm'],
    [{ microEpsilon: 0.5 }, 'microEpsilon'],
  ] as const) {
    const reading = readQuery(canonicalBytes({ ...json, ...change }))
    assert.ok(!reading.ok && reading.refusal.code === 'MALFORMED')
    assert.equal(reading.refusal.path, path)
  }
})

test('keys in another order are the same query', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(keys(16), { minLength: 1 }), (chosen) => {
      const query = { ...plain, where: { schooling: chosen } }
      const canonical = canonicalQuery(query)
      assert.deepEqual(
        canonical.where['schooling'],
        keys(16)
          .toSorted()
          .filter((one) => chosen.includes(one)),
      )
    }),
  )
  const { where } = canonicalQuery({
    ...plain,
    where: { age: [30, -2, 4], insured: [true, false] },
  })
  assert.deepEqual(where, { age: [-2, 4, 30], insured: [false, true] })
})

test('the price and the precision are known beforehand, and shrink with what is spent', () => {
  const preview = previewQuery(plain, terms)
  assert.deepEqual(preview, {
    cells: 2,
    numbers: [{ name: 'count', halfWidth: 30, levelPpm: 952_700 }],
    microEpsilon: 100_000,
    deltaExponent: null,
  })
  const dear = previewQuery({ ...plain, microEpsilon: 500_000 }, terms)
  assert.ok((dear.numbers[0]?.halfWidth ?? 99) < 10)
})

test('shares of a question add up to no more than what it is charged', () => {
  const bounds = { min: -7, max: 110 }
  for (const kind of ['sum', 'mean', 'variance'] as const) {
    const numbers = planNumbers({ measure: { kind, element: 'age' } }, bounds)
    const epsilons = numbers.map((number) => {
      const law = lawOf(number, { microEpsilon: 300_000, deltaExponent: null })
      assert.ok(law?.kind === 'discrete-laplace')
      return (number.sensitivity * law.scale.den) / law.scale.num
    })
    const sum = epsilons.reduce((total, one) => total + one, 0)
    assert.ok(sum <= 0.3 + 1e-12 && sum > 0.3 - 1e-9, `${kind}: ${sum}`)
  }
})

test('no one value moves a number by more than its sensitivity', () => {
  fc.assert(
    fc.property(fc.integer({ min: -900, max: 900 }), fc.nat(2_000), (min, span) => {
      const bounds = { min, max: min + span }
      const middle = Math.floor((bounds.min + bounds.max) / 2)
      const largest = { count: 1, sum: 0, squares: 0 }
      for (const value of [bounds.min, bounds.max]) {
        largest.sum = Math.max(largest.sum, Math.abs(value - middle))
        largest.squares = Math.max(largest.squares, (value - middle) ** 2)
      }
      for (const { name, sensitivity } of planNumbers(
        { measure: { kind: 'variance', element: 'age' } },
        bounds,
      )) {
        assert.ok(name === 'count' || name === 'sum' || name === 'squares')
        assert.ok(sensitivity >= largest[name], name)
      }
      const [sum] = planNumbers({ measure: { kind: 'sum', element: 'age' } }, bounds)
      assert.ok((sum?.sensitivity ?? 0) >= Math.max(Math.abs(bounds.min), Math.abs(bounds.max)))
    }),
  )
})
