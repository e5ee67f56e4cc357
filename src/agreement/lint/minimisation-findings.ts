import { isAboutPersons } from '../about-persons.ts'
import type { Agreement } from '../agreement.ts'
import { isProtected, needsConsent } from '../data-element.ts'
import type { DataElement } from '../data-element.ts'
import { finding, type LintFinding } from './lint-finding.ts'

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
  const { name, category, answerType } = element
  const findings: LintFinding[] = []
  if (answerType === 'attribute')
    findings.push(finding('value', { severity: 'warning', path }, { element: name }))
  if (needsConsent(element) && isProtected(category))
    findings.push(finding('protected', { severity: 'advice', path }, { element: name, category }))
  return findings
}

function tooMany(count: number): LintFinding {
  return finding('many', { severity: 'advice', path: 'dataElements' }, { count })
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
    .map(([source]) => finding('range', { severity: 'advice', path: 'dataElements' }, { source }))
}
