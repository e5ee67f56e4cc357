import * as z from 'zod'

/** What a refusal is, whatever is refused (RFC 9457). */
export const problemSchema: z.ZodType = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
})

/** A schema as OpenAPI 3.1 has it: JSON Schema 2020-12, without its own address. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _address, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest
}

/** A refusal with its codes in words. */
export function problem(description: string): object {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

/** A body or an answer: of a schema, or of a type alone. */
export type ContentOf = z.ZodType | { readonly type: string }

/** What is said of an operation that answers with 200. */
export interface Answering {
  readonly operationId: string
  readonly summary: string
  readonly answer: ContentOf
  /** What an answer of 200 is. */
  readonly answers: string
  /** Other answers, by their status. */
  readonly problems?: Readonly<Record<string, object>>
  readonly parameters?: readonly object[]
}

/** The content of a request or an answer. */
export function contentOf(given: ContentOf): object {
  return given instanceof z.ZodType
    ? { 'application/json': { schema: jsonSchema(given) } }
    : { [given.type]: {} }
}

/** A part of an address. */
export function pathParameter(name: string, description: string, pattern?: string): object {
  const schema = { type: 'string', ...(pattern !== undefined && { pattern }) }
  return { name, in: 'path', required: true, description, schema }
}
