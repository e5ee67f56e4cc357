import type { SubjectFile } from '../../../log/verify/index.ts'
import { factsOf, type ReportFacts } from '../evidence/report-facts.ts'
import type { ReportContent, ReportSection } from '../report-content.ts'
import type { ReportFile } from '../report-file.ts'
import { ReportFault } from '../report-fault.ts'
import { reportLaws } from '../report-kind.ts'
import { access } from './access.ts'
import { accounting } from './accounting.ts'
import { breachScope } from './breach-scope.ts'
import { dpia } from './dpia.ts'
import { fanOut } from './fan-out.ts'
import { integrity } from './integrity.ts'
import { matching } from './matching.ts'
import { indirectNotice } from './notice.ts'
import { ropa } from './ropa.ts'
import { sourceSection } from './source-section.ts'

/** A report about a person is made of that person's chain. */
function ofPerson(
  facts: ReportFacts,
  compose: (facts: ReportFacts, file: SubjectFile) => readonly ReportSection[],
): readonly ReportSection[] {
  const { person } = facts.evidence
  if (person === null) throw new ReportFault('DOCUMENT_WRONG', 'the person is missing')
  return compose(facts, person)
}

function sectionsOf(facts: ReportFacts): readonly ReportSection[] {
  switch (facts.report) {
    case 'accounting':
      return accounting(facts)
    case 'matching':
      return matching(facts)
    case 'integrity':
      return integrity(facts)
    case 'ropa':
      return ropa(facts)
    case 'access':
      return ofPerson(facts, access)
    case 'notice':
      return indirectNotice(facts)
    case 'fan-out':
      return ofPerson(facts, fanOut)
    case 'dpia':
      return dpia(facts)
    case 'breach-scope':
      return breachScope(facts)
  }
}

/**
 * What a report says, from its evidence alone: the same for everybody who computes it. Whether the
 * evidence is proven is not looked at.
 *
 * @throws {@link ReportFault} `DOCUMENT_WRONG` for evidence that cannot be read
 */
export function composeReport(file: Omit<ReportFile, 'content'>): ReportContent {
  const facts = factsOf(file)
  const sections = [...sectionsOf(facts), sourceSection(facts)]
  return { laws: reportLaws[file.report], sections }
}
