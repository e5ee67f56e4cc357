import * as z from 'zod'

/** Most epsilon that a year may spend of one population, in millionths. */
export const yearCeiling = 1_000_000
/** The same with an inspector's countersignature. */
export const countersignedYearCeiling = 2_000_000
/** The length of a budget's year. */
export const yearMs: number = 365 * 86_400_000
/** Deltas are counted in units of 10^−15, so that they add up as whole numbers. */
export const deltaUnitExponent = 15

/** What may be spent of one population's privacy in one year: the body of `budget.opened` and `budget.renewed`. */
export interface Budget {
  /** Epsilons add, deltas add: one sum that anybody can do. */
  readonly composition: 'basic'
  readonly microEpsilon: number
  /** All deltas of the year together stay within 10 to the power of minus this; `null`: pure epsilon alone. */
  readonly deltaExponent: number | null
  /** Of one analyst, within the sub-budget of an agreement; `null`: as much as the agreement. */
  readonly perAnalystMicroEpsilon: number | null
  /** Log time; the year ends 365 days later. */
  readonly fromMs: number
  readonly countersigned: boolean
}

/** The closed schema of a {@link Budget}. */
export const budgetSchema: z.ZodType<Budget> = z.strictObject({
  composition: z.literal('basic'),
  microEpsilon: z.int().min(1).max(1_000_000_000),
  deltaExponent: z.int().min(6).max(deltaUnitExponent).nullable(),
  perAnalystMicroEpsilon: z.int().min(1).nullable(),
  fromMs: z.int().min(0),
  countersigned: z.boolean(),
})

/** Units of 10^−15 that a delta of 10 to the power of −exponent is; none for pure epsilon. */
export function deltaUnits(exponent: number | null): number {
  return exponent === null ? 0 : 10 ** (deltaUnitExponent - exponent)
}

/** What keeps a budget from being opened. */
export type BudgetProblem = 'ABOVE_CEILING' | 'TOO_EARLY'

/**
 * Why a budget may not be opened after `previous`, or `undefined`. Only a demo's or a test's origin may pass the
 * ceiling, and none may begin a year before the last one is over.
 */
export function budgetProblem(
  budget: Budget,
  { previous, demo }: { readonly previous: Budget | undefined; readonly demo: boolean },
): BudgetProblem | undefined {
  const ceiling = budget.countersigned ? countersignedYearCeiling : yearCeiling
  if (!demo && budget.microEpsilon > ceiling) return 'ABOVE_CEILING'
  return previous !== undefined && budget.fromMs < previous.fromMs + yearMs
    ? 'TOO_EARLY'
    : undefined
}
