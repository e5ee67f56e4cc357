import * as z from 'zod'

/** One charge: the body of the public entry `budget.charged`. */
export interface Charge {
  /** Begin of the budget's year, which names it. */
  readonly fromMs: number
  /** Counts up from 1 in a year. */
  readonly seq: number
  readonly microEpsilon: number
  /** In 10^−15. */
  readonly deltaUnits: number
  /** All of the year, this charge included. */
  readonly spentMicroEpsilon: number
  readonly spentDeltaUnits: number
  readonly agreement: { readonly id: string; readonly version: number }
  /** Commitment of the reservation before, base64; `null` for the first of a year. */
  readonly previous: string | null
}

/** The closed schema of a {@link Charge}. */
export const chargeSchema: z.ZodType<Charge> = z.strictObject({
  fromMs: z.int().min(0),
  seq: z.int().min(1),
  microEpsilon: z.int().min(1),
  deltaUnits: z.int().min(0),
  spentMicroEpsilon: z.int().min(1),
  spentDeltaUnits: z.int().min(0),
  agreement: z.strictObject({ id: z.string(), version: z.int().min(1) }),
  previous: z.string().nullable(),
})

/** What a question costs. */
export interface Cost {
  readonly microEpsilon: number
  readonly deltaUnits: number
}

/** What has been spent of a budget, before a question. A cache of the log's entries. */
export interface Spent {
  readonly seq: number
  readonly microEpsilon: number
  readonly deltaUnits: number
  /** Commitment of the newest reservation. */
  readonly last: string | null
}

/** Nothing spent yet. */
export const unspent: Spent = { seq: 0, microEpsilon: 0, deltaUnits: 0, last: null }
