export {
  type Budget,
  type BudgetRow,
  budgetSchema,
  type ChargeRow,
  chargeSchema,
  type LedgerReader,
  type LedgerTransaction,
  type ReleaseRow,
  unspent,
} from './ledger/index.ts'
export {
  type PopulationCommitDeps,
  type PopulationCommitted,
  type PopulationIntent,
  preparePopulation,
} from './commit/index.ts'
export { type NoiseLaw, noiseSampler, type Ratio, ratio } from './privacy/index.ts'
