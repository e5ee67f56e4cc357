import * as z from 'zod'
import { canonicalBytes } from '../../../bytes/index.ts'
import { readPopulationMessage } from '../../messages/index.ts'
import { asJoinPlan, type JoinPlan, joinPlanJson } from '../../psi/index.ts'
import {
  planSignaturesSchema,
  readPlanMessage,
  type PlanSignatures,
  signaturesJson,
} from '../messages/index.ts'

/** Where an inspector's gateway asks a party which of its runs it may audit. */
export const auditableRunsPath = '/v1/join-audits'

/** Most runs in an answer, the newest. */
export const mostAuditableRuns = 50
/** Most bytes of a request. */
export const mostRunsRequestBytes = 1_024
/** Most bytes of an answer: one whole plan, or fifty runs without. */
export const mostRunsAnswerBytes = 131_072

/** Asks for all runs that the sender may audit, or for one with its plan. */
export interface RunsRequest {
  readonly v: 1
  /** 32 hex digits. */
  readonly qid: string | null
}

/** A run with a result that the asking inspector may audit. It names no person. */
export interface AuditableRun {
  readonly qid: string
  /** Hex. */
  readonly planHash: string
  /** Which party of it the answering organisation is. */
  readonly role: 'left' | 'right' | 'tally'
  /** Log time of its result at this party. */
  readonly endedMs: number
  /** Log time until which this party answers an audit. */
  readonly untilMs: number
  /** Whether an audit of it has been opened at this party. */
  readonly isAudited: boolean
  /** `null` where no run was asked for by its number. */
  readonly plan: JoinPlan | null
  readonly signatures: PlanSignatures | null
}

const qid = z.string().regex(/^[0-9a-f]{32}$/)
/** The closed schema of a {@link RunsRequest}. */
export const runsRequestSchema: z.ZodType<RunsRequest> = z.strictObject({
  v: z.literal(1),
  qid: qid.nullable(),
})
const run: z.ZodType<AuditableRun> = z.strictObject({
  qid,
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
  role: z.enum(['left', 'right', 'tally']),
  endedMs: z.int().min(0),
  untilMs: z.int().min(0),
  isAudited: z.boolean(),
  plan: z
    .unknown()
    .nullable()
    .transform((json) => (json === null ? null : asJoinPlan(json))),
  signatures: planSignaturesSchema.nullable(),
})
/** The closed schema of an answer; plans are `spec/join.md`'s. */
export const runsAnswerSchema: z.ZodType<{
  readonly v: 1
  readonly runs: readonly AuditableRun[]
}> = z.strictObject({ v: z.literal(1), runs: z.array(run).max(mostAuditableRuns).readonly() })

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parseRunsRequest(bytes: Uint8Array): RunsRequest {
  return readPopulationMessage(runsRequestSchema, bytes, mostRunsRequestBytes)
}

/** The canonical bytes of a request. */
export function runsRequestBytes({ qid: wanted }: RunsRequest): Uint8Array {
  return canonicalBytes({ v: 1, qid: wanted })
}

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED`, also for a plan that breaks a rule of plans */
export function parseRunsAnswer(bytes: Uint8Array): readonly AuditableRun[] {
  return readPlanMessage(runsAnswerSchema, bytes, mostRunsAnswerBytes).runs
}

/** The canonical bytes of an answer. */
export function runsAnswerBytes(runs: readonly AuditableRun[]): Uint8Array {
  return canonicalBytes({
    v: 1,
    runs: runs.map(({ plan, signatures, ...rest }) => ({
      ...rest,
      plan: plan && joinPlanJson(plan),
      signatures: signatures && signaturesJson(signatures),
    })),
  })
}
