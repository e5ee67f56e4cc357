import * as z from 'zod'
import { canonicalBytes, type JsonObject, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { type DomainKey, levelCeiling } from '../../register/index.ts'
import type { Side } from '../psi/index.ts'

/** What is asked of one of the two registers; names are those of its agreement. */
export interface JoinQuestionSide {
  readonly agreement: string
  readonly version: number
  readonly register: string
  /** Only people with one of these keys of each element. */
  readonly where: Readonly<Record<string, readonly DomainKey[]>>
  /** This side's dimensions of the table, slowest first. */
  readonly by: readonly string[]
}

/** What is computed of the people who are in both registers. */
export type JoinMeasure =
  | { readonly kind: 'count' }
  | {
      readonly kind: 'sum' | 'mean'
      /** Whose element it is. */
      readonly side: Side
      readonly element: string
      /** Into how many units the range of a value is divided; more cost more, and round less. */
      readonly levels: number
    }
  | {
      readonly kind: 'quantiles'
      readonly side: Side
      readonly element: string
      /** Increasing parts per million. */
      readonly ppm: readonly number[]
    }

/** A question about the people of two registers: a table, never a person. `spec/join-exchange.md`. */
export interface JoinQuestion {
  readonly v: 1
  readonly left: JoinQuestionSide
  readonly right: JoinQuestionSide
  readonly measure: JoinMeasure
  /** Millionths of epsilon: of the cells, and of the sizes of both lists. */
  readonly microEpsilon: number
  /** Each delta is 10 to the power of minus this. */
  readonly deltaExponent: number
}

const mostFilters = 8
const element = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'is no name of a data element')
const key = z.union([z.boolean(), z.int(), z.string().min(1).max(100)])
const side = z.enum(['left', 'right'], 'is left or right')

const sideSchema: z.ZodType<JoinQuestionSide> = z.strictObject({
  agreement: z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/, 'is no id of an agreement'),
  version: z.int().min(1),
  register: z.string().regex(/^[a-z][A-Za-z0-9_-]{0,62}$/, 'is no name of a register'),
  where: z
    .record(element, z.array(key).min(1).max(1000).readonly())
    .refine((where) => Object.keys(where).length <= mostFilters, `has over ${mostFilters} filters`),
  by: z.array(element).max(4),
})

const ppm = z
  .array(z.int().min(1).max(999_999))
  .min(1)
  .max(9)
  .refine((all) => all.every((one, at) => at === 0 || one > (all[at - 1] ?? 0)), 'must increase')

const measure: z.ZodType<JoinMeasure> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count') }),
  z.strictObject({
    kind: z.enum(['sum', 'mean']),
    side,
    element,
    levels: z.int().min(1).max(levelCeiling),
  }),
  z.strictObject({ kind: z.literal('quantiles'), side, element, ppm }),
])

/** The closed schema of a {@link JoinQuestion}. */
export const joinQuestionSchema: z.ZodType<JoinQuestion> = z.strictObject({
  v: z.literal(1),
  left: sideSchema,
  right: sideSchema,
  measure,
  microEpsilon: z.int().min(1),
  deltaExponent: z.int().min(6).max(12),
})

function inOrder(a: DomainKey, b: DomainKey): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** The keys of filters in one order, which needs no domain: one text for one meaning. */
export function canonicalWhere(where: JoinQuestionSide['where']): JoinQuestionSide['where'] {
  return Object.fromEntries(
    Object.entries(where)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, keys]) => [name, keys.toSorted(inOrder)]),
  )
}

/** The same question with the keys of each filter in one order. */
export function canonicalJoinQuestion(question: JoinQuestion): JoinQuestion {
  const { left, right } = question
  return {
    ...question,
    left: { ...left, where: canonicalWhere(left.where) },
    right: { ...right, where: canonicalWhere(right.where) },
  }
}

function sideJson({ where, by, ...rest }: JoinQuestionSide): JsonObject {
  return {
    ...rest,
    where: Object.fromEntries(Object.entries(where).map(([name, keys]) => [name, [...keys]])),
    by: [...by],
  }
}

/** A question as JSON, to be written canonically. */
export function joinQuestionJson({
  left,
  right,
  measure: asked,
  ...rest
}: JoinQuestion): JsonObject {
  return {
    ...rest,
    left: sideJson(left),
    right: sideJson(right),
    measure: asked.kind === 'quantiles' ? { ...asked, ppm: [...asked.ppm] } : { ...asked },
  }
}

/** What a question is called in the memory of results: 32 bytes, of its canonical form. */
export function joinQuestionDigest(question: JoinQuestion): Uint8Array {
  const canonical = joinQuestionJson(canonicalJoinQuestion(question))
  return sha256(utf8('cloison/join-question/v1\n'), canonicalBytes(canonical))
}
