import type { ExchangeRecord, GovernanceRecord } from '../../entry/index.ts'
import type { RecordProblemCode } from './log-problem.ts'

/**
 * Follows what the governance entries of a log say one after the other, for rules that are not the log's own. Told in the order of
 * the log, of the whole of it.
 */
export interface RecordHistory {
  /** An entry of governance stands here, whatever it says; every other one is an exchange's. */
  pass(entry: number): void
  /** What the opened record of the entry that was passed last contradicts; `[]` for nothing. */
  problemsOf(entry: number, record: ExchangeRecord | GovernanceRecord): readonly RecordProblemCode[]
}
