export { createPages } from './create-pages.ts'
export type { Pages } from './create-pages.ts'
export type { PageOrganisation, PageRequest, PageResponse, PagesDeps } from './pages-deps.ts'
export { createConsentPages } from './consent/create-consent-pages.ts'
export type { ConsentPagesDeps } from './consent/create-consent-pages.ts'
export { consentLogInMs } from './consent/consent-desk.ts'
export type { ConsentDesk, ShownConsent } from './consent/consent-desk.ts'
export { releaseSvg } from './chart/table-svg.ts'
export { chartWords } from './analyst/chart-words.ts'
export type { ChartTexts } from './chart/chart-rows.ts'
export type { Desks } from './desks.ts'
export type { PublicAgreement, PublicDesk, PublicRecord } from './public/public-desk.ts'
export type {
  AdministratorDesk,
  ListedAct,
  ListedJob,
  ListedKey,
  ListedPeer,
  ListedStorage,
  OwnKeys,
  CheckSentence,
  ShownCheck,
  ShownExamination,
} from './administrator/administrator-desk.ts'
export { isCheckSentence, isGateSentence } from './administrator/administrator-desk.ts'
export type {
  AgreementUse,
  OfficeOutcome,
  OfficerDesk,
  OfficerSigner,
  ShownAgreement,
  ShownBudget,
  ShownEmergency,
  ShownEvent,
  ShownOpenings,
  ShownSignal,
  WantedAct,
} from './officer/officer-desk.ts'
export type {
  MadeReport,
  OfficerReports,
  ReportOutcome,
  ReportRefused,
  WantedReport,
} from './officer/reports/report-desk.ts'
export type {
  InspectedAct,
  InspectedAgreement,
  InspectedDraw,
  InspectedReconciliation,
  InspectedRun,
  InspectedSignal,
  InspectorDesk,
} from './inspector/inspector-desk.ts'
export type { AskableTables, PopulationDesk } from './analyst/population-desk.ts'
export type { AskablePair, JoinTablesDesk, PublicAudit } from './analyst/joins/join-tables-desk.ts'
export { reportDocument } from './report/report-document.ts'
export type { ShownReport } from './report/report-document.ts'
export { reportText } from './report/report-text.ts'
export { ReportBody } from './report/report-body.ts'
export type { StepOutcome, StepReply } from './demo-home/step-outcome.ts'
export { pageRoutes } from './page-routes.ts'
export type { PageRoute } from './page-route.ts'
export { largestUpload, readForm } from './read-form.ts'
export { pageAssets } from './assets.ts'
export type { Asset, AssetSources } from './assets.ts'
export { localSites, namedSites, siteUrl } from './site.ts'
export { callbackUrl } from './sign-in/sign-in-routes.ts'
export { signInRoles } from './sign-in/identity-port.ts'
export type {
  Account,
  IdentityPort,
  SignInRefusal,
  SignInResult,
  SignInRole,
  SignInSecrets,
} from './sign-in/identity-port.ts'
export { logInPage, logInPolicy, signOutPage, logInErrorPage } from './log-in/log-in-page.ts'
export type { LogInFrame, ReadyPerson } from './log-in/log-in-page.ts'
export { choiceOf, chosenOf } from './choice.ts'
export { catalogues, languages, pickLanguage, wordsOf } from './messages/words.ts'
export type { Language, MessageKey } from './messages/words.ts'
export type {
  OfficerRequests,
  OpenedView,
  PersonRequests,
  RequestDecision,
  RequestLine,
  RequestNotice,
  RequestRefusedHere,
  RequestView,
  RequestWish,
} from './requests/request-desk.ts'
export type { Site, SiteRole, Sites } from './site.ts'
export { checkEvidence, showsAll } from './check-evidence.ts'
export type { CheckFinding, CheckState, EvidenceReport } from './check-evidence.ts'
export { parseEvidence } from './evidence-file.ts'
export { gatherEvidence } from './evidence.ts'
export type { Evidence, EvidenceDisclosure, OpenEvidence, SealedEvidence } from './evidence.ts'
export { abuseKinds, cheatKinds, restoreParts } from './demo-backend.ts'
export type {
  AccountableOrganisation,
  AbuseKind,
  AnswerObligations,
  AnswerValue,
  AskInput,
  ConsentInput,
  ConsentProgress,
  AskOutcome,
  AnswerCorrection,
  AskState,
  CaseCard,
  CheatKind,
  CheatResult,
  RestoreNoticer,
  RestorePart,
  RestoreRow,
  CaseBackend,
  DemoBackend,
  DemoHome,
  DemoPerson,
  PagePerson,
  LogBackend,
  PagesBackend,
  PersonBackend,
  PersonIdentifier,
  DemoProcess,
  DenyOutcome,
  Disclosure,
  DisclosureProof,
  BreachNotice,
  DisclosureList,
  OpenDisclosure,
  SealedDisclosure,
  ListedDisclosure,
  WithheldNotice,
  LocalText,
  LogHead,
  Need,
  OfficialCard,
  PermitOutcome,
  TraceItem,
  VerificationKeys,
} from './demo-backend.ts'
