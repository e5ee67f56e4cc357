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
