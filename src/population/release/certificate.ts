import * as z from 'zod'
import { isUnitedStatesBasis, type LegalBasis } from '../../agreement/index.ts'
import type { Bounds, PopulationQuery } from '../query/index.ts'

/** What an interval does not speak of. It covers the noise that was added and nothing else. */
export const notCoveredKinds = [
  /** What is held of people may be wrong. */
  'register-errors',
  /** People whom the register does not have. */
  'people-not-in-register',
  /** A row without a key of a dimension or filter is in no cell. */
  'missing-keys',
  /** A row without a value adds nothing. */
  'missing-values',
  /** Values beyond the bounds count as the bound. */
  'clamping',
] as const

/** One of {@link notCoveredKinds}. */
export type NotCovered = (typeof notCoveredKinds)[number]

/** The provisions on statistics that a release may cite: GDPR 89; 5 U.S.C. 552a(a)(8)(B). */
export const legalLines = ['eu-gdpr:A89', 'usc:552a-a-8-B'] as const

/** One of {@link legalLines}. */
export type LegalLine = (typeof legalLines)[number]

/** What values are clamped to, and what they count. */
export interface CertifiedBounds extends Bounds {
  readonly element: string
  readonly unit: string | null
}

/** How a table was made private, and what it cost. */
export interface Certificate {
  readonly method: 'discrete-laplace' | 'discrete-gaussian'
  /** Across questions epsilons add and deltas add; within one, cells are disjoint. */
  readonly composition: 'basic'
  readonly microEpsilon: number
  readonly deltaExponent: number | null
  /** Whose presence or absence the noise hides: one whole person. */
  readonly unit: 'person'
  /** `null` for a count. */
  readonly bounds: CertifiedBounds | null
  readonly notCovered: readonly NotCovered[]
  /** Millionths of epsilon that the population's year had spent before and after this question. */
  readonly budget: { readonly before: number; readonly after: number }
  readonly legalLine: readonly LegalLine[]
}

/** The closed schema of a {@link Certificate}. */
export const certificateSchema: z.ZodType<Certificate> = z.strictObject({
  method: z.enum(['discrete-laplace', 'discrete-gaussian']),
  composition: z.literal('basic'),
  microEpsilon: z.int().min(1),
  deltaExponent: z.int().min(6).max(15).nullable(),
  unit: z.literal('person'),
  bounds: z
    .strictObject({
      element: z.string().max(64),
      min: z.int(),
      max: z.int(),
      unit: z.string().min(1).max(30).nullable(),
    })
    .nullable(),
  notCovered: z.array(z.enum(notCoveredKinds)),
  budget: z.strictObject({ before: z.int().min(0), after: z.int().min(1) }),
  legalLine: z.array(z.enum(legalLines)),
})

/** What the intervals of a query's release do not speak of. */
export function notCoveredOf({ by, where, measure }: PopulationQuery): readonly NotCovered[] {
  const isKeyed = by.length + Object.keys(where).length > 0
  return [
    'register-errors',
    'people-not-in-register',
    ...(isKeyed ? (['missing-keys'] as const) : []),
    ...(measure.kind === 'count' ? [] : (['missing-values', 'clamping'] as const)),
  ]
}

/** The provisions on statistics that go with an agreement's legal bases. */
export function legalLineOf(bases: readonly LegalBasis[]): readonly LegalLine[] {
  const isEuropean = bases.some((basis) => !isUnitedStatesBasis(basis))
  const isAmerican = bases.some((basis) => isUnitedStatesBasis(basis))
  return legalLines.filter((line) => (line === 'eu-gdpr:A89' ? isEuropean : isAmerican))
}
