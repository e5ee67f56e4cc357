import * as z from 'zod'

import { closedQueryPlanSchema } from '../closed-query-plan.ts'
import type { CellTable, ClosedQueryPlan } from '../closed-query-plan.ts'
import { registerDescriptionSchema } from '../register-description.ts'
import type { RegisterDescription } from '../register-description.ts'
import type { RegisterErrorCode } from '../register-error.ts'
import type { Row } from '../register.ts'

/** What a gateway may ask of a connector's process. There is no other kind. */
export type ConnectorQuestion =
  | { readonly kind: 'lookUp'; readonly subject: string; readonly elements: readonly string[] }
  | { readonly kind: 'aggregate'; readonly plan: ClosedQueryPlan }
  | { readonly kind: 'describe' }

/** What a connector's process answers. It never carries an identifier. */
export type ConnectorAnswer =
  | { readonly kind: 'row'; readonly row: Row | null }
  | { readonly kind: 'cells'; readonly table: CellTable }
  | { readonly kind: 'description'; readonly description: RegisterDescription }
  | ConnectorFailure

/** Why there is no other answer. */
export interface ConnectorFailure {
  readonly kind: 'failure'
  readonly code: RegisterErrorCode
  readonly message: string
}

/** A question or an answer with the number that pairs them. */
export interface Numbered<Content> {
  readonly number: number
  readonly content: Content
}

/** Several at once: what came up in one turn of the event loop travels in one message. */
export type Batch<Content> = readonly Numbered<Content>[]

/** Most questions of one message. */
export const batchCeiling = 512

const key = z.union([z.boolean(), z.int(), z.string()])

const question = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('lookUp'),
    subject: z.string().min(1).max(200),
    elements: z.array(z.string().max(63)).min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('aggregate'), plan: closedQueryPlanSchema }),
  z.strictObject({ kind: z.literal('describe') }),
])

/** The closed form of {@link ConnectorFailure}. */
export const failureSchema: z.ZodObject<
  {
    kind: z.ZodLiteral<'failure'>
    code: z.ZodType<RegisterErrorCode>
    message: z.ZodString
  },
  z.core.$strict
> = z.strictObject({
  kind: z.literal('failure'),
  code: z.enum([
    'UNAVAILABLE',
    'DESCRIPTION_INVALID',
    'RECORDS_INVALID',
    'ELEMENT_UNKNOWN',
    'SCHEME_MISMATCH',
    'SHAPE_REFUSED',
    'ROLE_REFUSED',
    'KEY_INVALID',
    'JOINS_NOT_GRANTED',
  ]),
  message: z.string().max(4000),
})

const answer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('row'),
    row: z.record(z.string(), key.nullable()).nullable(),
  }),
  z.strictObject({
    kind: z.literal('cells'),
    table: z.strictObject({
      by: z.array(z.string()),
      cells: z.array(
        z.strictObject({ key: z.array(key), numbers: z.array(z.int()).min(1).max(64) }),
      ),
    }),
  }),
  z.strictObject({ kind: z.literal('description'), description: registerDescriptionSchema }),
  failureSchema,
])

/** The closed schema of a message to a connector's process. */
export const questionBatchSchema: z.ZodType<Batch<ConnectorQuestion>> = z
  .array(z.strictObject({ number: z.int().min(0), content: question }))
  .max(batchCeiling)

/** The closed schema of a message from a connector's process. */
export const answerBatchSchema: z.ZodType<Batch<ConnectorAnswer>> = z.array(
  z.strictObject({ number: z.int().min(0), content: answer }),
)

/** The kinds of question that {@link questionBatchSchema} lets through. */
export const questionKinds: readonly string[] = question.options.map(
  (option) => option.shape.kind.value,
)
