import type { Agreement, EmergencyAgreement, PersonAgreement, TableAgreement } from './agreement.ts'
import { type AgreementProblem, problem } from './agreement-problem.ts'
import { addMonths } from './calendar.ts'
import { defaultCaps, thresholdCeiling } from './caps.ts'
import { isProtected, needsConsent } from './data-element.ts'
import type { DataElement } from './data-element.ts'
import { joinProblems } from './join-problems.ts'
import { isSpecialCategoryBasis } from './legal-basis.ts'
import { purposeOf } from './purpose.ts'

/** Calendar months that an agreement may run (5 U.S.C. 552a(o)(2)(C)). */
export const longestTermMonths = 18
/** Calendar months that one order may withhold a notice. */
export const longestSecrecyMonths = 12
/** Days to contest that control of a benefit must leave (5 U.S.C. 552a(p)(3)). */
export const benefitControlContestDays = 30
/** Most emergency questions of one official in 30 days. */
export const emergencyOfficialCeiling = 10
/** Most emergency questions under one agreement in 30 days. */
export const emergencyAgreementCeiling = 50
/** Most that one population question may spend, in millionths of epsilon. */
export const questionBudgetCeiling = 500_000

/** What is wrong with a well-formed agreement, by the rules that its fields keep together; empty if nothing. */
export function agreementProblems(agreement: Agreement): readonly AgreementProblem[] {
  return [
    ...partyProblems(agreement),
    ...termProblems(agreement),
    ...purposeProblems(agreement),
    ...agreement.dataElements.flatMap((element, index) => elementProblems(element, index)),
    ...elementListProblems(agreement.dataElements),
    ...kindProblems(agreement),
  ]
}

function kindProblems(agreement: Agreement): readonly AgreementProblem[] {
  switch (agreement.kind) {
    case 'person':
      return [
        ...consentProblems(agreement),
        ...capProblems(agreement),
        ...noticeProblems(agreement),
        ...contestProblems(agreement),
      ]
    case 'emergency':
      return [...consentProblems(agreement), ...emergencyProblems(agreement)]
    case 'population':
      return tableProblems(agreement)
    case 'join':
      return [...tableProblems(agreement), ...joinProblems(agreement)]
  }
}

function when(broken: boolean, ...found: readonly AgreementProblem[]): readonly AgreementProblem[] {
  return broken ? found : []
}

function partyProblems({ provider, consumer, signatures }: Agreement): readonly AgreementProblem[] {
  const signers = signatures.map(({ organisation }) => organisation)
  const outsiders = signatures.filter(
    ({ organisation, role }) =>
      (role === 'dpo') !== (organisation === provider || organisation === consumer),
  )
  return [
    ...when(
      provider.valueOf() === consumer.valueOf(),
      problem('RULE_PARTIES', 'consumer', 'problemSays.one-organisation', {}),
    ),
    ...when(
      new Set(signers).size < signers.length,
      problem('RULE_PARTIES', 'signatures', 'problemSays.signs-twice', {}),
    ),
    ...when(
      outsiders.length > 0,
      problem('RULE_PARTIES', 'signatures', 'problemSays.outsider', {}),
    ),
  ]
}

function termProblems({ notBeforeMs, notAfterMs }: Agreement): readonly AgreementProblem[] {
  return [
    ...when(
      notAfterMs <= notBeforeMs,
      problem('RULE_TERM', 'notAfterMs', 'problemSays.backwards', {}),
    ),
    ...when(
      notAfterMs > addMonths(notBeforeMs, longestTermMonths),
      problem('RULE_TERM', 'notAfterMs', 'problemSays.too-long', { months: longestTermMonths }),
    ),
  ]
}

function purposeProblems({ purpose, kind }: Agreement): readonly AgreementProblem[] {
  const allowed = purposeOf(purpose)?.kinds.includes(kind) === true
  return when(!allowed, problem('PURPOSE_UNKNOWN', 'purpose', 'problemSays.purpose-kind', { kind }))
}

function elementProblems(element: DataElement, index: number): readonly AgreementProblem[] {
  const path = `dataElements.${index}.predicate`
  const { predicate } = element
  const list = predicate?.op === 'in' ? predicate.threshold : []
  return [
    ...when(
      (element.answerType === 'predicate') !== (predicate !== null),
      problem('RULE_ELEMENT', path, 'problemSays.predicate', {}),
    ),
    ...when(
      new Set<number | string>(list).size < list.length,
      problem('RULE_ELEMENT', path, 'problemSays.value-twice', {}),
    ),
  ]
}

/** Names are unique, and no element is put to more than two thresholds: more would bisect its value. */
function elementListProblems(elements: readonly DataElement[]): readonly AgreementProblem[] {
  const names = new Set(elements.map(({ name }) => name))
  const thresholds = new Map<string, Set<string>>()
  for (const { register, source, predicate } of elements) {
    if (predicate === null || predicate.op === 'equals-supplied') continue
    const key = `${register}.${source}`
    const known = thresholds.get(key) ?? new Set<string>()
    thresholds.set(key, known.add(JSON.stringify(predicate.threshold)))
  }
  const bisected = [...thresholds].filter(([, known]) => known.size > thresholdCeiling)
  return [
    ...when(
      names.size < elements.length,
      problem('RULE_ELEMENT', 'dataElements', 'problemSays.name-twice', {}),
    ),
    ...bisected.map(([source]) =>
      problem('RULE_ELEMENT', 'dataElements', 'problemSays.thresholds', {
        source,
        most: thresholdCeiling,
      }),
    ),
  ]
}

/** Protected and locating elements, and the issuers whose consent alone opens them. */
function consentProblems(
  agreement: PersonAgreement | EmergencyAgreement,
): readonly AgreementProblem[] {
  const { consentIssuers, consumer, legalBasis, dataElements } = agreement
  const caseKey = agreement.kind === 'person' ? agreement.caseRule.issuer.publicKey : undefined
  const dependent = consentIssuers.filter(
    ({ organisation, publicKey }) => organisation === consumer || publicKey === caseKey,
  )
  const european = legalBasis.some((basis) => basis.startsWith('eu-gdpr:'))
  const exception = legalBasis.some((basis) => isSpecialCategoryBasis(basis))
  const unguarded = consentIssuers.length === 0
  return [
    ...when(
      dependent.length > 0,
      problem('RULE_CONSENT_ISSUER', 'consentIssuers', 'problemSays.dependent-issuer', {}),
    ),
    ...dataElements.flatMap((element, index) => [
      ...when(unguarded && needsConsent(element), unguardedElement(element, index)),
      ...when(
        european && !exception && element.category === 'special',
        problem('RULE_PROTECTED', `dataElements.${index}`, 'problemSays.special-basis', {}),
      ),
    ]),
  ]
}

function unguardedElement(element: DataElement, index: number): AgreementProblem {
  const path = `dataElements.${index}`
  return isProtected(element.category)
    ? problem('RULE_PROTECTED', path, 'problemSays.protected', {})
    : problem('RULE_LOCATING', path, 'problemSays.locating', {})
}

function capProblems({ caps, approximateNumber }: PersonAgreement): readonly AgreementProblem[] {
  const ceilings = [
    ['perOfficialPerDay', defaultCaps.perOfficialPerDay],
    ['subjectsPerCase', defaultCaps.subjectsPerCase],
    ['distinctSubjectsPer30Days', approximateNumber],
    ['perSubjectPer30Days', defaultCaps.perOfficialPerDay],
  ] as const
  return ceilings.flatMap(([name, most]) =>
    when(caps[name] > most, problem('RULE_CAPS', `caps.${name}`, 'problemSays.ceiling', { most })),
  )
}

function noticeProblems(agreement: PersonAgreement): readonly AgreementProblem[] {
  const { notice, notBeforeMs, notAfterMs } = agreement
  if (notice.kind === 'immediate') return []
  const latest = Math.min(addMonths(notBeforeMs, longestSecrecyMonths), notAfterMs)
  const months = longestSecrecyMonths
  return [
    ...when(
      notice.untilMs <= notBeforeMs || notice.untilMs > latest,
      problem('RULE_NOTICE', 'notice.untilMs', 'problemSays.notice-term', { months }),
    ),
    ...when(
      !isApart(notice.authority, agreement),
      problem('RULE_NOTICE', 'notice.authority', 'problemSays.authority', {}),
    ),
  ]
}

/** Whether the authority is nobody who takes part in the agreement otherwise. */
function isApart(
  { name, publicKey }: { readonly name: string; readonly publicKey: string },
  { provider, consumer, caseRule, consentIssuers }: PersonAgreement,
): boolean {
  const keys = [caseRule.issuer, ...consentIssuers].map((one) => one.publicKey)
  const parties: readonly string[] = [provider, consumer]
  return !keys.includes(publicKey) && !parties.includes(name.toLowerCase())
}

function contestProblems({ purpose, contest }: PersonAgreement): readonly AgreementProblem[] {
  const controls = purpose === 'https://cloison.eu/purpose/benefit-control'
  const days = benefitControlContestDays
  return when(
    controls && contest.days < days,
    problem('RULE_CONTEST', 'contest.days', 'problemSays.contest', { days }),
  )
}

function emergencyProblems({ caps }: EmergencyAgreement): readonly AgreementProblem[] {
  return [
    ...when(
      caps.perOfficialPer30Days > emergencyOfficialCeiling,
      problem('RULE_CAPS', 'caps.perOfficialPer30Days', 'problemSays.ceiling', {
        most: emergencyOfficialCeiling,
      }),
    ),
    ...when(
      caps.perAgreementPer30Days > emergencyAgreementCeiling,
      problem('RULE_CAPS', 'caps.perAgreementPer30Days', 'problemSays.ceiling', {
        most: emergencyAgreementCeiling,
      }),
    ),
  ]
}

function tableProblems(agreement: TableAgreement): readonly AgreementProblem[] {
  const { perQuestionMicroEpsilon, perYearMicroEpsilon } = agreement.privacyBudget
  const most = Math.min(questionBudgetCeiling, perYearMicroEpsilon)
  return [
    ...when(
      perQuestionMicroEpsilon > most,
      problem('RULE_BUDGET', 'privacyBudget.perQuestionMicroEpsilon', 'problemSays.ceiling', {
        most,
      }),
    ),
    ...agreement.dataElements.flatMap((element, index) =>
      when(
        element.answerType === 'predicate' || element.category === 'locating',
        problem('RULE_ELEMENT', `dataElements.${index}`, 'problemSays.table-element', {}),
      ),
    ),
  ]
}
