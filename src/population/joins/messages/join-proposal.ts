import * as z from 'zod'
import { canonicalBytes, decodeHex, type JsonObject } from '../../../bytes/index.ts'
import { type LoggedEntry, loggedEntryShape } from '../../../protocol/index.ts'
import {
  type PlanSignature,
  type PlanSignatures,
  planSignatureSchema,
  planSignaturesSchema,
} from '../../join-release/index.ts'
import type { BudgetSpent } from '../../ledger/index.ts'
import { analystSchema, budgetSpentSchema } from '../../messages/index.ts'
import { asJoinPlan, type JoinPlan, joinPlanJson } from '../../psi/index.ts'
import { type RefusalCode, refusalCodes } from '../../query/index.ts'
import { type EntryName, entryNameSchema } from './entry-name.ts'
import { readPlanMessage } from './read-plan-message.ts'

/** Where a tally's gateway asks a holder's to agree to a plan. */
export const joinProposalPath = '/v1/joins'

/** Where it has it begin the plan. */
export function joinBeginPath(qid: string): string {
  return `${joinProposalPath}/${qid}/begin`
}

/** A plan that a holder is asked to agree to. Nothing is spent by it. */
export interface JoinProposal {
  readonly v: 1
  /** Pseudonym of the analyst towards this holder. */
  readonly analyst: string
  readonly plan: JoinPlan
}

/** The same with all signatures: from here on it costs. */
export interface JoinBeginning extends JoinProposal {
  readonly signatures: PlanSignatures
}

const planHashSchema: z.ZodType<Uint8Array> = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((text) => decodeHex(text))

/** A refusal, by an entry. */
export type JoinRefusedAnswer = LoggedEntry & {
  readonly v: 1
  readonly planHash: Uint8Array
  readonly state: 'refused'
  readonly code: RefusalCode
  /** Which part of the plan, as `left.by`; `''` for the whole. */
  readonly path: string
  readonly message: string
  readonly spent: BudgetSpent | null
}

/** What a holder says to a proposal. */
export type ProposalAnswer =
  | {
      readonly v: 1
      readonly planHash: Uint8Array
      readonly state: 'agreed'
      readonly signature: PlanSignature
    }
  | JoinRefusedAnswer

/** What a holder says to a beginning. */
export type BeginningAnswer =
  | {
      readonly v: 1
      readonly planHash: Uint8Array
      readonly state: 'begun'
      /** The reservation. */
      readonly entry: EntryName
    }
  | JoinRefusedAnswer

const plan: z.ZodType<JoinPlan> = z.unknown().transform((json) => asJoinPlan(json))
const proposal = { v: z.literal(1), analyst: analystSchema, plan }
const head = { v: z.literal(1), planHash: planHashSchema }

/** The closed schema of a {@link JoinProposal}; the plan is `spec/join.md`'s. */
export const proposalSchema: z.ZodType<JoinProposal> = z.strictObject(proposal)
/** The closed schema of a {@link JoinBeginning}. */
export const beginningSchema: z.ZodType<JoinBeginning> = z.strictObject({
  ...proposal,
  signatures: planSignaturesSchema,
})
const refused = z.strictObject({
  ...head,
  state: z.literal('refused'),
  code: z.enum(refusalCodes),
  path: z.string().max(200),
  message: z.string().max(600),
  spent: budgetSpentSchema.nullable(),
  ...loggedEntryShape,
})
/** The closed schema of a {@link ProposalAnswer}. */
export const proposalAnswerSchema: z.ZodType<ProposalAnswer> = z.discriminatedUnion('state', [
  z.strictObject({ ...head, state: z.literal('agreed'), signature: planSignatureSchema }),
  refused,
])
/** The closed schema of a {@link BeginningAnswer}. */
export const beginningAnswerSchema: z.ZodType<BeginningAnswer> = z.discriminatedUnion('state', [
  z.strictObject({ ...head, state: z.literal('begun'), entry: entryNameSchema }),
  refused,
])

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parseJoinProposal(bytes: Uint8Array): JoinProposal {
  return readPlanMessage(proposalSchema, bytes)
}

/** The canonical bytes of a proposal, as they are signed and sent. */
export function joinProposalBytes({ analyst, plan: planned }: JoinProposal): Uint8Array {
  return canonicalBytes({ v: 1, analyst, plan: joinPlanJson(planned) })
}

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parseJoinBeginning(bytes: Uint8Array): JoinBeginning {
  return readPlanMessage(beginningSchema, bytes)
}

/** The canonical bytes of a beginning. */
export function joinBeginningBytes({ analyst, plan: planned, ...rest }: JoinBeginning): Uint8Array {
  const signatures = signaturesJson(rest.signatures)
  return canonicalBytes({ v: 1, analyst, plan: joinPlanJson(planned), signatures })
}

/** The signatures as JSON. */
export function signaturesJson({ left, right, tally }: PlanSignatures): JsonObject {
  return { left: { ...left }, right: { ...right }, tally: { ...tally } }
}

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parseProposalAnswer(bytes: Uint8Array): ProposalAnswer {
  return readPlanMessage(proposalAnswerSchema, bytes)
}

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parseBeginningAnswer(bytes: Uint8Array): BeginningAnswer {
  return readPlanMessage(beginningAnswerSchema, bytes)
}
