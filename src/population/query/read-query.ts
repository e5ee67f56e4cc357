import { BytesError, readCanonicalJson } from '../../bytes/index.ts'
import type { DomainKey } from '../../register/index.ts'
import { type PopulationQuery, populationQuerySchema } from './population-query.ts'
import type { QueryRefusal } from './query-refusal.ts'

/** A query, or why it is none. */
export type QueryReading =
  | { readonly ok: true; readonly query: PopulationQuery }
  | { readonly ok: false; readonly refusal: QueryRefusal }

const limits = { maxBytes: 16_384, maxDepth: 6 }

function malformed(path: string, message: string): QueryReading {
  return { ok: false, refusal: { code: 'MALFORMED', path, message } }
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')
}

/** Reads a query from canonical JSON; what it says of a misfit is the place and the form that was wanted. */
export function readQuery(bytes: Uint8Array): QueryReading {
  try {
    const parsed = populationQuerySchema.safeParse(readCanonicalJson(bytes, limits))
    if (parsed.success) return { ok: true, query: parsed.data }
    const [issue] = parsed.error.issues
    return malformed(pathText(issue?.path ?? []), issue?.message ?? 'is no query')
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    return malformed('', cause.message)
  }
}

function inOrder(a: DomainKey, b: DomainKey): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/**
 * The same query with the keys of each filter in one order, which both sides know without the domain: false before true,
 * numbers by their value, texts by their UTF-16 units. One text for one meaning.
 */
export function canonicalQuery(query: PopulationQuery): PopulationQuery {
  const where = Object.fromEntries(
    Object.entries(query.where).map(([name, keys]) => [name, keys.toSorted(inOrder)]),
  )
  return { ...query, where }
}
