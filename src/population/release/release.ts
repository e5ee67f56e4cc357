import * as z from 'zod'
import {
  BytesError,
  canonicalBytes,
  type Json,
  type JsonObject,
  readCanonicalJson,
} from '../../bytes/index.ts'
import { organisationIdSchema } from '../../protocol/index.ts'
import { cellCeiling } from '../../register/index.ts'
import type { NoiseInterval, NoiseLaw } from '../privacy/index.ts'
import { type PopulationQuery, populationQuerySchema, queryJson } from '../query/index.ts'
import { type Certificate, certificateSchema } from './certificate.ts'
import { checkRelease } from './check-release.ts'
import type { ReleasedCell } from './noisy-table.ts'
import { ReleaseError } from './release-error.ts'

/** What one of the numbers of every cell is. */
export interface ReleasedNumber extends NoiseInterval {
  /** As the query's plan names it: `count`, `sum`, `squares`, `bucket 0`, … */
  readonly name: string
  readonly law: NoiseLaw
  /** By how much one person can change it. */
  readonly sensitivity: number
}

/** What a release says, before anybody has held it against its own query. */
export interface ReleaseContent {
  readonly v: 1
  /** Canonical. */
  readonly query: PopulationQuery
  /** The organisation whose register was asked. */
  readonly provider: string
  readonly register: string
  readonly population: string
  /** The year, month or day that it is as of. */
  readonly snapshot: string
  /** All cells of the table, in the order of the domains. */
  readonly cells: readonly ReleasedCell[]
  readonly numbers: readonly ReleasedNumber[]
  readonly certificate: Certificate
}

/** A table about a population as it leaves: whole, and in itself what its query asks for. `spec/population-question.md`. */
export type Release = ReleaseContent & z.core.$brand<'Release'>

/** Most bytes of a canonical release: 1,000 cells of 64 numbers, with keys and certificate. */
export const mostReleaseBytes = 2_097_152

const key = z.union([z.boolean(), z.int(), z.string().min(1).max(100)])
const name = z.string().min(1).max(63)
const positive = z.int().min(1)
const ratio = z.strictObject({ num: positive, den: positive })

const law: z.ZodType<NoiseLaw> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('discrete-laplace'), scale: ratio }),
  z.strictObject({ kind: z.literal('discrete-gaussian'), variance: ratio }),
])

const contentSchema: z.ZodType<ReleaseContent> = z.strictObject({
  v: z.literal(1),
  query: populationQuerySchema,
  provider: organisationIdSchema,
  register: name,
  population: name,
  snapshot: z.string().regex(/^\d{4}(-\d{2}){0,2}$/, 'is no year, month or day'),
  cells: z
    .array(z.strictObject({ key: z.array(key).max(4), numbers: z.array(z.int()).min(1).max(64) }))
    .min(1)
    .max(cellCeiling),
  numbers: z
    .array(
      z.strictObject({
        name,
        law,
        halfWidth: z.int().min(0),
        levelPpm: z.int().min(1).max(1_000_000),
        sensitivity: positive,
      }),
    )
    .min(1)
    .max(64),
  certificate: certificateSchema,
})

/** A release as JSON: of its canonical text every byte is signed. */
export function releaseJson({ query, cells, numbers, certificate, ...rest }: Release): JsonObject {
  const { bounds, budget, notCovered, legalLine, ...certified } = certificate
  return {
    ...rest,
    query: queryJson(query),
    cells: cells.map((cell) => ({ key: [...cell.key], numbers: [...cell.numbers] })),
    numbers: numbers.map(({ law: drawn, ...number }) => ({ ...number, law: lawJson(drawn) })),
    certificate: {
      ...certified,
      bounds: bounds === null ? null : { ...bounds },
      budget: { ...budget },
      notCovered: [...notCovered],
      legalLine: [...legalLine],
    },
  }
}

function lawJson(drawn: NoiseLaw): JsonObject {
  return drawn.kind === 'discrete-laplace'
    ? { kind: drawn.kind, scale: { ...drawn.scale } }
    : { kind: drawn.kind, variance: { ...drawn.variance } }
}

/** The canonical bytes of a release: what is kept, digested, signed and sent. */
export function releaseBytes(release: Release): Uint8Array {
  return canonicalBytes(releaseJson(release))
}

/**
 * Holds what says of itself that it is a release against its own query: the only way to a {@link Release}.
 *
 * @throws {@link ReleaseError} `RELEASE_MALFORMED`, `RELEASE_SHAPE`, `RELEASE_NUMBERS`, `RELEASE_CERTIFICATE`
 */
export function asRelease(json: unknown): Release {
  const parsed = contentSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.map(String).join('.') ?? ''
    throw new ReleaseError(
      'RELEASE_MALFORMED',
      `${place === '' ? 'the whole' : place}: ${issue?.message ?? 'is no release'}`,
    )
  }
  const problem = checkRelease(parsed.data)
  if (problem !== undefined) throw new ReleaseError(problem.code, problem.message)
  return parsed.data as Release
}

/**
 * Reads a release from its canonical bytes. Whose it is says its signature alone.
 *
 * @throws {@link ReleaseError} as {@link asRelease}
 */
export function parseRelease(bytes: Uint8Array): Release {
  return asRelease(readJson(bytes))
}

function readJson(bytes: Uint8Array): Json {
  try {
    return readCanonicalJson(bytes, { maxBytes: mostReleaseBytes, maxDepth: 8 })
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    throw new ReleaseError('RELEASE_MALFORMED', `no canonical JSON: ${cause.message}`, { cause })
  }
}
