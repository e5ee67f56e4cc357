import type { Agreement } from '../agreement.ts'
import { defaultLock } from '../agreement-standing.ts'
import { addMonths, dayMs } from '../calendar.ts'
import { dayText } from '../calendar-day.ts'
import { finding, type LintFinding } from './lint-finding.ts'

/** Whether the term can be met, and whether it is longer than it need be. */
export function termFindings(agreement: Agreement, nowMs: number): readonly LintFinding[] {
  const { notBeforeMs, notAfterMs } = agreement
  const openMs = nowMs + defaultLock(agreement).milliseconds
  const days = (openMs - nowMs) / dayMs
  const findings: LintFinding[] = []
  if (notAfterMs <= openMs) {
    findings.push(finding('never', { severity: 'warning', path: 'notAfterMs' }, { days }))
  } else if (notBeforeMs + dayMs <= openMs) {
    const at = { severity: 'advice', path: 'notBeforeMs' } as const
    findings.push(finding('late', at, { days, day: dayText(openMs) }))
  }
  if (notAfterMs > addMonths(notBeforeMs, 12))
    findings.push(finding('long', { severity: 'advice', path: 'notAfterMs' }, {}))
  return findings
}
