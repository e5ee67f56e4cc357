import type { Agreement } from '../agreement.ts'
import { defaultLock } from '../agreement-standing.ts'
import { addMonths, dayMs } from '../calendar.ts'
import { dayText } from '../calendar-day.ts'
import type { LintFinding } from './lint-agreement.ts'

/** Whether the term can be met, and whether it is longer than it need be. */
export function termFindings(agreement: Agreement, nowMs: number): readonly LintFinding[] {
  const { notBeforeMs, notAfterMs } = agreement
  const lockMs = defaultLock(agreement).milliseconds
  const law = 'GDPR 5(1)(e); 5 U.S.C. 552a(o)(2)(B), (C)'
  const findings: LintFinding[] = []
  if (notAfterMs <= nowMs + lockMs) {
    findings.push({
      code: 'LINT_TERM',
      severity: 'warning',
      law,
      path: 'notAfterMs',
      message: `the time lock of ${lockMs / dayMs} days passes after the last day, so nothing will ever be answered`,
      advice: 'Choose a later last day.',
    })
  } else if (notBeforeMs + dayMs <= nowMs + lockMs) {
    findings.push({
      code: 'LINT_TERM',
      severity: 'advice',
      law,
      path: 'notBeforeMs',
      message: `published today, its time lock of ${lockMs / dayMs} days ends on ${dayText(nowMs + lockMs)}; nothing is answered before`,
      advice: 'Leave it, or let the first day be the one on which questions will be answered.',
    })
  }
  if (notAfterMs > addMonths(notBeforeMs, 12)) {
    findings.push({
      code: 'LINT_TERM',
      severity: 'advice',
      law: '5 U.S.C. 552a(o)(2)(C), (D)',
      path: 'notAfterMs',
      message: 'the term is longer than a year',
      advice: 'Let it run a year, and renew with what was learned.',
    })
  }
  return findings
}
