import { knownElement, boundsOf, type PopulationQuery, type QueryTerms } from '../query/index.ts'
import { type CertifiedBounds, legalLineOf, notCoveredOf } from './certificate.ts'
import type { ReleasedCell } from './noisy-table.ts'
import { asRelease, type Release } from './release.ts'
import { releasedNumbers } from './released-numbers.ts'

/** What a release is made of. None of it is exact but what is public. */
export interface ReleaseParts {
  /** Canonical, and let through by `refuseQuery`. */
  readonly query: PopulationQuery
  readonly terms: QueryTerms
  readonly provider: string
  readonly snapshot: string
  /** The table with its noise, out of `addNoise`. */
  readonly cells: readonly ReleasedCell[]
  /** Of the reservation: what the year had spent before and after it, in millionths of epsilon. */
  readonly spent: { readonly before: number; readonly after: number }
}

function certifiedBounds(query: PopulationQuery, terms: QueryTerms): CertifiedBounds | null {
  const { measure } = query
  if (measure.kind === 'count') return null
  const described = knownElement(measure.element, query, terms)?.described
  const bounds = described === undefined ? undefined : boundsOf(described)
  if (described === undefined || bounds === undefined)
    throw new TypeError('a query that is refused has no release')
  return { element: measure.element, ...bounds, unit: described.unit }
}

/**
 * The release of a question: the noisy table, what its numbers are, and the certificate. The same parts give the same bytes.
 *
 * @throws TypeError for a query that is refused
 * @throws {@link ReleaseError} for parts that do not belong together: nothing of it leaves
 */
export function makeRelease({
  query,
  terms,
  provider,
  snapshot,
  cells,
  spent,
}: ReleaseParts): Release {
  const bounds = certifiedBounds(query, terms)
  const numbers = releasedNumbers(query, bounds)
  if (numbers === undefined) throw new TypeError('a query that is refused has no release')
  const { microEpsilon, deltaExponent } = query
  return asRelease({
    v: 1,
    query,
    provider,
    register: query.registers[0],
    population: terms.description.population.name,
    snapshot,
    cells,
    numbers,
    certificate: {
      method: deltaExponent === null ? 'discrete-laplace' : 'discrete-gaussian',
      composition: 'basic',
      microEpsilon,
      deltaExponent,
      unit: 'person',
      bounds,
      notCovered: notCoveredOf(query),
      budget: spent,
      legalLine: legalLineOf(terms.agreement.legalBasis),
    },
  })
}
