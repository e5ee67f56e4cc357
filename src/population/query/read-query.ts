import { BytesError, readCanonicalJson } from '../../bytes/index.ts'
import { type PopulationQuery, populationQuerySchema } from './population-query.ts'
import type { QueryRefusal } from './query-refusal.ts'
import { knownElement, type QueryTerms } from './query-terms.ts'

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

/** The same query with the keys of each filter in the order of their domain: one text for one meaning. */
export function canonicalQuery(query: PopulationQuery, terms: QueryTerms): PopulationQuery {
  const where = Object.fromEntries(
    Object.entries(query.where).map(([name, keys]) => {
      const domain = knownElement(name, query, terms)?.described.domain
      const order = domain?.kind === 'closed' ? domain.keys : []
      return [name, keys.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))]
    }),
  )
  return { ...query, where }
}
