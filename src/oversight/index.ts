export { disclosureLists } from './disclosure-list.ts'
export type { DisclosureLines, DisclosureLists, ListedDisclosure } from './disclosure-list.ts'
export { disclosuresFor, erasedDisclosuresFor, logTiles } from './disclosures.ts'
export type {
  Disclosed,
  Disclosure,
  DisclosureDeps,
  ErasedDisclosure,
  PublishedHead,
  TilesOf,
} from './disclosures.ts'
export type { SealedDisclosure, SealedLine } from './sealed-disclosure.ts'
export { closeEpoch } from './close-epoch.ts'
export type { CloseEpochDeps, EpochRound } from './close-epoch.ts'
export { computeEpochMap, epochMaps } from './epoch-maps.ts'
export type { EpochMapDeps, EpochMaps } from './epoch-maps.ts'
export { exportSubject } from './subject-export.ts'
export type { SubjectExport, SubjectExportDeps } from './subject-export.ts'
export { chainRules, checkChains } from './check-chains.ts'
export type {
  ChainCheck,
  ChainFlaw,
  ChainFlawCode,
  ChainRule,
  CheckChainsDeps,
} from './check-chains.ts'
export {
  mostFalseAlarmsPerYear,
  mostTracesHeld,
  runSignals,
  signalDetectors,
  signalDigest,
  signalKinds,
  windowDays,
} from './signals/index.ts'
export type {
  Detector,
  Evidence,
  EvidenceLaw,
  Finding,
  RunSignalsDeps,
  SignalFacts,
  SignalKind,
  SignalsRun,
} from './signals/index.ts'
export {
  DrawLogChanged,
  drawCommitment,
  drawSeed,
  readDrawLog,
  sampleEntries,
  verifyDraws,
} from './audit-draw/index.ts'
export type {
  DrawFault,
  DrawLog,
  DrawTerms,
  DrawTrust,
  DrawVerdict,
  JudgedCheckpoint,
  PublicEntry,
} from './audit-draw/index.ts'
export {
  evidenceKinds,
  formatBundleHeader,
  gapKinds,
  hasExchanges,
  makeBundle,
  mostLineBytes,
  mostNamedGaps,
  openBundle,
  parseBundleHeader,
  reconcile,
  ReconcileError,
  tamperingCodes,
  usualToleranceMs,
  usualWindowMs,
} from './reconcile/index.ts'
export type {
  BundleEntry,
  BundleHeader,
  BundleRange,
  BundleReading,
  BundleSource,
  BundleTrust,
  ExchangeGroup,
  ExchangeStep,
  Gap,
  GapKind,
  GapStep,
  NamedEntry,
  OpenBundle,
  Reconciled,
  ReconciledPair,
  ReconciledSide,
  ReconcileErrorCode,
  ReconcileOptions,
  ReconciliationCounts,
  ReconciliationReport,
  StepRole,
} from './reconcile/index.ts'
export {
  breachBytes,
  breachesConcerning,
  breachIn,
  breachIntent,
  breachKind,
  countExposed,
  declaredBreaches,
  exposedKeyForm,
  isBreachSigned,
  isExposed,
  parseBreachDeclaration,
  scopeOfKey,
  signBreach,
} from './breach/index.ts'
export type {
  BreachDeclaration,
  CountExposedDeps,
  DeclaredBreach,
  ExposedCount,
  Exposure,
  ExposureScope,
  PlacedBreach,
  UnsignedBreach,
} from './breach/index.ts'
export {
  composeReport,
  countingReports,
  governanceIndex,
  makeReport,
  parseReport,
  reportDigest,
  ReportFault,
  reportFileSchema,
  reportKinds,
  reportLaws,
  reportParametersSchema,
  reportTopics,
  verifyAgainstLog,
  verifyCounts,
  verifyReport,
} from './reports/index.ts'
export type {
  CitedEntry,
  CountedRange,
  CountFinding,
  CountRow,
  ExchangeCounts,
  Figure,
  FigureRule,
  FigureUnit,
  GovernanceIndex,
  GovernanceIndexDeps,
  IndexedEntry,
  LogFinding,
  MakeReportDeps,
  ReportContent,
  ReportEvidence,
  ReportFact,
  ReportFaultCode,
  ReportFile,
  ReportHead,
  ReportKind,
  ReportParameters,
  ReportSection,
  ReportTable,
  ReportTopic,
  ReportValue,
  ReportWish,
  TermFamily,
  VerifiedReport,
} from './reports/index.ts'
export {
  blockSize,
  checkMonthCounts,
  countedSorts,
  countsBook,
  countsHistory,
  countsKind,
  countStep,
  monthCountsJson,
  monthCountsSchema,
  mostMonths,
} from './public-counts/index.ts'
export type {
  CountCell,
  CountedSort,
  CountPlace,
  CountsBook,
  CountsBookDeps,
  CountsProblem,
  MonthCounts,
  PublicCounts,
  PublishedCounts,
} from './public-counts/index.ts'
