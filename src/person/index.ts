export type {
  DrawCommitted,
  DrawIntent,
  DrawReader,
  DrawRow,
  DrawTransaction,
} from './audit-draw/index.ts'
export { lockOf, publicationOf, standingNow } from './agreement-standing-now.ts'
export type { StandingDeps, StandingReader } from './agreement-standing-now.ts'
export { askQuestion } from './ask-question.ts'
export type { AskRequest } from './ask-question.ts'
export { obtainConsent } from './obtain-consent.ts'
export type { ConsentStanding, ConsentWish, KnownConsentIssuer } from './obtain-consent.ts'
export { askOutcomeSchema } from './ask-outcome.ts'
export type { AskOutcome, AskReceipt } from './ask-outcome.ts'
export { checkAnswer } from './check-answer.ts'
export type { AnswerCheck, AnswerFault, ExpectedExchange } from './check-answer.ts'
export type {
  CaseClaim,
  CaseGrant,
  CaseSource,
  ConsumerDeps,
  KnownProvider,
} from './consumer-deps.ts'
export type {
  ChainEnd,
  ChainHead,
  ChainName,
  ChainReader,
  ChainRow,
  ChainTransaction,
  EpochRow,
} from './chain-store.ts'
export {
  defaultRetention,
  erasedBodySchema,
  erasureKinds,
  erasureNotice,
  erasureReasons,
  leastAccountingYears,
  mostErased,
  planErasure,
} from './erasure/index.ts'
export type {
  ErasedBody,
  EraseCommitted,
  EraseIntent,
  ErasureDeps,
  ErasureNotice,
  ErasureReason,
  ErasureRefusal,
  ErasureSelection,
  KeysCommitted,
  KeysIntent,
  PlannedErasure,
  RetentionRule,
} from './erasure/index.ts'
export type {
  EntryRange,
  ErasedExchange,
  ErasureReader,
  ErasureRow,
  ErasureTransaction,
  ReconciliationRow,
} from './erasure-store.ts'
export type { DirectoryReader, DirectoryRow, DirectoryTransaction } from './directory-store.ts'
export type {
  AgreementDocument,
  AgreementEvent,
  AgreementReader,
  AgreementTransaction,
  WitnessedHead,
} from './agreement-store.ts'
export { mostAsksRead } from './exchange-store.ts'
export type {
  AskRow,
  CapAxes,
  ExchangeReader,
  ExchangeTransaction,
  KeptAnswer,
  NonceUse,
  PeerHead,
  StoredExchange,
} from './exchange-store.ts'
export { caseHandle, officialPseudonym } from './handles.ts'
export { denialEntriesPerDay, keptForMs } from './person-commit-deps.ts'
export type { PersonCommitDeps } from './person-commit-deps.ts'
export { PersonError } from './person-error.ts'
export type { PersonErrorCode } from './person-error.ts'
export { preparePerson } from './prepare-person.ts'
export type {
  KnownConsumer,
  ProviderDeps,
  ProviderRegister,
  ReadCaseToken,
  ReadTogether,
} from './provider-deps.ts'
export {
  IdentityError,
  identityKinds,
  mostOpenings,
  openIdentity,
  openingsWithinMs,
  openShare,
  readIdentityRequest,
  readIdentityShare,
  requestJson,
  sealedIdentitySchema,
  sealIdentity,
} from './identity/index.ts'
export type {
  HolderDeps,
  IdentityCommitted,
  IdentityErrorCode,
  IdentityIntent,
  IdentityReader,
  IdentityRefusal,
  IdentityRequest,
  IdentitySealing,
  IdentityShare,
  IdentityTransaction,
  SealedIdentity,
  SealIdentityDeps,
  SealingHolder,
  SealingHolders,
  ShownEntry,
} from './identity/index.ts'
export {
  mostEmergenciesRead,
  readSecrecyOrder,
  reviewWithinMs,
  safeguardKinds,
  suspends,
} from './safeguards/index.ts'
export type {
  EmergencyCounts,
  EmergencyFinding,
  EmergencyRow,
  NewOrder,
  OrderRefusal,
  ReadOrderDeps,
  RestrictionRow,
  SafeguardAct,
  SafeguardAxes,
  SafeguardCommitted,
  SafeguardIntent,
  SafeguardReader,
  SafeguardRefusal,
  Safeguards,
  SafeguardTransaction,
  SecrecyRow,
} from './safeguards/index.ts'
export {
  CorrectionCourier,
  correctionBytes,
  correctionPath,
  receiveCorrection,
  toldDigest,
} from './corrections/index.ts'
export type {
  CorrectionCommitted,
  CorrectionCourierDeps,
  CorrectionIntent,
  CorrectionPeer,
  CorrectionReceiverDeps,
} from './corrections/index.ts'
export {
  extendedDueMs,
  longestRequestText,
  mostRequests,
  mostRequestsRead,
  refusalLaws,
  requestAboutSchema,
  requestDigest,
  requestDueMs,
  requestElementsSchema,
  personRequestJson,
  requestEntryKinds,
  requestKinds,
  requestLaws,
  requestsOfPerson,
  requestTextSchema,
  showRequest,
  stepSchemas,
} from './requests/index.ts'
export type {
  CorrectionNoticeRow,
  CorrectionRow,
  DecidedText,
  ExtendedText,
  FiledText,
  NoticeState,
  RequestAct,
  RequestCommitDeps,
  RequestCommitted,
  RequestIntent,
  RequestKind,
  RequestOutcome,
  RequestReader,
  RequestRefusal,
  RequestRow,
  RequestState,
  RequestStep,
  RequestStepRow,
  RequestTransaction,
  ShownRequest,
  ShownStep,
  ShowRequestDeps,
} from './requests/index.ts'
export { addChainedEntry } from './subject-chain.ts'
export type { UnchainedRecord } from './subject-chain.ts'
export { subjectHandles } from './subject-handles.ts'
export type { SubjectHandles } from './subject-handles.ts'
export type { KnownAgreement } from './question-facts.ts'
export { outcomeOfRow } from './outcome-of-row.ts'
export { resumeQuestion, resumeQuestions } from './resume-question.ts'
export { peerFollower } from './follow-peers.ts'
export type { PeerFollower } from './follow-peers.ts'
export { newestPeerHead } from './newest-peer-head.ts'
export { personQuestionPath, serveQuestion } from './serve-question.ts'
export { settleAnswers } from './settle-answers.ts'
export type { SettledRound } from './settle-answers.ts'
export {
  countDays,
  dayOf,
  mostSignalsRead,
  neighbourDigests,
  neighbourWidths,
  quietAfterDecisionMs,
  signalVerdicts,
  traceDays,
} from './trace/index.ts'
export type {
  DayCount,
  DecideSignalIntent,
  QuestionTrace,
  RaisedSignal,
  SignalDecided,
  SignalDecision,
  SignalRow,
  SignalsCommitted,
  SignalsIntent,
  SignalVerdict,
  TraceFacts,
  TraceReader,
  TraceSide,
  TraceTransaction,
} from './trace/index.ts'
export type {
  AskedCommitted,
  AskedIntent,
  AskedRecordPart,
  EpochCommitted,
  EpochIntent,
  GovernanceCommitted,
  GovernanceIntent,
  LookUpOutcome,
  PersonCommitted,
  PersonIntent,
  PersonWriter,
  QuestionCommitted,
  QuestionIntent,
  ReceiptStanding,
  ReceivedCommitted,
  ReceivedIntent,
  RefusedCommitted,
  RefusedIntent,
  SettledCommitted,
  SettledIntent,
} from './writer.ts'
