import * as z from 'zod'

/** One request as the officer's list has it: nobody is named. */
export interface ListedRequest {
  readonly number: number
  readonly kind: string
  readonly filedAtMs: number
  readonly dueMs: number
  readonly state: string
  readonly decidedAtMs: number | null
}

interface StepPlace {
  readonly atMs: number
  readonly log: string
  readonly entry: number
}

/** One step of an opened request; a text that is `null` is erased. */
export type OpenedStep = StepPlace &
  (
    | {
        readonly step: 'filed'
        readonly text: {
          readonly subject: { readonly scheme: string; readonly value: string }
          readonly about: { readonly log: string; readonly entry: number } | null
          readonly elements: readonly string[]
          readonly text: string
        } | null
      }
    | { readonly step: 'opened' }
    | { readonly step: 'extended'; readonly text: { readonly reason: string } | null }
    | {
        readonly step: 'decided'
        readonly text: {
          readonly outcome: string
          readonly law: string | null
          readonly answer: string
          readonly elements: readonly string[]
          readonly restricts: boolean
        } | null
      }
  )

/** The word of a correction to one organisation that had the data. */
export interface ShownNotice {
  readonly consumer: string
  readonly exchangeId: string
  readonly elements: readonly string[]
  readonly state: 'waiting' | 'received' | 'unknown'
  readonly settledAtMs: number | null
  readonly told: { readonly log: string; readonly entry: number } | null
}

/** One request, opened. Personal data. */
export interface OpenedRequest extends ListedRequest {
  readonly steps: readonly OpenedStep[]
  readonly notices: readonly ShownNotice[]
}

const whole = z.int()
const place = { log: z.string(), entry: whole }
const at = { atMs: whole, ...place }
const listed = {
  number: whole,
  kind: z.string(),
  filedAtMs: whole,
  dueMs: whole,
  state: z.string(),
  decidedAtMs: whole.nullable(),
}

/** The officer's list, as the gateway gives it. */
export const requestListSchema: z.ZodType<{ readonly requests: readonly ListedRequest[] }> =
  z.object({ requests: z.array(z.object(listed)) })

const stepSchema: z.ZodType<OpenedStep> = z.discriminatedUnion('step', [
  z.object({
    ...at,
    step: z.literal('filed'),
    text: z
      .object({
        subject: z.object({ scheme: z.string(), value: z.string() }),
        about: z.object(place).nullable(),
        elements: z.array(z.string()),
        text: z.string(),
      })
      .nullable(),
  }),
  z.object({ ...at, step: z.literal('opened') }),
  z.object({
    ...at,
    step: z.literal('extended'),
    text: z.object({ reason: z.string() }).nullable(),
  }),
  z.object({
    ...at,
    step: z.literal('decided'),
    text: z
      .object({
        outcome: z.string(),
        law: z.string().nullable(),
        answer: z.string(),
        elements: z.array(z.string()),
        restricts: z.boolean(),
      })
      .nullable(),
  }),
])

/** Reads an opened request. */
export const openedRequestSchema: z.ZodType<OpenedRequest> = z.object({
  ...listed,
  steps: z.array(stepSchema),
  notices: z.array(
    z.object({
      consumer: z.string(),
      exchangeId: z.string(),
      elements: z.array(z.string()),
      state: z.enum(['waiting', 'received', 'unknown']),
      settledAtMs: whole.nullable(),
      told: z.object(place).nullable(),
    }),
  ),
})
