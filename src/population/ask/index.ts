export type { AskableAgreement, DeskDeps, StatisticsProvider } from './desk-deps.ts'
export { type DraftQuery, readDraftQuery } from './draft-query.ts'
export { type Analysis, type KeptAnalysis, StatisticsDesk } from './statistics-desk.ts'
