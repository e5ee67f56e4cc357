import type { Agreement } from '../agreement.ts'
import { basisFindings } from './basis-findings.ts'
import type { LintFinding } from './lint-finding.ts'
import { minimisationFindings } from './minimisation-findings.ts'
import { personFindings } from './person-findings.ts'
import { termFindings } from './term-findings.ts'

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
