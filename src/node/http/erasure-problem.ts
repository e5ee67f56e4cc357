import type { ErasureRefusal } from '../../person/index.ts'
import { problemDocument, type ProblemResponse } from './problem-response.ts'

/** Status and title of every reason for which records are not erased. */
export const erasureProblems: Readonly<
  Record<ErasureRefusal['code'], readonly [status: number, title: string]>
> = {
  ENTRY_UNKNOWN: [404, 'There is no such entry in this log. Check the number and the log.'],
  ACCOUNTING_PERIOD_RUNS: [409, 'The accounting period has not ended. Wait until the named date.'],
  ALREADY_ERASED: [409, 'The record of this entry was erased before. Leave the entry out.'],
  GOVERNANCE_PERMANENT: [409, 'A governance entry is public and is never erased. Leave it out.'],
  MONTH_NOT_OVER: [409, 'That month has not begun. Name the present month or an earlier one.'],
  NOTICE_WITHHELD: [
    409,
    'The notice is withheld, and the person has not been able to see the entry. Wait until the named date; where there is none, put the agreement back.',
  ],
  RECONCILIATION_UNSIGNED: [
    409,
    'No signed reconciliation with the other organisation covers the entry. Sign one first.',
  ],
  RECORD_UNREADABLE: [
    409,
    'The record cannot be opened, so nobody can tell whether it may be erased. Put the key of its month back.',
  ],
  RETENTION_RUNS: [409, 'The retention has not ended. Wait until the named date.'],
}

/** The refusal as a problem document (RFC 9457) that names entry and date; nothing about a person. */
export function erasureProblem(refusal: ErasureRefusal): ProblemResponse {
  const { code, log, entry, fromMs } = refusal
  const [status, title] = erasureProblems[code]
  return problemDocument({ code, status, title, log, entry, notBeforeMs: fromMs })
}
