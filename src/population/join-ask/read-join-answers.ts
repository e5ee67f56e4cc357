import * as z from 'zod'
import { previewAnswerSchema } from '../messages/index.ts'
import {
  asJoinRelease,
  type JoinProof,
  joinProofCodes,
  signerStates,
  tableStates,
} from '../join-release/index.ts'
import { asJoinPlan } from '../psi/index.ts'
import { refusalCodes } from '../query/index.ts'
import type { JoinAsked, JoinHolderReport, JoinOffer, JoinPreviewReport } from './join-desk.ts'
import type { JoinStop } from './join-stop.ts'
import type { JoinListed, JoinView } from './join-view.ts'

const count = z.int().min(0)
const side = z.enum(['left', 'right'])
const qid = z.string().regex(/^[0-9a-f]{32}$/, 'is no number of a run')
const agreement = z.object({ id: z.string(), version: z.int().min(1) })
const refusal = z.object({ code: z.enum(refusalCodes), path: z.string(), message: z.string() })

const holder: z.ZodType<JoinHolderReport> = z.object({
  side,
  organisation: z.string(),
  agreement,
  answer: previewAnswerSchema,
})
const offerShape = {
  holders: z.tuple([holder, holder]),
  parties: z.object({ mustAgree: z.array(z.string()), inspector: z.string() }),
}
const offer: z.ZodType<JoinOffer> = z.object(offerShape)
const interval = z.object({
  name: z.enum(['people', 'units']),
  halfWidth: count,
  levelPpm: count,
})
const preview: z.ZodType<JoinPreviewReport> = z.object({
  ...offerShape,
  preview: z
    .object({
      cells: count,
      numbers: z.array(interval),
      cost: z.object({ microEpsilon: count, deltaUnits: count }),
      points: z.object({ left: count, right: count }),
      bytes: count,
      multiplications: count,
    })
    .nullable(),
  held: qid.nullable(),
  refusal: refusal.nullable(),
})
const asked: z.ZodType<JoinAsked> = z.discriminatedUnion('state', [
  z.object({ state: z.literal('begun'), qid }),
  z.object({ state: z.literal('held'), qid }),
  z.object({
    state: z.literal('refused'),
    by: z.string(),
    code: z.string(),
    path: z.string(),
    message: z.string(),
  }),
])

const head = { qid, begunMs: count, place: z.object({ origin: z.string(), index: count }) }
const planned = { ...head, plan: z.unknown().transform((json) => asJoinPlan(json)) }
const leg = z.object({
  kind: z.enum(['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7']),
  side: side.nullable(),
  atMs: count,
})
const running = z.object({
  ...planned,
  state: z.literal('running'),
  progress: z.object({
    legs: z.array(leg),
    done: count,
    total: count,
    remainingMs: z.number().nullable(),
  }),
})
/** Accepts who stopped a run, and what they say of it. */
export const joinStopSchema: z.ZodType<JoinStop | null> = z
  .object({
    by: z.string(),
    blames: z.string().nullable(),
    digests: z.array(z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256')),
  })
  .nullable()
const stopped = z.object({
  ...planned,
  state: z.literal('stopped'),
  code: z.string(),
  stop: joinStopSchema,
})
/** Accepts what a gateway says of a certificate's signatures and of its table. */
export const joinProofSchema: z.ZodType<JoinProof> = z.object({
  signers: z.array(
    z.object({
      party: z.enum(['left', 'right', 'tally']),
      organisation: z.string(),
      keyId: z.string(),
      state: z.enum(signerStates),
    }),
  ),
  table: z.object({ digest: z.string(), state: z.enum(tableStates) }),
  codes: z.array(z.enum(joinProofCodes)),
})
const listed: z.ZodType<JoinListed> = z.discriminatedUnion('state', [
  running,
  stopped,
  z.object({ ...planned, state: z.literal('released') }),
])
const view: z.ZodType<JoinView> = z.discriminatedUnion('state', [
  running,
  stopped,
  z
    .object({
      ...head,
      state: z.literal('released'),
      release: z.unknown(),
      proof: joinProofSchema,
    })
    .transform(({ release: json, ...rest }) => {
      const release = asJoinRelease(json)
      return { ...rest, plan: release.plan, release }
    }),
])

/** Reads what a gateway says of a pair of agreements. @throws ZodError */
export function readJoinOffer(json: unknown): JoinOffer {
  return offer.parse(json)
}

/** Reads a gateway's preview. @throws ZodError */
export function readJoinPreview(json: unknown): JoinPreviewReport {
  return preview.parse(json)
}

/** Reads what came of asking. @throws ZodError */
export function readJoinAsked(json: unknown): JoinAsked {
  return asked.parse(json)
}

/**
 * Reads how far a run is, or its release, which is held against its own plan.
 *
 * @throws ZodError, `ReleaseError` or `JoinError` for what is none
 */
export function readJoinView(json: unknown): JoinView {
  return view.parse(json)
}

/** Reads a list of runs. @throws ZodError, or `JoinError` for a plan that is none */
export function readJoinList(json: unknown): readonly JoinListed[] {
  return z.array(listed).parse(json)
}
