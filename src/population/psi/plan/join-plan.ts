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
import { organisationIdSchema } from '../../../protocol/index.ts'
import { JoinError } from '../join-error.ts'
import { planProblem } from './plan-problem.ts'

/** The holders of the two registers. */
export type Side = 'left' | 'right'

/** One holder: an organisation, and the groups that its rows are in, in the order of the table. */
export interface JoinHolder {
  readonly organisation: string
  readonly groups: readonly string[]
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
  readonly agreement: { readonly id: string; readonly version: number }
  readonly keyspace: string
  readonly left: JoinHolder
  readonly right: JoinHolder
  readonly tally: string
  readonly inspector: string
  readonly stat: 'count'
  readonly cellMicroEpsilon: number
  readonly padding: Padding
  /** Delta is 10 to the power of minus this. */
  readonly deltaExponent: number
  /** Dummies of a holder for each cell. */
  readonly tau: number
  /** Most padded rows of a holder. */
  readonly maxRows: number
  /** How many places of each list are opened to the tally. */
  readonly auditK: 64
  readonly expiresMs: number
}

/** A plan of a join that keeps the rules of `spec/join.md`: four organisations, one table, one run. */
export type JoinPlan = JoinPlanContent & z.core.$brand<'JoinPlan'>

const holder = z.strictObject({
  organisation: organisationIdSchema,
  groups: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(1000)
    .refine((names) => new Set(names).size === names.length, 'names a group twice'),
})
const microEpsilon = z.int().min(1).max(500_000)
const capacity = z.array(z.int().min(1)).min(1).max(1000)

const planSchema: z.ZodType<JoinPlanContent> = z.strictObject({
  v: z.literal(1),
  suite: z.literal('cloison-psi/1'),
  qid: z.string().regex(/^[0-9a-f]{32}$/, 'is not 16 bytes in hex'),
  agreement: z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/, 'is no id of an agreement'),
    version: z.int().min(1),
  }),
  keyspace: z.string().regex(/^[a-z0-9][a-z0-9./-]{0,63}$/, 'is no name of a keyspace'),
  left: holder,
  right: holder,
  tally: organisationIdSchema,
  inspector: organisationIdSchema,
  stat: z.literal('count'),
  cellMicroEpsilon: microEpsilon,
  padding: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('noisy'), microEpsilon }),
    z.strictObject({ kind: z.literal('capacity'), left: capacity, right: capacity }),
  ]),
  deltaExponent: z.int().min(6).max(12),
  tau: z.int().min(2),
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
  return parsed.data as JoinPlan
}

/**
 * Reads a plan from its canonical bytes.
 *
 * @throws {@link JoinError} `PLAN_INVALID`
 */
export function readJoinPlan(bytes: Uint8Array): JoinPlan {
  try {
    return asJoinPlan(readCanonicalJson(bytes, { maxDepth: 6 }))
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    throw new JoinError('PLAN_INVALID', `no canonical JSON: ${cause.message}`, { cause })
  }
}

/** A plan as JSON, to be written canonically. */
export function joinPlanJson(plan: JoinPlan): JsonObject {
  const { left, right, padding, ...rest } = plan
  return {
    ...rest,
    agreement: { ...plan.agreement },
    left: { ...left, groups: [...left.groups] },
    right: { ...right, groups: [...right.groups] },
    padding:
      padding.kind === 'noisy'
        ? { ...padding }
        : { ...padding, left: [...padding.left], right: [...padding.right] },
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
