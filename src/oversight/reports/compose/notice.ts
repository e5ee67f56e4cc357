import { isAboutPersons } from '../../../agreement/index.ts'
import type { FoundAgreement, ReportFacts } from '../evidence/report-facts.ts'
import { fact, factsSection, type ReportSection, termValue, textValue } from '../report-content.ts'
import {
  agreementName,
  chosenAgreements,
  elementsValue,
  lawValue,
  noticeValue,
  organisationValue,
  retentionValue,
  standingFacts,
} from './agreement-facts.ts'

/** What people are told when their data comes from another body. */
function notice(found: FoundAgreement, facts: ReportFacts): ReportSection {
  const { agreement } = found
  return factsSection(
    'indirect-collection',
    [
      fact('controller', organisationValue(facts, agreement.consumer), 'GDPR 14(1)(a)'),
      fact('purpose', termValue('purpose', agreement.purpose), 'GDPR 14(1)(c)'),
      fact('legal-basis', lawValue(agreement), 'GDPR 14(1)(c)'),
      fact('elements', elementsValue(agreement), 'GDPR 14(1)(d)'),
      fact('redisclosure', termValue('sentence', 'no-redisclosure'), 'GDPR 14(1)(e)'),
      fact('retention', retentionValue(agreement), 'GDPR 14(2)(a)'),
      fact('rights', termValue('sentence', 'rights'), 'GDPR 14(2)(c)'),
      fact('complaint', termValue('sentence', 'complaint'), 'GDPR 14(2)(e)'),
      fact('source', organisationValue(facts, agreement.provider), 'GDPR 14(2)(f)'),
      fact('automated', termValue('sentence', 'automated'), 'GDPR 14(2)(g)'),
      fact('individual-notice', noticeValue(agreement), 'GDPR 14(3)'),
      fact('agreement', textValue(agreementName(agreement))),
      ...standingFacts(found),
    ],
    agreementName(agreement),
  )
}

/** Notices about data obtained from another body (GDPR 14), one for each agreement about persons. */
export function indirectNotice(facts: ReportFacts): readonly ReportSection[] {
  return chosenAgreements(facts)
    .filter(({ agreement }) => isAboutPersons(agreement))
    .map((found) => notice(found, facts))
}
