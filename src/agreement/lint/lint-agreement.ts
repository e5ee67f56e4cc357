import type { Agreement } from '../agreement.ts'
import { basisFindings } from './basis-findings.ts'
import { minimisationFindings } from './minimisation-findings.ts'
import { personFindings } from './person-findings.ts'
import { termFindings } from './term-findings.ts'

/** What a lint rule has to say. A rule that an agreement breaks is no finding: it does not compile. */
export interface LintFinding {
  /** Stable; see docs/reference/agreement-draft.md. */
  readonly code: LintCode
  /** `warning`: likely unlawful or unwise as it stands. `advice`: lawful, and could be better. */
  readonly severity: 'warning' | 'advice'
  /** The provisions that the finding rests on. */
  readonly law: string
  /** Member of the agreement, joined by dots. */
  readonly path: string
  readonly message: string
  /** What to do. */
  readonly advice: string
}

/** Codes of findings, each in `docs/reference/agreement-draft.md`. */
export const lintCodes = [
  'LINT_NECESSITY',
  'LINT_MINIMISATION',
  'LINT_CONSENT',
  'LINT_LEGAL_BASIS',
  'LINT_LEGAL_REFERENCE',
  'LINT_CONTEST',
  'LINT_RETENTION',
  'LINT_NOTICE',
  'LINT_PRESENCE',
  'LINT_VERIFICATION',
  'LINT_IMPACT_ASSESSMENT',
  'LINT_CAPS',
  'LINT_TERM',
] as const

/** Code of a finding. */
export type LintCode = (typeof lintCodes)[number]

/**
 * What a data protection officer should look at before signing, in the law's own terms: necessity,
 * minimisation, consent, basis, contest window, retention, notice, term (GDPR; 5 U.S.C. 552a). In the order
 * of the document. `nowMs` tells a term that cannot be met any more.
 */
export function lintAgreement(agreement: Agreement, nowMs: number): readonly LintFinding[] {
  return [
    ...basisFindings(agreement),
    ...minimisationFindings(agreement),
    ...personFindings(agreement),
    ...termFindings(agreement, nowMs),
  ]
}
