export { countingReports, reportKinds, reportLaws, reportTopics } from './report-kind.ts'
export type { ReportKind, ReportTopic } from './report-kind.ts'
export type {
  Figure,
  FigureRule,
  FigureUnit,
  ReportContent,
  ReportFact,
  ReportSection,
  ReportTable,
  ReportValue,
  TermFamily,
} from './report-content.ts'
export {
  parseReport,
  reportDigest,
  reportFileSchema,
  reportParametersSchema,
} from './report-file.ts'
export type {
  CitedEntry,
  CountedRange,
  CountRow,
  ExchangeCounts,
  ReportEvidence,
  ReportFile,
  ReportHead,
  ReportParameters,
} from './report-file.ts'
export { ReportFault } from './report-fault.ts'
export type { ReportFaultCode } from './report-fault.ts'
export { composeReport } from './compose/compose-report.ts'
export { verifyReport } from './verify-report.ts'
export type { VerifiedReport } from './verify-report.ts'
export { verifyAgainstLog } from './verify-against-log.ts'
export type { LogFinding } from './verify-against-log.ts'
export { verifyCounts } from './verify-counts.ts'
export type { CountFinding } from './verify-counts.ts'
export { makeReport } from './gather/make-report.ts'
export type { MakeReportDeps, ReportWish } from './gather/make-report.ts'
export { governanceIndex } from './gather/governance-index.ts'
export type {
  GovernanceIndex,
  GovernanceIndexDeps,
  IndexedEntry,
} from './gather/governance-index.ts'
