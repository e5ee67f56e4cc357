import { isAboutPersons } from '../about-persons.ts'
import type { Agreement } from '../agreement.ts'
import { isProtected, needsConsent } from '../data-element.ts'
import type { DataElement } from '../data-element.ts'
import type { LintFinding } from './lint-agreement.ts'

/** More elements than this, and one agreement begins to describe a person. */
const manyElements = 6

/** What is asked, and whether less would do. */
export function minimisationFindings(agreement: Agreement): readonly LintFinding[] {
  if (!isAboutPersons(agreement)) return []
  const { dataElements } = agreement
  return [
    ...dataElements.flatMap((element, index) => elementFindings(element, `dataElements.${index}`)),
    ...(dataElements.length > manyElements ? [tooMany(dataElements.length)] : []),
    ...twoThresholds(dataElements),
  ]
}

function elementFindings(element: DataElement, path: string): readonly LintFinding[] {
  const findings: LintFinding[] = []
  if (element.answerType === 'attribute') {
    findings.push({
      code: 'LINT_MINIMISATION',
      severity: 'warning',
      law: 'GDPR 5(1)(c), 25(2)',
      path,
      message: `${element.name} gives the value away where a yes or no may be enough`,
      advice:
        'Ask a predicate, such as "below 24000"; keep the value only if the decision needs it.',
    })
  }
  if (needsConsent(element) && isProtected(element.category)) {
    findings.push({
      code: 'LINT_CONSENT',
      severity: 'advice',
      law: 'GDPR 9(2)(a), 10; 7(3)',
      path,
      message: `${element.name} is ${element.category}: every single question needs the person's own consent`,
      advice: 'See that people can refuse without losing what they applied for, or leave it out.',
    })
  }
  return findings
}

function tooMany(count: number): LintFinding {
  return {
    code: 'LINT_MINIMISATION',
    severity: 'advice',
    law: 'GDPR 5(1)(c); 5 U.S.C. 552a(e)(1)',
    path: 'dataElements',
    message: `${count} elements together describe a person`,
    advice:
      'Divide them among agreements of one purpose each, or leave out what no decision needs.',
  }
}

function twoThresholds(elements: readonly DataElement[]): readonly LintFinding[] {
  const seen = new Map<string, number>()
  for (const { register, source, predicate } of elements) {
    if (predicate === null || predicate.op === 'equals-supplied') continue
    const key = `${register}.${source}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  return [...seen]
    .filter(([, count]) => count > 1)
    .map(([source]) => ({
      code: 'LINT_MINIMISATION',
      severity: 'advice',
      law: 'GDPR 5(1)(c)',
      path: 'dataElements',
      message: `two thresholds on ${source} tell a range, which is more than a yes or no`,
      advice: 'Keep the one threshold that the decision turns on.',
    }))
}
