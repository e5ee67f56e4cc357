export {
  type Budget,
  budgetProblem,
  type BudgetProblem,
  budgetSchema,
  countersignedYearCeiling,
  deltaUnits,
  yearCeiling,
  yearMs,
} from './budget.ts'
export { type Charge, chargeSchema, type Cost, type Spent, unspent } from './charge.ts'
export {
  type BudgetSpent,
  type ChargeDecision,
  decideCharge,
  type LedgerFacts,
  shortAccount,
} from './decide-charge.ts'
export { addUpLedger, type LedgerEntry, type LedgerProblem, type LedgerReading } from './add-up.ts'
export {
  type AnalysisReader,
  type AnalysisRow,
  type AnalysisTransaction,
  mostAnalyses,
} from './analysis-store.ts'
export {
  type JoinEnd,
  type JoinMessageName,
  type JoinMessageRow,
  type JoinReader,
  type JoinRole,
  type JoinRow,
  type JoinTransaction,
  mostJoins,
} from './join-store.ts'
export type {
  BudgetRow,
  ChargeRow,
  LedgerReader,
  LedgerTransaction,
  ReleaseRow,
} from './ledger-store.ts'
export {
  type BudgetAct,
  budgetActBytes,
  type BudgetRefusal,
  type BudgetSignature,
  type BudgetVerifiers,
  openBudgetAct,
  parseBudgetAct,
  signBudgetAct,
} from './budget-act.ts'
