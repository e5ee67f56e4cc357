import * as z from 'zod'

import { failureSchema } from '../connector-messages.ts'
import type { Batch, ConnectorFailure } from '../connector-messages.ts'
import { batchCeiling } from '../connector-messages.ts'
import { type CaseRefusal, caseRefusals } from './case-book.ts'

/** What a gateway asks its case source to vouch for. Personal data. */
export interface VouchClaim {
  readonly reference: string
  /** The official's id in the case system. */
  readonly official: string
  /** What the provider knows the official by. */
  readonly officialPseudonym: string
  /** Organisation that the token is for. */
  readonly provider: string
  readonly subject: { readonly scheme: string; readonly value: string }
}

/** What a gateway may ask of a case source's process. There is no other kind. */
export type CaseQuestion =
  { readonly kind: 'vouch'; readonly claim: VouchClaim } | { readonly kind: 'describe' }

/** What the process answers. No answer but the token, which is about who was asked about, holds an identifier. */
export type CaseAnswer =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'refused'; readonly code: CaseRefusal }
  | { readonly kind: 'issuer'; readonly name: string; readonly publicKey: string }

const text = (most: number): z.ZodString => z.string().min(1).max(most)

/** The closed form of a {@link VouchClaim}. */
export const vouchClaimSchema: z.ZodType<VouchClaim> = z.strictObject({
  reference: text(128),
  official: text(128),
  officialPseudonym: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  provider: text(31),
  subject: z.strictObject({ scheme: text(32), value: text(64) }),
})

const question = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('vouch'),
    claim: vouchClaimSchema,
  }),
  z.strictObject({ kind: z.literal('describe') }),
])

const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), token: text(4096) }),
  z.strictObject({ kind: z.literal('refused'), code: z.enum(caseRefusals) }),
  z.strictObject({ kind: z.literal('issuer'), name: text(128), publicKey: text(44) }),
  failureSchema,
])

/** The closed schema of a message to a case source's process. */
export const caseQuestionBatchSchema: z.ZodType<Batch<CaseQuestion>> = z
  .array(z.strictObject({ number: z.int().min(0), content: question }))
  .max(batchCeiling)

/** The closed schema of a message from a case source's process. */
export const caseAnswerBatchSchema: z.ZodType<Batch<CaseAnswer | ConnectorFailure>> = z.array(
  z.strictObject({ number: z.int().min(0), content: answer }),
)

/** The kinds of question that {@link caseQuestionBatchSchema} lets through. */
export const caseQuestionKinds: readonly string[] = question.options.map(
  (option) => option.shape.kind.value,
)
