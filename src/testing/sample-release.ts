import * as fc from 'fast-check'
import { compileAgreement } from '../agreement/index.ts'
import {
  drawTableNoise,
  lawOf,
  makeRelease,
  planNumbers,
  type PopulationQuery,
  type QueryMeasure,
  type QueryTerms,
  type Release,
  type ReleaseParts,
} from '../population/index.ts'
import { type CellKeys, type DomainKey, parseRegisterDescription } from '../register/index.ts'
import { samplePopulationSource } from './sample-agreement.ts'
import { seededRandom } from './simulator/index.ts'

/** Keys that are hard to write down: quotes, commas, lines, formulas, tags, other scripts. */
const hardKeys = ['plain', 'a,b', 'say "so"', 'two\nlines', '=1+1', '@x', '-3', '<b>&', 'Île 東']

const domains: Readonly<Record<string, readonly DomainKey[]>> = {
  place: hardKeys,
  sex: ['f', 'm'],
  insured: [true, false],
  band: [1, 2, 3],
}

const bounds = { min: 0, max: 110 }

function termsOf(): QueryTerms {
  const description = parseRegisterDescription({
    v: 1,
    name: 'people',
    category: 'ordinary',
    table: 'people',
    subject: { column: 'id', scheme: 'demo-nin' },
    population: { name: 'residents', size: 1_000_000 },
    rowsPerPerson: 1,
    elements: [
      ...Object.entries(domains).map(([name, keys]) => ({
        name,
        column: name,
        type: typeof keys[0] === 'number' ? 'integer' : typeof keys[0],
        unit: null,
        category: 'ordinary',
        domain: { kind: 'closed', keys },
      })),
      {
        name: 'age',
        column: 'age',
        type: 'integer',
        unit: 'years',
        category: 'ordinary',
        domain: { kind: 'bounded', ...bounds },
      },
    ],
  })
  const agreement = compileAgreement(samplePopulationSource())
  if (agreement.kind !== 'population') throw new TypeError('the sample is about a population')
  const dataElements = description.elements.map(({ name }) => ({
    name,
    register: 'people',
    source: name,
    answerType: 'attribute' as const,
    predicate: null,
    category: 'ordinary' as const,
  }))
  return { agreement: { ...agreement, dataElements }, description, countersigned: false }
}

function keysOf(by: readonly string[]): CellKeys {
  return by.reduce<CellKeys>(
    (cells, name) => cells.flatMap((cell) => (domains[name] ?? []).map((key) => [...cell, key])),
    [[]],
  )
}

/** What a made-up register would give for a query, with noise out of a seed. */
export function sampleReleaseParts(
  change: Partial<
    Pick<PopulationQuery, 'where' | 'by' | 'measure' | 'microEpsilon' | 'deltaExponent'>
  > = {},
  seed = 'release',
): ReleaseParts {
  const terms = termsOf()
  const query: PopulationQuery = {
    v: 1,
    agreement: terms.agreement.id,
    version: 1,
    registers: ['people'],
    where: {},
    by: ['sex'],
    measure: { kind: 'count' },
    microEpsilon: 100_000,
    deltaExponent: null,
    ...change,
  }
  const laws = planNumbers(query, bounds).map((number) => {
    const law = lawOf(number, query)
    if (law === undefined) throw new TypeError('a sample has noise that is drawn')
    return law
  })
  const random = seededRandom(seed)
  const keys = keysOf(query.by)
  const noise = drawTableNoise(keys.length, laws, random)
  const level = (at: number): number => (query.measure.kind === 'quantiles' ? 900 - 9 * at : 9_000)
  return {
    query,
    terms,
    provider: 'tax',
    snapshot: '2026-11',
    cells: keys.map((key, row) => ({
      key,
      numbers: (noise[row] ?? []).map((draw, at) => level(at) + 40 * row + draw),
    })),
    spent: { before: 300_000, after: 300_000 + query.microEpsilon },
  }
}

const measures: fc.Arbitrary<QueryMeasure> = fc.oneof(
  fc.constant({ kind: 'count' } as const),
  fc.constantFrom('sum', 'mean', 'variance').map((kind) => ({ kind, element: 'age' }) as const),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 4 })
    .map((shares) => ({
      kind: 'quantiles' as const,
      element: 'age',
      ppm: shares.toSorted((a, b) => a - b),
    })),
)

/** Parts of any release: every measure, zero to three dimensions, both laws. */
export const arbitraryReleaseParts: fc.Arbitrary<ReleaseParts> = fc
  .record({
    by: fc.shuffledSubarray(Object.keys(domains), { maxLength: 3 }),
    measure: measures,
    microEpsilon: fc.integer({ min: 20_000, max: 500_000 }),
    deltaExponent: fc.constantFrom(null, null, 9),
    seed: fc.string(),
  })
  // The figures of a wide Gaussian law take long: counts and buckets have narrow ones.
  .filter(
    ({ measure, deltaExponent }) =>
      deltaExponent === null || ['count', 'quantiles'].includes(measure.kind),
  )
  .map(({ seed, ...change }) => sampleReleaseParts(change, seed))

/** Any release. */
export const arbitraryRelease: fc.Arbitrary<Release> = arbitraryReleaseParts.map((parts) =>
  makeRelease(parts),
)
