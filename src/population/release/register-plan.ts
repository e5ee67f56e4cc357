import type { ClosedQueryPlan, Measure } from '../../register/index.ts'
import {
  boundsOf,
  gridOf,
  knownElement,
  type PopulationQuery,
  type QueryTerms,
} from '../query/index.ts'

function sourceOf(name: string, query: PopulationQuery, terms: QueryTerms): string {
  const known = knownElement(name, query, terms)
  if (known === undefined) throw new TypeError('a query that is refused has no plan')
  return known.described.name
}

function measureOf(query: PopulationQuery, terms: QueryTerms): Measure {
  const { measure } = query
  if (measure.kind === 'count') return { kind: 'count' }
  const described = knownElement(measure.element, query, terms)?.described
  const bounds = described === undefined ? undefined : boundsOf(described)
  if (described === undefined || bounds === undefined)
    throw new TypeError('a query that is refused has no plan')
  const bounded = { element: described.name, ...bounds }
  switch (measure.kind) {
    case 'sum':
      return { kind: 'sum', ...bounded }
    case 'mean':
    case 'variance':
      return { kind: 'moments', ...bounded }
    case 'quantiles':
      return { kind: 'buckets', ...bounded, width: gridOf(bounds).width }
  }
}

/**
 * The one table that a register is asked for: the query in the register's own names, filtered and grouped by the engine
 * that holds the records.
 *
 * @throws TypeError for a query that `refuseQuery` refuses
 */
export function registerPlan(query: PopulationQuery, terms: QueryTerms): ClosedQueryPlan {
  return {
    v: 1,
    where: Object.entries(query.where).map(([name, keys]) => ({
      element: sourceOf(name, query, terms),
      keys,
    })),
    by: query.by.map((name) => sourceOf(name, query, terms)),
    measure: measureOf(query, terms),
  }
}
