export { EXCHANGE_KINDS, exchangeRecordSchema } from './exchange-record.ts'
export type { AgreementCitation, ExchangeKind, ExchangeRecord } from './exchange-record.ts'
export { governanceRecordSchema } from './governance-record.ts'
export type { GovernanceRecord } from './governance-record.ts'
