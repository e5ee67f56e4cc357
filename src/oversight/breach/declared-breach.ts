import * as z from 'zod'
import { isJsonObject, type JsonObject, readCanonicalJson } from '../../bytes/index.ts'
import type { EntryPlace, GovernanceRecord } from '../../log/index.ts'
import type { GovernanceIntent } from '../../person/index.ts'
import { type BreachDeclaration, breachBytes } from './breach-declaration.ts'
import type { ExposedCount } from './count-exposed.ts'
import { type Exposure, type ExposureScope, exposureScopeSchema } from './exposure.ts'

/** The kind of the entry of a breach. */
export const breachKind = 'breach.declared'

/** A breach as its entry says it. */
export interface DeclaredBreach extends Exposure {
  /** Id of the key, or of an official. */
  readonly key: string
  readonly knownAtMs: number
  /** Log time of the entry. */
  readonly declaredAtMs: number
  readonly exchanges: number
  readonly persons: number
  /** Exchanges of the time whose records were erased: nobody knows whether they were exposed. */
  readonly erased: number
}

/** A breach and where its entry stands. */
export interface PlacedBreach extends DeclaredBreach {
  readonly place: EntryPlace
}

const count = z.int().nonnegative()

const body = z.object({
  declaration: z.object({
    key: z.string(),
    fromMs: count,
    untilMs: count,
    knownAtMs: count,
  }),
  scope: exposureScopeSchema,
  exchanges: count,
  persons: count,
  erased: count,
})

/**
 * Reads the entry of a breach.
 *
 * @throws a `ZodError` for an entry of another form
 */
export function breachIn({ body: read, timeMs }: GovernanceRecord): DeclaredBreach {
  const { declaration, scope, ...counts } = body.parse(read)
  const { key, fromMs, untilMs, knownAtMs } = declaration
  return { key, fromMs, untilMs, knownAtMs, scope, declaredAtMs: timeMs, ...counts }
}

function objectOf(bytes: Uint8Array): JsonObject {
  const json = readCanonicalJson(bytes)
  if (isJsonObject(json)) return json
  throw new TypeError('a declaration is an object')
}

function scopeJson(scope: ExposureScope): JsonObject {
  return scope.by === 'agreements' ? { ...scope, digests: [...scope.digests] } : { ...scope }
}

/** The entry of a declaration: from it on, whoever is concerned finds a notice on their own page. */
export function breachIntent(
  declaration: BreachDeclaration,
  scope: ExposureScope,
  { exchanges, persons, erased }: ExposedCount,
): GovernanceIntent {
  return {
    type: 'governance',
    kind: breachKind,
    name: declaration.key,
    digest: null,
    body: {
      declaration: objectOf(breachBytes(declaration)),
      scope: scopeJson(scope),
      exchanges,
      persons,
      erased,
    },
    agreement: undefined,
  }
}
