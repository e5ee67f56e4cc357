import * as z from 'zod'
import { organisationIdSchema } from '../../protocol/index.ts'
import type { JoinPlanContent, Side } from '../psi/index.ts'
import { type LegalLine, legalLines } from '../release/index.ts'
import { type PlanSignatures, planSignaturesSchema } from './plan-signature.ts'

/** What the intervals of a join do not speak of, and its noise does not hide. */
export const joinNotCoveredKinds = [
  /** What is held of people may be wrong. */
  'register-errors',
  /** Whoever is in one register alone, or in none. */
  'people-not-in-both-registers',
  /** A holder may bring people who do not exist, or leave some out. */
  'made-up-people',
  /** A row without a key of a dimension or filter is in no cell. */
  'missing-keys',
  /** A row without a value adds nothing. */
  'missing-values',
  /** Values beyond the bounds count as the bound. */
  'clamping',
  /** Values are rounded to units by chance, right in the mean. */
  'rounding-to-units',
] as const

/** One of {@link joinNotCoveredKinds}. */
export type JoinNotCovered = (typeof joinNotCoveredKinds)[number]

/** What values are clamped to, and what they count. */
export interface JoinBounds {
  readonly side: Side
  readonly element: string
  readonly min: number
  readonly max: number
}

/** One root of a list of each side, hex. */
export type ListRoots = Readonly<Record<Side, string>>

/** How a table over two registers was made private, by whom, and what it cost. */
export interface JoinCertificate {
  /** The noise of each number is the sum of two draws, one by each holder. */
  readonly method: 'two-truncated-discrete-laplace'
  /** Across questions epsilons and deltas add; within one, cells are disjoint. */
  readonly composition: 'basic'
  /** Hex. */
  readonly planHash: string
  /** What each of both holders was charged, in millionths. */
  readonly microEpsilon: number
  /** The same, in 10^−15. */
  readonly deltaUnits: number
  /** `for-good`: the charge stands whatever came or comes of the question. */
  readonly charged: 'for-good'
  /** Whose presence or absence the noise hides: one whole person. */
  readonly unit: 'person'
  /** `null` for a count. */
  readonly bounds: JoinBounds | null
  readonly notCovered: readonly JoinNotCovered[]
  /** What is not prevented: a holder and the tally together see which of the holder's people the other register has. */
  readonly collusion: 'holder-with-tally'
  readonly holders: readonly [left: string, right: string]
  /** Who asked and counted: it has no row. */
  readonly tally: string
  /** Who may open at most 64 rows of a holder afterwards. */
  readonly inspector: string
  /** Of the lists as their owners sent them. */
  readonly roots: ListRoots
  /** Of the lists as the peers masked them again. */
  readonly remasked: ListRoots
  readonly signatures: PlanSignatures
  /** The provisions on statistics that go with both agreements' legal bases. */
  readonly legalLine: readonly LegalLine[]
}

const hex32 = z.string().regex(/^[0-9a-f]{64}$/, 'is not 32 bytes in hex')
const roots = z.strictObject({ left: hex32, right: hex32 })

/** The closed schema of a {@link JoinCertificate}. */
export const joinCertificateSchema: z.ZodType<JoinCertificate> = z.strictObject({
  method: z.literal('two-truncated-discrete-laplace'),
  composition: z.literal('basic'),
  planHash: hex32,
  microEpsilon: z.int().min(1),
  deltaUnits: z.int().min(1),
  charged: z.literal('for-good'),
  unit: z.literal('person'),
  bounds: z
    .strictObject({
      side: z.enum(['left', 'right']),
      element: z.string().max(64),
      min: z.int(),
      max: z.int(),
    })
    .nullable(),
  notCovered: z.array(z.enum(joinNotCoveredKinds)),
  collusion: z.literal('holder-with-tally'),
  holders: z.tuple([organisationIdSchema, organisationIdSchema]),
  tally: organisationIdSchema,
  inspector: organisationIdSchema,
  roots,
  remasked: roots,
  signatures: planSignaturesSchema,
  legalLine: z.array(z.enum(legalLines)),
})

/** What the intervals of a plan's release do not speak of. */
export function joinNotCoveredOf({
  left,
  right,
  stat,
}: JoinPlanContent): readonly JoinNotCovered[] {
  const isKeyed = [left, right].some(({ by, where }) => by.length + Object.keys(where).length > 0)
  const isRounded = stat.kind === 'sum' || stat.kind === 'mean'
  return [
    'register-errors',
    'people-not-in-both-registers',
    'made-up-people',
    ...(isKeyed ? (['missing-keys'] as const) : []),
    ...(stat.kind === 'count' ? [] : (['missing-values', 'clamping'] as const)),
    ...(isRounded ? (['rounding-to-units'] as const) : []),
  ]
}
