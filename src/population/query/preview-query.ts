import { type NoiseInterval, noiseInterval } from '../privacy/index.ts'
import { lawOf, numberLevelPpm } from './plan-numbers.ts'
import type { PopulationQuery } from './population-query.ts'
import { queryNumbers } from './query-numbers.ts'
import type { QueryTerms } from './query-terms.ts'
import { cellsOf } from './refuse-query.ts'

/** What is known of a release before anything is spent: by public documents alone. */
export interface QueryPreview {
  readonly cells: number
  /** The numbers that every cell will have, with the interval of each one's noise. */
  readonly numbers: readonly (NoiseInterval & { readonly name: string })[]
  /** What it costs, whatever comes out. */
  readonly microEpsilon: number
  readonly deltaExponent: number | null
}

/**
 * The shape, the precision and the price of a query that `refuseQuery` lets through. It spends nothing and says nothing
 * about the records.
 *
 * @throws TypeError for a query that is refused
 */
export function previewQuery(query: PopulationQuery, terms: QueryTerms): QueryPreview {
  const { microEpsilon, deltaExponent } = query
  const numbers = queryNumbers(query, terms).map((number) => {
    const law = lawOf(number, query)
    if (law === undefined) throw new TypeError('a query that is refused has no preview')
    return { name: number.name, ...noiseInterval(law, numberLevelPpm(query)) }
  })
  return { cells: cellsOf(query, terms), numbers, microEpsilon, deltaExponent }
}
