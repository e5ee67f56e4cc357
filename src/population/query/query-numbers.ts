import { type PlannedNumber, planNumbers } from './plan-numbers.ts'
import type { PopulationQuery } from './population-query.ts'
import { boundsOf, knownElement, type QueryTerms } from './query-terms.ts'

/** The bounds that a query's values are clamped to; zeros where it measures nothing. */
export function queryBounds(
  query: PopulationQuery,
  terms: QueryTerms,
): { readonly min: number; readonly max: number } {
  const { measure } = query
  const element = measure.kind === 'count' ? undefined : knownElement(measure.element, query, terms)
  return (element === undefined ? undefined : boundsOf(element.described)) ?? { min: 0, max: 0 }
}

/** The numbers of every cell of a query's table, in their order. */
export function queryNumbers(query: PopulationQuery, terms: QueryTerms): readonly PlannedNumber[] {
  return planNumbers(query, queryBounds(query, terms))
}
