import * as z from 'zod'
import { canonicalBytes, type JsonObject, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { DomainKey } from '../../register/index.ts'

/** What is computed in each cell. */
export type QueryMeasure =
  | { readonly kind: 'count' }
  | { readonly kind: 'sum' | 'mean' | 'variance'; readonly element: string }
  | {
      readonly kind: 'quantiles'
      readonly element: string
      /** Increasing parts per million: 500,000 is the median. */
      readonly ppm: readonly number[]
    }

/** A question about a population: a table, never a person. `spec/population-question.md`. */
export interface PopulationQuery {
  readonly v: 1
  readonly agreement: string
  readonly version: number
  /** One register, by the name that the agreement's elements give. */
  readonly registers: readonly [string]
  /** Only people with one of these keys of each element. */
  readonly where: Readonly<Record<string, readonly DomainKey[]>>
  /** The table's dimensions, slowest first. */
  readonly by: readonly string[]
  readonly measure: QueryMeasure
  /** Millionths of epsilon. */
  readonly microEpsilon: number
  /** Delta is 10 to the power of minus this; `null` for pure epsilon. */
  readonly deltaExponent: number | null
}

/** Most epsilon of one question, in millionths: a constant, since one target a group would buy a guess each. */
export const questionCeiling = 500_000
/** Most filters of a query. */
const mostFilters = 8

const element = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'is no name of a data element')
const key = z.union([z.boolean(), z.int(), z.string().min(1).max(100)])

const ppm = z
  .array(z.int().min(1).max(999_999))
  .min(1)
  .max(9)
  .refine((all) => all.every((one, at) => at === 0 || one > (all[at - 1] ?? 0)), 'must increase')

const measure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count') }),
  z.strictObject({ kind: z.enum(['sum', 'mean', 'variance']), element }),
  z.strictObject({ kind: z.literal('quantiles'), element, ppm }),
])

/** The closed schema of a {@link PopulationQuery}. */
export const populationQuerySchema: z.ZodType<PopulationQuery> = z.strictObject({
  v: z.literal(1),
  agreement: z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/, 'is no id of an agreement'),
  version: z.int().min(1),
  registers: z.tuple([z.string().regex(/^[a-z][A-Za-z0-9_-]{0,62}$/)]),
  where: z
    .record(element, z.array(key).min(1).max(1000).readonly())
    .refine((where) => Object.keys(where).length <= mostFilters, `has over ${mostFilters} filters`),
  by: z.array(element).max(4),
  measure,
  microEpsilon: z.int().min(1),
  deltaExponent: z.int().min(6).max(15).nullable(),
})

/** A query as JSON, to be written canonically. */
export function queryJson(query: PopulationQuery): JsonObject {
  const { where, by, measure: measured, ...rest } = query
  return {
    ...rest,
    registers: [...query.registers],
    where: Object.fromEntries(Object.entries(where).map(([name, keys]) => [name, [...keys]])),
    by: [...by],
    measure: measured.kind === 'quantiles' ? { ...measured, ppm: [...measured.ppm] } : measured,
  }
}

/** What a query is called in entries, charges and the memory of releases: 32 bytes, of its canonical form. */
export function queryDigest(query: PopulationQuery): Uint8Array {
  return sha256(utf8('cloison/query/v1\n'), canonicalBytes(queryJson(query)))
}

/** The elements that a query uses, each once, sorted. */
export function elementsOf({ where, by, measure: measured }: PopulationQuery): readonly string[] {
  const measuredElement = measured.kind === 'count' ? [] : [measured.element]
  return [...new Set([...Object.keys(where), ...by, ...measuredElement])].toSorted()
}
