export { nearestKey } from './nearest-key.ts'
export { purposeOf, purposes } from './purpose.ts'
export type { AgreementKind, Purpose, PurposeIri } from './purpose.ts'
export { isSpecialCategoryBasis, isUnitedStatesBasis, legalBases } from './legal-basis.ts'
export type { LegalBasis } from './legal-basis.ts'
export {
  comparesLocating,
  coversCategory,
  dataElementSchema,
  effectiveCategory,
  elementCategories,
  isProtected,
  needsConsent,
} from './data-element.ts'
export type { DataElement, ElementCategory, Predicate } from './data-element.ts'
export {
  capExceeded,
  capWindows,
  ceilingExceeded,
  defaultCaps,
  hourOf,
  subjectCeiling30Days,
  subjectCeilingYear,
  thresholdCeiling,
} from './caps.ts'
export type {
  CapName,
  Caps,
  CapUse,
  CeilingName,
  CeilingUse,
  CountedCeilings,
  CountedUse,
} from './caps.ts'
export { capScope } from './cap-scope.ts'
export { boundScope, mostBounds, thresholdBound } from './threshold-bound.ts'
export type {
  Agreement,
  AgreementHead,
  AgreementReference,
  AgreementSignature,
  CaseRule,
  ConsentIssuer,
  EmergencyAgreement,
  JoinAgreement,
  Notice,
  PersonAgreement,
  PopulationAgreement,
  Precondition,
  Presence,
  TableAgreement,
} from './agreement.ts'
export { AgreementError } from './agreement-error.ts'
export type { AgreementErrorCode } from './agreement-error.ts'
export type { AgreementProblem, ProblemSentence } from './agreement-problem.ts'
export { problemSentences } from './problem-sentences.ts'
export { agreementSchema } from './agreement-schema.ts'
export { agreementProblems } from './agreement-problems.ts'
export { compileAgreement, parseAgreement } from './parse-agreement.ts'
export {
  agreementBody,
  agreementDigest,
  checkAgreementSignatures,
  signAgreement,
  isCountersigned,
  isSignatureGood,
  needsInspector,
} from './agreement-signature.ts'
export type {
  AgreementSignatureCheck,
  AgreementSigner,
  AgreementVerifiers,
  InspectorVerifiers,
} from './agreement-signature.ts'
export {
  defaultLock,
  defaultLockMs,
  reviewDueMs,
  reviewOpensMs,
  shortestLockMs,
  standingOf,
  unitedStatesLockMs,
} from './agreement-standing.ts'
export type {
  AgreementActKind,
  AgreementFact,
  AgreementStanding,
  AgreementState,
  LogMoment,
  TimeLock,
} from './agreement-standing.ts'
export { standingInLine } from './line/standing-in-line.ts'
export type { LineTerms, LoggedAgreement } from './line/standing-in-line.ts'
export { agreementsOfLine } from './line/agreements-of-line.ts'
export {
  actBytes,
  actDigest,
  ActError,
  agreementActs,
  isActSigned,
  parseAct,
  signAct,
} from './act/agreement-act.ts'
export type { AgreementAct, AgreementActName, UnsignedAct } from './act/agreement-act.ts'
export { liftsOf } from './act/lifts.ts'
export { actKinds, judgeAct, standingSuspensions } from './act/judge-act.ts'
export type { ActGround, ActRefusal, ActVerdict } from './act/judge-act.ts'
export { registerProblems } from './register-problems.ts'
export type { DescribedElement, DescribedRegister } from './register-problems.ts'
export { evaluateElement } from './evaluate-element.ts'
export type { EvaluationTerms, HeldRow, HeldValue } from './evaluate-element.ts'
export { chargesCap, decisionCodes, entryOf } from './decision/decision-code.ts'
export type { DecisionCode } from './decision/decision-code.ts'
export { decisionRequest } from './decision/decision-request.ts'
export type { AskedQuestion, DecisionRequest } from './decision/decision-request.ts'
export type { DecisionFacts } from './decision/decision-facts.ts'
export { decide } from './decision/decide.ts'
export type { Decision, Denial, Permit } from './decision/decide.ts'
export { noticeUnder } from './decision/notice.ts'
export type { NoticeTime } from './decision/notice.ts'
export { longestSecrecyMonths } from './agreement-problems.ts'
export { addMonths } from './calendar.ts'
export { dayBegin, dayText, minuteText } from './calendar-day.ts'
export { isAboutPersons } from './about-persons.ts'
export type { AboutPersons } from './about-persons.ts'
export { readDraft } from './draft/read-draft.ts'
export type { DraftReading } from './draft/read-draft.ts'
export { writeDraft } from './draft/write-draft.ts'
export type { DraftStart } from './draft/write-draft.ts'
export { adviceOf } from './draft/draft-problem.ts'
export type { DraftProblem, DraftProblemCode } from './draft/draft-problem.ts'
export { draftPath } from './draft/draft-path.ts'
export { simulateAgreement } from './simulate/simulate-agreement.ts'
export type { PastQuestion, Simulation } from './simulate/simulate-agreement.ts'
export { agreementChanges, isNarrower } from './change/agreement-changes.ts'
export type { Narrowing } from './change/agreement-changes.ts'
export type { AgreementChange, ChangeSentence } from './change/agreement-change.ts'
export { changeSentences } from './change/change-sentences.ts'
export { describeAgreement, signedText, termText } from './describe/describe-agreement.ts'
export type { AgreementLine } from './describe/describe-agreement.ts'
export { lintAgreement } from './lint/lint-agreement.ts'
export { lintCodes } from './lint/lint-finding.ts'
export type { LintCode, LintFinding, LintSentence } from './lint/lint-finding.ts'
export { lintSentences } from './lint/lint-sentences.ts'
