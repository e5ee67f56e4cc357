import type { MaskedRows } from '../crypto/index.ts'
import type { CellTable, ClosedQueryPlan } from './closed-query-plan.ts'
import type { MaskPlan } from './mask-plan.ts'
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
 * What questions about one person and tables of one register need of it.
 *
 * All methods reject with `RegisterError`.
 */
export interface AnsweringRegister {
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

/**
 * An organisation's records, as Cloison may use them: one person, a table with all its cells, or rows of a join that are
 * masked where they are read. Nothing here returns or selects people by a criterion, and nothing may be added that does.
 */
export interface Register extends AnsweringRegister {
  /**
   * The masked rows of one holder's side of a join. Identifiers stay in a process of its own, which ends with the answer.
   * Rejects with `ELEMENT_UNKNOWN`, `SHAPE_REFUSED`, `UNAVAILABLE`; `RECORDS_INVALID` for a person with two rows, and for
   * more rows than the plan has room for; `JOINS_NOT_GRANTED` where the register does not let its rows be masked.
   */
  maskPoints(plan: MaskPlan): Promise<MaskedRows>
}
