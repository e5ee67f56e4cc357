import type { Agreement } from '../agreement.ts'
import { isUnitedStatesBasis } from '../legal-basis.ts'
import { finding, type LintFinding } from './lint-finding.ts'

const shortestReason = 60

/** Legal basis, cited law, and the reasons given for them. */
export function basisFindings(agreement: Agreement): readonly LintFinding[] {
  return [
    ...legitimateInterest(agreement),
    ...publicTask(agreement),
    ...consentAsBasis(agreement),
    ...matchingProgram(agreement),
    ...reasons(agreement),
  ]
}

function legitimateInterest({ legalBasis }: Agreement): readonly LintFinding[] {
  if (!legalBasis.includes('eu-gdpr:A6-1-f')) return []
  return [finding('interest', { severity: 'warning', path: 'legalBasis' }, {})]
}

function publicTask({ legalBasis, legalReference }: Agreement): readonly LintFinding[] {
  const needsLaw = legalBasis.some((one) => one === 'eu-gdpr:A6-1-c' || one === 'eu-gdpr:A6-1-e')
  const others = legalReference.filter(
    (one) => one !== 'celex:32016R0679' && !one.includes('/eli/reg/2016/679'),
  )
  if (!needsLaw || others.length > 0) return []
  return [finding('law', { severity: 'warning', path: 'legalReference' }, {})]
}

function consentAsBasis({ legalBasis }: Agreement): readonly LintFinding[] {
  if (!legalBasis.includes('eu-gdpr:A6-1-a')) return []
  return [finding('consent-basis', { severity: 'warning', path: 'legalBasis' }, {})]
}

function matchingProgram({ legalBasis, expectedResults }: Agreement): readonly LintFinding[] {
  const american = legalBasis.some((one) => isUnitedStatesBasis(one))
  if (!american || /\d/.test(expectedResults)) return []
  return [finding('no-figure', { severity: 'warning', path: 'expectedResults' }, {})]
}

function reasons({
  justification,
  verificationProcedure,
  dpiaReference,
}: Agreement): readonly LintFinding[] {
  const findings: LintFinding[] = []
  if (justification.length < shortestReason)
    findings.push(finding('reason', { severity: 'warning', path: 'justification' }, {}))
  if (verificationProcedure.length < shortestReason)
    findings.push(
      finding('verification', { severity: 'advice', path: 'verificationProcedure' }, {}),
    )
  if (!/\d/.test(dpiaReference))
    findings.push(finding('assessment', { severity: 'advice', path: 'dpiaReference' }, {}))
  return findings
}
