import type { AboutPersons } from '../about-persons.ts'
import { comparesLocating } from '../data-element.ts'
import { capExceeded, ceilingExceeded, emergencyCapExceeded } from '../caps.ts'
import type { CapName } from '../caps.ts'
import { askedElements } from './question.ts'
import type { AgreementQuestion } from './question.ts'

/** The first cap or ceiling that the question passes. A redelivery was counted when it was new. */
export function capPassed(question: AgreementQuestion<AboutPersons>): CapName | undefined {
  const { facts, agreement } = question
  if (facts.exchange === 'redelivery') return undefined
  const passed =
    agreement.kind === 'emergency'
      ? emergencyCapExceeded(agreement.caps, facts.capUse)
      : capExceeded(agreement.caps, facts.capUse)
  if (passed !== undefined) return passed
  if (isLocatingTrySpent(question)) return 'locatingTriesPerCase'
  const { approximateNumber } = agreement
  const { countersigned } = facts
  return ceilingExceeded(facts.ceilingUse, { approximateNumber, countersigned })
}

/** Whether a locating element was compared in this case before. */
function isLocatingTrySpent(question: AgreementQuestion<AboutPersons>): boolean {
  return (
    question.facts.capUse.caseLocatingTries > 0 &&
    askedElements(question).some((element) => comparesLocating(element))
  )
}
