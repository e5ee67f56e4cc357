import * as z from 'zod'

import type { MaskedBatch, MaskedRows } from '../../../crypto/index.ts'
import { maskPlanSchema } from '../../mask-plan.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { failureSchema } from '../connector-messages.ts'
import type { ConnectorFailure } from '../connector-messages.ts'

/** The one thing that a gateway may ask of a masking process, once. */
export interface MaskingQuestion {
  readonly kind: 'maskPoints'
  readonly plan: MaskPlan
}

/** What a masking process says: how many rows there are, the rows in batches, and that these were all; or why not. */
export type MaskingAnswer =
  | ({ readonly kind: 'begun' } & Pick<MaskedRows, 'counts' | 'stride' | 'sealKey'>)
  | ({ readonly kind: 'rows' } & MaskedBatch)
  | { readonly kind: 'ended' }
  | ConnectorFailure

/** Most bytes of a slot: an identifier of 512 bytes with its unit and its length. */
const strideCeiling = 528
/** Bytes of a sealed box around 32. */
const sealedKeyBytes = 80

const question = z.strictObject({ kind: z.literal('maskPoints'), plan: maskPlanSchema })
const bytes = z.instanceof(Uint8Array)

const answer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('begun'),
    counts: z.array(z.int().min(0)).min(1).max(2000),
    stride: z.int().min(16).max(strideCeiling).multipleOf(16),
    sealKey: bytes.refine(({ length }) => length === sealedKeyBytes),
  }),
  z
    .strictObject({ kind: z.literal('rows'), points: bytes, leaves: bytes, slots: bytes })
    .refine(({ points, leaves }) => points.length === leaves.length && points.length % 32 === 0),
  z.strictObject({ kind: z.literal('ended') }),
  failureSchema,
])

/** The closed schema of the message to a masking process. */
export const maskingQuestionSchema: z.ZodType<MaskingQuestion> = question

/** The closed schema of a message from a masking process. */
export const maskingAnswerSchema: z.ZodType<MaskingAnswer> = answer

/** The kinds of question that {@link maskingQuestionSchema} lets through. */
export const maskingQuestionKinds: readonly string[] = [...question.shape.kind.values]
