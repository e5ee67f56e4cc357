import { isAboutPersons } from '../about-persons.ts'
import type { AboutPersons } from '../about-persons.ts'
import type { Agreement, PersonAgreement } from '../agreement.ts'
import type { LintFinding } from './lint-agreement.ts'

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

function contestFindings({ contest }: AboutPersons): readonly LintFinding[] {
  if (contest.days >= monthDays) return []
  return [
    {
      code: 'LINT_CONTEST',
      severity: contest.days === 0 ? 'warning' : 'advice',
      law: 'GDPR 12(3), 16, 21; 5 U.S.C. 552a(p)(1)(C), (p)(3)',
      path: 'contest.days',
      message: `${contest.days} days leave the person little time to contest an answer`,
      advice: `Leave ${monthDays} days before an answer may count against the person.`,
    },
  ]
}

function noticeFindings({ notice }: AboutPersons): readonly LintFinding[] {
  if (notice.kind === 'immediate') return []
  return [
    {
      code: 'LINT_NOTICE',
      severity: 'warning',
      law: 'GDPR 14(5), 23(1), 23(2)(h); 5 U.S.C. 552a(o)(1)(D)',
      path: 'notice',
      message:
        'people are not told; every withheld notice needs an order, is counted in public, and opens by itself',
      advice:
        'Name the provision that allows secrecy, not only the law, and choose the earliest possible date.',
    },
  ]
}

function presenceFindings({ presence }: AboutPersons): readonly LintFinding[] {
  if (presence.mode === 'hidden') return []
  return [
    {
      code: 'LINT_PRESENCE',
      severity: 'advice',
      law: 'GDPR 5(1)(c)',
      path: 'presence',
      message: 'an answer also tells whether the register holds the person at all',
      advice: 'Write "hidden" unless the decision needs to know that.',
    },
  ]
}

function capFindings({ caps, approximateNumber }: PersonAgreement): readonly LintFinding[] {
  // Twice a twelfth leaves room for a busy month; more is a cap that stops nothing.
  const ample = Math.max(10, Math.ceil(approximateNumber / 6))
  if (caps.distinctSubjectsPer30Days <= ample) return []
  return [
    {
      code: 'LINT_CAPS',
      severity: 'advice',
      law: 'GDPR 5(1)(c), 32(1); 5 U.S.C. 552a(o)(1)(G)',
      path: 'caps.distinctSubjectsPer30Days',
      message: `about ${approximateNumber} people in all, and ${caps.distinctSubjectsPer30Days} of them in 30 days: the cap hardly limits`,
      advice: `Write ${ample} or less, twice the expected month.`,
    },
  ]
}

function retentionFindings({ retention }: Agreement): readonly LintFinding[] {
  if (retention.days <= yearDays) return []
  return [
    {
      code: 'LINT_RETENTION',
      severity: 'warning',
      law: 'GDPR 5(1)(e); 5 U.S.C. 552a(o)(1)(F), (I)',
      path: 'retention.days',
      message: `answers are kept ${retention.days} days`,
      advice:
        'Keep answers until the decision stands, at most a year, or say why not in the justification.',
    },
  ]
}
