import { bucketCeiling, cellCeiling, type DomainKey } from '../../register/index.ts'
import type { Bounds, PopulationQuery } from '../query/index.ts'
import { closedKeys, knownElement } from '../query/index.ts'
import type { JoinTerms } from './join-terms.ts'

/** The keys of one group: one of each element of `by`, perhaps with the number of a bucket behind. */
export type GroupKeys = readonly DomainKey[]

/** All groups of a side: the product of the domains, the last element fastest. */
export function groupsOf(
  query: Pick<PopulationQuery, 'registers' | 'by'>,
  terms: JoinTerms,
): readonly GroupKeys[] {
  return query.by.reduce<readonly GroupKeys[]>(
    (groups, name) => {
      const known = knownElement(name, query, terms)
      const keys = (known === undefined ? undefined : closedKeys(known.described)) ?? []
      return groups.flatMap((group) => keys.map((key) => [...group, key]))
    },
    [[]],
  )
}

/**
 * The grid of quantiles in a join: as many buckets of equal width as a register may have, and no more than the table has
 * cells for. `undefined` where fewer than two are left.
 */
export function joinGrid(
  { min, max }: Bounds,
  cells: number,
): { readonly width: number; readonly buckets: number } | undefined {
  const most = Math.min(bucketCeiling, Math.floor(cellCeiling / cells))
  if (most < 2) return undefined
  const width = Math.max(1, Math.ceil((max - min + 1) / most))
  return { width, buckets: Math.ceil((max - min + 1) / width) }
}

/** Each group once for each bucket, the bucket fastest. */
export function withBuckets(groups: readonly GroupKeys[], buckets: number): readonly GroupKeys[] {
  return groups.flatMap((group) => Array.from({ length: buckets }, (_, at) => [...group, at]))
}
