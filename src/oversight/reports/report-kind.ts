/** The reports that write themselves, by the names of the command. */
export const reportKinds = [
  'accounting',
  'matching',
  'integrity',
  'ropa',
  'access',
  'notice',
  'fan-out',
  'dpia',
  'breach-scope',
] as const

/** One of {@link reportKinds}. */
export type ReportKind = (typeof reportKinds)[number]

/** What a report is about: the whole organisation, or one person, who alone may have it. */
export type ReportTopic = 'organisation' | 'person' | 'either'

/** What each report is about. */
export const reportTopics: Readonly<Record<ReportKind, ReportTopic>> = {
  accounting: 'either',
  matching: 'organisation',
  integrity: 'organisation',
  ropa: 'organisation',
  access: 'person',
  notice: 'organisation',
  'fan-out': 'person',
  dpia: 'organisation',
  'breach-scope': 'organisation',
}

/** The provisions that a report answers to, as people cite them. */
export const reportLaws: Readonly<Record<ReportKind, readonly string[]>> = {
  accounting: ['5 U.S.C. 552a(c)'],
  matching: ['5 U.S.C. 552a(o)'],
  integrity: ['5 U.S.C. 552a(u)(3)(D)'],
  ropa: ['GDPR 30(1)'],
  access: ['GDPR 15(1)', 'GDPR 15(3)'],
  notice: ['GDPR 14'],
  'fan-out': ['GDPR 19', '5 U.S.C. 552a(c)(4)'],
  dpia: ['GDPR 35(7)', 'GDPR 36'],
  'breach-scope': ['GDPR 33(3)', 'GDPR 34'],
}

/** Reports that count exchanges: only the organisation itself can open what they are counted from. */
export const countingReports: ReadonlySet<ReportKind> = new Set<ReportKind>([
  'accounting',
  'matching',
  'integrity',
  'ropa',
  'dpia',
])
