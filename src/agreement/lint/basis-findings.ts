import type { Agreement } from '../agreement.ts'
import { isUnitedStatesBasis } from '../legal-basis.ts'
import type { LintFinding } from './lint-agreement.ts'

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
  return [
    {
      code: 'LINT_LEGAL_BASIS',
      severity: 'warning',
      law: 'GDPR 6(1), second subparagraph',
      path: 'legalBasis',
      message: 'legitimate interest is no basis for public authorities in their tasks',
      advice:
        'Cite the public task (eu-gdpr:A6-1-e) or legal obligation (eu-gdpr:A6-1-c) and its law.',
    },
  ]
}

function publicTask({ legalBasis, legalReference }: Agreement): readonly LintFinding[] {
  const needsLaw = legalBasis.some((one) => one === 'eu-gdpr:A6-1-c' || one === 'eu-gdpr:A6-1-e')
  const others = legalReference.filter(
    (one) => one !== 'celex:32016R0679' && !one.includes('/eli/reg/2016/679'),
  )
  if (!needsLaw || others.length > 0) return []
  return [
    {
      code: 'LINT_LEGAL_REFERENCE',
      severity: 'warning',
      law: 'GDPR 6(3)',
      path: 'legalReference',
      message: 'only the GDPR itself is cited; a public task or obligation rests on another law',
      advice: 'Add the ELI or CELEX reference of the law that lays the task down.',
    },
  ]
}

function consentAsBasis({ legalBasis }: Agreement): readonly LintFinding[] {
  if (!legalBasis.includes('eu-gdpr:A6-1-a')) return []
  return [
    {
      code: 'LINT_CONSENT',
      severity: 'warning',
      law: 'GDPR 7(4) and recital 43',
      path: 'legalBasis',
      message: 'consent to a public authority is rarely freely given',
      advice: 'Rest the agreement on a law, and keep consent as the safeguard of single elements.',
    },
  ]
}

function matchingProgram({ legalBasis, expectedResults }: Agreement): readonly LintFinding[] {
  const american = legalBasis.some((one) => isUnitedStatesBasis(one))
  if (!american || /\d/.test(expectedResults)) return []
  return [
    {
      code: 'LINT_NECESSITY',
      severity: 'warning',
      law: '5 U.S.C. 552a(o)(1)(B)',
      path: 'expectedResults',
      message: 'the anticipated results have no figure, and savings must be estimated',
      advice: 'Say how many cases or how much money is expected, and why.',
    },
  ]
}

function reasons({
  justification,
  verificationProcedure,
  dpiaReference,
}: Agreement): readonly LintFinding[] {
  const findings: LintFinding[] = []
  if (justification.length < shortestReason) {
    findings.push({
      code: 'LINT_NECESSITY',
      severity: 'warning',
      law: 'GDPR 5(1)(c), 5(2); 5 U.S.C. 552a(o)(1)(A), (B)',
      path: 'justification',
      message:
        'the justification does not say why the purpose cannot be reached without the question',
      advice:
        'Say what is decided, why the answer is needed for it, and why the person cannot simply show it.',
    })
  }
  if (verificationProcedure.length < shortestReason) {
    findings.push({
      code: 'LINT_VERIFICATION',
      severity: 'advice',
      law: 'GDPR 22(3); 5 U.S.C. 552a(o)(1)(E), (p)(1)',
      path: 'verificationProcedure',
      message: 'the verification says little about how a wrong answer is found',
      advice:
        'Say who compares the answer with what, and that the person is heard before it counts.',
    })
  }
  if (!/\d/.test(dpiaReference)) {
    findings.push({
      code: 'LINT_IMPACT_ASSESSMENT',
      severity: 'advice',
      law: 'GDPR 35(1), 35(7)',
      path: 'dpiaReference',
      message: 'the reference names no number or date, so nobody can find the assessment',
      advice: 'Cite the assessment by its number or date, and the section.',
    })
  }
  return findings
}
