import * as z from 'zod'
import {
  BytesError,
  canonicalBytes,
  encodeHex,
  type JsonObject,
  readCanonicalJson,
  utf8,
} from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import type { DomainKey } from '../../../register/index.ts'
import { organisationIdSchema } from '../../../protocol/index.ts'
import { JoinError } from '../join-error.ts'
import { planProblem } from './plan-problem.ts'

/** The holders of the two registers. */
export type Side = 'left' | 'right'

/** One holder: which rows of which register it brings, and in which groups they are, in the order of the table. */
export interface JoinHolder {
  readonly organisation: string
  /** Its agreement with the tally's organisation. */
  readonly agreement: { readonly id: string; readonly version: number }
  /** Its register, by the name that the agreement gives. */
  readonly register: string
  /** Only people with one of these keys of each element. */
  readonly where: Readonly<Record<string, readonly DomainKey[]>>
  /** Elements whose keys a group has, slowest first. */
  readonly by: readonly string[]
  /** All lists of their keys; of quantiles' side with the number of the bucket behind. Public, never taken from data. */
  readonly groups: readonly (readonly DomainKey[])[]
}

/** What is computed for each cell. `side` is whose element is measured. */
export type JoinStat =
  | { readonly kind: 'count' }
  | {
      readonly kind: 'quantiles'
      readonly side: Side
      readonly element: string
      readonly min: number
      readonly max: number
      /** Of a bucket. */
      readonly width: number
      /** Increasing parts per million. */
      readonly ppm: readonly number[]
    }
  | {
      readonly kind: 'sum' | 'mean'
      readonly side: Side
      readonly element: string
      readonly min: number
      readonly max: number
      /** Units between the bounds. */
      readonly levels: number
    }

/** How the sizes of groups are hidden. */
export type Padding =
  | { readonly kind: 'noisy'; readonly microEpsilon: number }
  | {
      readonly kind: 'capacity'
      readonly left: readonly number[]
      readonly right: readonly number[]
    }

/** What a plan says, before it is held against its rules. */
export interface JoinPlanContent {
  readonly v: 1
  readonly suite: 'cloison-psi/1'
  /** 16 bytes, hex. */
  readonly qid: string
  /** The scheme of identifiers: both holders bring the same bytes for one person. */
  readonly keyspace: string
  readonly left: JoinHolder
  readonly right: JoinHolder
  readonly tally: string
  readonly inspector: string
  readonly stat: JoinStat
  readonly cellMicroEpsilon: number
  readonly padding: Padding
  /** Delta is 10 to the power of minus this. */
  readonly deltaExponent: number
  /** Dummies of a holder for each cell, part by part. */
  readonly taus: readonly number[]
  /** Most padded rows of a holder. */
  readonly maxRows: number
  /** How many places of each list are opened to the tally. */
  readonly auditK: 64
  readonly expiresMs: number
}

/** A plan of a join that keeps the rules of `spec/join.md`: four organisations, one table, one run. */
export type JoinPlan = JoinPlanContent & z.core.$brand<'JoinPlan'>

/** Most bytes of a plan. */
const mostPlanBytes = 65_536

const side: z.ZodType<Side> = z.enum(['left', 'right'])
const element = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'is no name of a data element')
const key = z.union([z.boolean(), z.int(), z.string().min(1).max(100)])
const holder: z.ZodType<JoinHolder> = z.strictObject({
  organisation: organisationIdSchema,
  agreement: z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/, 'is no id of an agreement'),
    version: z.int().min(1),
  }),
  register: z.string().regex(/^[a-z][A-Za-z0-9_-]{0,62}$/, 'is no name of a register'),
  where: z
    .record(element, z.array(key).min(1).max(1000).readonly())
    .refine((where) => Object.keys(where).length <= 8, 'has over 8 filters'),
  by: z.array(element).max(4).readonly(),
  groups: z.array(z.array(key).max(5).readonly()).min(1).max(1000).readonly(),
})
const bounded = { side, element, min: z.int(), max: z.int() }
const stat: z.ZodType<JoinStat> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count') }),
  z.strictObject({
    kind: z.literal('quantiles'),
    ...bounded,
    width: z.int().min(1),
    ppm: z
      .array(z.int().min(1).max(999_999))
      .min(1)
      .max(9)
      .readonly()
      .refine((all) => all.every((one, at) => at === 0 || one > (all[at - 1] ?? 0)), 'increases'),
  }),
  z.strictObject({
    kind: z.enum(['sum', 'mean']),
    ...bounded,
    levels: z.int().min(1).max(16),
  }),
])
const microEpsilon = z.int().min(1).max(500_000)
const capacity = z.array(z.int().min(1)).min(1).max(2000)

const planSchema: z.ZodType<JoinPlanContent> = z.strictObject({
  v: z.literal(1),
  suite: z.literal('cloison-psi/1'),
  qid: z.string().regex(/^[0-9a-f]{32}$/, 'is not 16 bytes in hex'),
  keyspace: z.string().regex(/^[a-z0-9][a-z0-9./-]{0,63}$/, 'is no name of a keyspace'),
  left: holder,
  right: holder,
  tally: organisationIdSchema,
  inspector: organisationIdSchema,
  stat,
  cellMicroEpsilon: microEpsilon,
  padding: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('noisy'), microEpsilon }),
    z.strictObject({ kind: z.literal('capacity'), left: capacity, right: capacity }),
  ]),
  deltaExponent: z.int().min(6).max(12),
  taus: z.array(z.int().min(2)).min(1).max(2).readonly(),
  maxRows: z.int().min(1).max(100_000_000),
  auditK: z.literal(64),
  expiresMs: z.int().min(0),
})

/**
 * Holds what says of itself that it is a plan against the rules: the only way to a {@link JoinPlan}.
 *
 * @throws {@link JoinError} `PLAN_INVALID`, with the member and what is wanted
 */
export function asJoinPlan(json: unknown): JoinPlan {
  const parsed = planSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.map(String).join('.') ?? ''
    throw new JoinError('PLAN_INVALID', `${place} ${issue?.message ?? 'is no plan'}`.trim())
  }
  const problem = planProblem(parsed.data)
  if (problem !== undefined) throw new JoinError('PLAN_INVALID', problem)
  const plan = parsed.data as JoinPlan
  if (joinPlanBytes(plan).length > mostPlanBytes)
    throw new JoinError('PLAN_INVALID', `a plan has at most ${mostPlanBytes} bytes`)
  return plan
}

/**
 * Reads a plan from its canonical bytes.
 *
 * @throws {@link JoinError} `PLAN_INVALID`
 */
export function readJoinPlan(bytes: Uint8Array): JoinPlan {
  try {
    return asJoinPlan(readCanonicalJson(bytes, { maxBytes: mostPlanBytes, maxDepth: 6 }))
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    throw new JoinError('PLAN_INVALID', `no canonical JSON: ${cause.message}`, { cause })
  }
}

/** A plan as JSON, to be written canonically. */
export function joinPlanJson(plan: JoinPlan): JsonObject {
  const { left, right, padding, stat: counted, taus, ...rest } = plan
  return {
    ...rest,
    left: holderJson(left),
    right: holderJson(right),
    stat: counted.kind === 'quantiles' ? { ...counted, ppm: [...counted.ppm] } : { ...counted },
    taus: [...taus],
    padding:
      padding.kind === 'noisy'
        ? { ...padding }
        : { ...padding, left: [...padding.left], right: [...padding.right] },
  }
}

function holderJson({ where, by, groups, agreement, ...holding }: JoinHolder): JsonObject {
  return {
    ...holding,
    agreement: { ...agreement },
    where: Object.fromEntries(Object.entries(where).map(([name, keys]) => [name, [...keys]])),
    by: [...by],
    groups: groups.map((keys) => [...keys]),
  }
}

/** The canonical bytes of a plan: what its parties sign. */
export function joinPlanBytes(plan: JoinPlan): Uint8Array {
  return canonicalBytes(joinPlanJson(plan))
}

/** What a plan is called in every message of its run; 32 bytes. */
export function planHash(plan: JoinPlan): Uint8Array {
  return sha256(utf8('cloison/join-plan/v1\n'), joinPlanBytes(plan))
}

/** The domain separation tag under which the plan's identifiers become points. */
export function planTag(plan: JoinPlan): Uint8Array {
  return utf8(`CLOISON-PSI-v1-${encodeHex(planHash(plan))}`)
}
