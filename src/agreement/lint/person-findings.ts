import { isAboutPersons } from '../about-persons.ts'
import type { AboutPersons } from '../about-persons.ts'
import type { Agreement, PersonAgreement } from '../agreement.ts'
import { finding, type LintFinding } from './lint-finding.ts'

const monthDays = 30
const yearDays = 365

/** What the person hears, how long answers stay, and how much may be asked. */
export function personFindings(agreement: Agreement): readonly LintFinding[] {
  // A table is about nobody, so nothing in it has to go.
  if (!isAboutPersons(agreement)) return []
  return [
    ...contestFindings(agreement),
    ...noticeFindings(agreement),
    ...presenceFindings(agreement),
    ...(agreement.kind === 'person' ? capFindings(agreement) : []),
    ...retentionFindings(agreement),
  ]
}

function contestFindings({ contest: { days } }: AboutPersons): readonly LintFinding[] {
  if (days >= monthDays) return []
  const at = { severity: days === 0 ? 'warning' : 'advice', path: 'contest.days' } as const
  return [finding('contest', at, { days, least: monthDays })]
}

function noticeFindings({ notice }: AboutPersons): readonly LintFinding[] {
  if (notice.kind === 'immediate') return []
  return [finding('notice', { severity: 'warning', path: 'notice' }, {})]
}

function presenceFindings({ presence }: AboutPersons): readonly LintFinding[] {
  if (presence.mode === 'hidden') return []
  return [finding('presence', { severity: 'advice', path: 'presence' }, {})]
}

function capFindings({ caps, approximateNumber }: PersonAgreement): readonly LintFinding[] {
  // Twice a twelfth leaves room for a busy month; more is a cap that stops nothing.
  const ample = Math.max(10, Math.ceil(approximateNumber / 6))
  const most = caps.distinctSubjectsPer30Days
  if (most <= ample) return []
  const at = { severity: 'advice', path: 'caps.distinctSubjectsPer30Days' } as const
  return [finding('caps', at, { people: approximateNumber, most, ample })]
}

function retentionFindings({ retention: { days } }: Agreement): readonly LintFinding[] {
  if (days <= yearDays) return []
  return [finding('retention', { severity: 'warning', path: 'retention.days' }, { days })]
}
