import * as z from 'zod'
import {
  type JoinAsked,
  type JoinPreviewReport,
  type JoinProgress,
  type JoinProof,
  joinProofSchema,
  type JoinStop,
  joinStopSchema,
  type PreviewAnswer,
  previewAnswerSchema,
} from '../../../population/index.ts'

/** Why something is refused, as a program reads it. */
interface Refusal {
  readonly code: string
  readonly path: string
  readonly message: string
}

const count = z.int().min(0)
const side = z.enum(['left', 'right'])
const refusal: z.ZodType<Refusal> = z.object({
  code: z.string(),
  path: z.string(),
  message: z.string(),
})

/** What `/v1/statistics/joins/previews` answers. */
export interface JoinPreviewAnswer extends Pick<JoinPreviewReport, 'parties' | 'preview' | 'held'> {
  readonly holders: readonly { readonly organisation: string; readonly answer: PreviewAnswer }[]
  readonly refusal: Refusal | null
}

/** Accepts a {@link JoinPreviewAnswer}. */
export const joinPreviewSchema: z.ZodType<JoinPreviewAnswer> = z.object({
  holders: z.array(z.object({ organisation: z.string(), answer: previewAnswerSchema })),
  parties: z.object({ mustAgree: z.array(z.string()), inspector: z.string() }),
  preview: z
    .object({
      cells: count,
      numbers: z.array(
        z.object({ name: z.enum(['people', 'units']), halfWidth: count, levelPpm: count }),
      ),
      cost: z.object({ microEpsilon: count, deltaUnits: count }),
      points: z.object({ left: count, right: count }),
      bytes: count,
      multiplications: count,
    })
    .nullable(),
  held: z.string().nullable(),
  refusal: refusal.nullable(),
})

/** Accepts what `/v1/statistics/joins` answers. */
export const joinAskedSchema: z.ZodType<JoinAsked> = z.discriminatedUnion('state', [
  z.object({ state: z.literal('begun'), qid: z.string() }),
  z.object({ state: z.literal('held'), qid: z.string() }),
  z.object({
    state: z.literal('refused'),
    by: z.string(),
    code: z.string(),
    path: z.string(),
    message: z.string(),
  }),
])

/** What `/v1/statistics/joins/result` answers; a release is held against its plan where it is used. In a list there is none. */
export type JoinViewAnswer = {
  readonly qid: string
  readonly begunMs: number
  readonly place: { readonly origin: string; readonly index: number }
} & (
  | { readonly state: 'running'; readonly progress: JoinProgress }
  | {
      readonly state: 'released'
      readonly release?: unknown
      /** What the gateway says of the certificate's signatures, and of its table. */
      readonly proof?: JoinProof | undefined
    }
  /** `stop` is who stopped it and whom they blame; `null` where its time alone ended it. */
  | { readonly state: 'stopped'; readonly code: string; readonly stop: JoinStop | null }
)

const head = {
  qid: z.string(),
  begunMs: count,
  place: z.object({ origin: z.string(), index: count }),
}

/** Accepts a {@link JoinViewAnswer}. */
export const joinViewSchema: z.ZodType<JoinViewAnswer> = z.discriminatedUnion('state', [
  z.object({
    ...head,
    state: z.literal('running'),
    progress: z.object({
      legs: z.array(
        z.object({
          kind: z.enum(['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7']),
          side: side.nullable(),
          atMs: count,
        }),
      ),
      done: count,
      total: count,
      remainingMs: z.number().nullable(),
    }),
  }),
  z.object({
    ...head,
    state: z.literal('released'),
    release: z.unknown().optional(),
    proof: joinProofSchema.optional(),
  }),
  z.object({ ...head, state: z.literal('stopped'), code: z.string(), stop: joinStopSchema }),
])
