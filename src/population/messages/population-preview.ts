import * as z from 'zod'
import { canonicalBytes, type JsonObject } from '../../bytes/index.ts'
import {
  type Domain,
  type ElementType,
  type RegisterDescription,
  registerDescriptionSchema,
} from '../../register/index.ts'
import {
  type PopulationQuery,
  populationQuerySchema,
  queryJson,
  type RefusalCode,
  refusalCodes,
} from '../query/index.ts'
import { analystSchema } from './population-question.ts'
import {
  mostAnswerBytes,
  mostQuestionBytes,
  readPopulationMessage,
} from './read-population-message.ts'

/** Where gateways ask what a question would cost and give. Nothing is spent, nothing is an entry. */
export const populationPreviewPath = '/v1/population-previews'

/** What can be asked under an agreement, what is left, and, of a query, what it would be. */
export interface PreviewRequest {
  readonly v: 1
  readonly agreement: string
  readonly version: number
  readonly analyst: string
  /** `null`: the catalogue and the budget alone. */
  readonly query: PopulationQuery | null
}

/** An element that can be counted by, filtered on or measured. All of it is public. */
export interface CatalogueElement {
  readonly name: string
  readonly type: ElementType
  readonly unit: string | null
  readonly domain: Domain
  /** Only with an inspector's countersignature, and never as a filter. */
  readonly protected: boolean
}

/** What an agreement lets an analyst ask. */
export interface Catalogue {
  readonly provider: string
  readonly register: string
  readonly population: { readonly name: string; readonly size: number }
  /** Of what the next release will be. */
  readonly snapshot: string
  readonly elements: readonly CatalogueElement[]
  /** Millionths of epsilon that one question may spend. */
  readonly mostMicroEpsilon: number
  /** `null`: pure epsilon alone. */
  readonly deltaExponent: number | null
}

/** One charge of the running year, as it stands in the public log. */
export interface ListedCharge {
  readonly seq: number
  /** Its entry in the provider's log. */
  readonly entry: number
  readonly microEpsilon: number
  readonly agreement: string
}

/** What is left for a year, and why. Millionths of epsilon. */
export interface BudgetReport {
  readonly population: string
  /** `null` where no year was ever opened: nothing can be asked. */
  readonly year: { readonly fromMs: number; readonly untilMs: number } | null
  readonly accounts: readonly {
    readonly account: 'population' | 'agreement' | 'analyst'
    readonly most: number
    readonly spent: number
  }[]
  /** The newest, at most 50. */
  readonly charges: readonly ListedCharge[]
}

/** What a query would cost and give. */
export interface PreviewReport {
  readonly cells: number
  readonly numbers: readonly {
    readonly name: string
    readonly halfWidth: number
    readonly levelPpm: number
  }[]
  readonly microEpsilon: number
  /** Already released over this snapshot: it costs nothing. */
  readonly held: boolean
  readonly releaseAfterMs: number
}

/** A query that would be refused. */
export interface RefusalReport {
  readonly code: RefusalCode
  readonly path: string
  readonly message: string
}

/** The provider's answer to a preview. */
export interface PreviewAnswer {
  readonly v: 1
  readonly catalogue: Catalogue
  readonly budget: BudgetReport
  readonly preview: PreviewReport | null
  readonly refusal: RefusalReport | null
  /** Under an agreement on joins: what plans are made from. Its elements are those of the agreement. */
  readonly description?: RegisterDescription | undefined
}

/** The closed schema of a {@link PreviewRequest}. */
export const previewRequestSchema: z.ZodType<PreviewRequest> = z.strictObject({
  v: z.literal(1),
  agreement: z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/),
  version: z.int().min(1),
  analyst: analystSchema,
  query: populationQuerySchema.nullable(),
})

const text = z.string().max(600)
const count = z.int().min(0)
const key = z.union([z.boolean(), z.int(), z.string().max(100)])
const domain: z.ZodType<Domain> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('closed'), keys: z.array(key).max(1000) }),
  z.strictObject({ kind: z.literal('bounded'), min: z.int(), max: z.int() }),
  z.strictObject({ kind: z.literal('open') }),
])

/** The closed schema of a {@link PreviewAnswer}. */
export const previewAnswerSchema: z.ZodType<PreviewAnswer> = z.strictObject({
  v: z.literal(1),
  catalogue: z.strictObject({
    provider: text,
    register: text,
    population: z.strictObject({ name: text, size: count }),
    snapshot: text,
    elements: z
      .array(
        z.strictObject({
          name: text,
          type: z.enum(['boolean', 'integer', 'string', 'date']),
          unit: text.nullable(),
          domain,
          protected: z.boolean(),
        }),
      )
      .max(200),
    mostMicroEpsilon: count,
    deltaExponent: z.int().nullable(),
  }),
  budget: z.strictObject({
    population: text,
    year: z.strictObject({ fromMs: count, untilMs: count }).nullable(),
    accounts: z
      .array(
        z.strictObject({
          account: z.enum(['population', 'agreement', 'analyst']),
          most: count,
          spent: count,
        }),
      )
      .max(3),
    charges: z
      .array(
        z.strictObject({
          seq: z.int().min(1),
          entry: count,
          microEpsilon: z.int().min(1),
          agreement: text,
        }),
      )
      .max(50),
  }),
  preview: z
    .strictObject({
      cells: count,
      numbers: z.array(z.strictObject({ name: text, halfWidth: count, levelPpm: count })).max(64),
      microEpsilon: count,
      held: z.boolean(),
      releaseAfterMs: count,
    })
    .nullable(),
  refusal: z.strictObject({ code: z.enum(refusalCodes), path: text, message: text }).nullable(),
  description: registerDescriptionSchema.optional(),
})

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parsePreviewRequest(bytes: Uint8Array): PreviewRequest {
  return readPopulationMessage(previewRequestSchema, bytes, mostQuestionBytes)
}

/** The canonical bytes of a request, as they are signed and sent. */
export function previewRequestBytes({ query, ...rest }: PreviewRequest): Uint8Array {
  return canonicalBytes({ ...rest, query: query === null ? null : queryJson(query) })
}

/** The canonical bytes of an answer, as they are signed and sent. */
export function previewAnswerBytes(answer: PreviewAnswer): Uint8Array {
  const { catalogue, budget, preview, refusal, description } = answer
  return canonicalBytes({
    v: 1,
    catalogue: {
      ...catalogue,
      population: { ...catalogue.population },
      elements: catalogue.elements.map(({ domain: values, ...element }) => ({
        ...element,
        domain: values.kind === 'closed' ? { ...values, keys: [...values.keys] } : { ...values },
      })),
    },
    budget: {
      ...budget,
      year: budget.year && { ...budget.year },
      accounts: budget.accounts.map((one) => ({ ...one })),
      charges: budget.charges.map((one) => ({ ...one })),
    },
    preview: preview && { ...preview, numbers: preview.numbers.map((one) => ({ ...one })) },
    refusal: refusal && { ...refusal },
    ...(description !== undefined && { description: descriptionJson(description) }),
  })
}

/** A description as JSON, without the members that are not said. */
function descriptionJson(description: RegisterDescription): JsonObject {
  const { snapshot, elements, ...rest } = description
  return {
    ...rest,
    subject: { ...rest.subject },
    population: { ...rest.population },
    ...(snapshot !== undefined && { snapshot }),
    elements: elements.map(({ domain: values, geography, ...element }) => ({
      ...element,
      domain: values.kind === 'closed' ? { ...values, keys: [...values.keys] } : { ...values },
      ...(geography !== undefined && { geography }),
    })),
  }
}

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parsePreviewAnswer(bytes: Uint8Array): PreviewAnswer {
  return readPopulationMessage(previewAnswerSchema, bytes, mostAnswerBytes)
}
