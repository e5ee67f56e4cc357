export type { AskableAgreement, DeskDeps, StatisticsProvider } from './desk-deps.ts'
export { draftJson } from './draft-json.ts'
export { type DraftQuery, readDraftQuery } from './draft-query.ts'
export {
  type Analysis,
  type KeptAnalysis,
  keptAnalysisSchema,
  StatisticsDesk,
} from './statistics-desk.ts'
export { sendSigned, type SendDeps } from './send-signed.ts'
