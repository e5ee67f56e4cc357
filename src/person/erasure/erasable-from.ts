import { addMonths } from '../../agreement/index.ts'

const dayMs = 86_400_000

/** Years for which an accounting of disclosures is kept at least (5 U.S.C. 552a(c)(2)). */
export const leastAccountingYears: number = 5

/** What decides when the record of an exchange may be erased. */
export interface ErasureFacts {
  /** Log time of the entry, as its record says, milliseconds since the epoch. */
  readonly timeMs: number
  /** Taken as {@link leastAccountingYears} where it is fewer. */
  readonly accountingYears: number
  /** The longest retention that applies to the record. */
  readonly retentionDays: number
  /** `open` when no notice was withheld, else until when it is; `unknown` where nobody can say. */
  readonly notice: 'open' | 'unknown' | { readonly untilMs: number }
  /** Whether a signed reconciliation with the other organisation covers the entry. */
  readonly reconciled: boolean
}

/** Why a record may not be erased yet. */
export type TooEarlyCode =
  'ACCOUNTING_PERIOD_RUNS' | 'RETENTION_RUNS' | 'NOTICE_WITHHELD' | 'RECONCILIATION_UNSIGNED'

/** Whether a record may be erased; `fromMs` is when it may be, `undefined` where no date can be given. */
export type ErasureVerdict =
  | { readonly state: 'may' }
  | { readonly state: 'too-early'; readonly code: TooEarlyCode; readonly fromMs?: number }

interface Bound {
  readonly code: TooEarlyCode
  readonly fromMs: number
}

function bounds(facts: ErasureFacts): readonly Bound[] {
  const { timeMs, accountingYears, retentionDays, notice } = facts
  const months = Math.max(leastAccountingYears, accountingYears) * 12
  const untilMs = typeof notice === 'object' ? notice.untilMs : timeMs
  return [
    { code: 'ACCOUNTING_PERIOD_RUNS', fromMs: addMonths(timeMs, months) },
    { code: 'RETENTION_RUNS', fromMs: timeMs + retentionDays * dayMs },
    { code: 'NOTICE_WITHHELD', fromMs: untilMs },
  ]
}

/**
 * The rule of `spec/erasure.md`: never before the latest of accounting period, retention, end of a
 * withheld notice, and signed reconciliation. Pure; anything that is not a time keeps the record.
 */
export function mayErase(facts: ErasureFacts, nowMs: number): ErasureVerdict {
  if (facts.notice === 'unknown') return { state: 'too-early', code: 'NOTICE_WITHHELD' }
  const latest = bounds(facts).reduce((one, other) => (other.fromMs > one.fromMs ? other : one))
  // Written so that a value that is no number is never enough.
  const isOver = bounds(facts).every(({ fromMs }) => nowMs >= fromMs)
  if (!isOver) return { state: 'too-early', ...latest }
  return facts.reconciled
    ? { state: 'may' }
    : { state: 'too-early', code: 'RECONCILIATION_UNSIGNED' }
}
