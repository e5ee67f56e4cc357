import type { CellTable, ClosedQueryPlan } from './closed-query-plan.ts'
import type { RegisterDescription } from './register-description.ts'

/** A value as a register holds it; `null` where it holds none. Dates are texts `YYYY-MM-DD`. */
export type RegisterValue = boolean | number | string | null

/** One subject's values, only of the elements that were asked for, by element name. Personal data. */
export type Row = Readonly<Record<string, RegisterValue>>

/** One person by one identifier; the value has passed its scheme's check. Personal data. */
export interface SubjectIdentifier {
  readonly scheme: string
  readonly value: string
}

/**
 * An organisation's records, as Cloison may use them: one person, or a table with all its cells. Nothing here
 * returns or selects people by a criterion, and nothing may be added that does.
 *
 * All methods reject with `RegisterError`.
 */
export interface Register {
  /**
   * The values of one subject, or `undefined` when the register does not have them.
   * Rejects with `ELEMENT_UNKNOWN`, `SCHEME_MISMATCH`, `SHAPE_REFUSED` (no elements), `UNAVAILABLE`.
   */
  lookUp(subject: SubjectIdentifier, elements: readonly string[]): Promise<Row | undefined>
  /** The exact table of a plan. Rejects with `ELEMENT_UNKNOWN`, `SHAPE_REFUSED`, `UNAVAILABLE`. */
  aggregate(plan: ClosedQueryPlan): Promise<CellTable>
  /** What the register holds, publicly. */
  describe(): RegisterDescription
}
