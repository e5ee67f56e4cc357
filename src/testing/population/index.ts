export { ledgerBeginMs, type LedgerLog, openLedgerLog, sampleBudget } from './ledger-log.ts'
export { hurriedTime } from './hurried-time.ts'
export { leapingTime } from './leaping-time.ts'
export {
  type HouseSettings,
  type HouseTime,
  openPopulationHouse,
  type PopulationHouse,
} from './population-house.ts'
export {
  type LogSecrets,
  logSecrets,
  openPopulationOrganisation,
  type PopulationOrganisation,
  type PreparePopulation,
} from './population-organisation.ts'
export { sampleTableAgreement, sampleTableDescription } from './sample-table.ts'
