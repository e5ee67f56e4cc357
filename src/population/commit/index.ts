export { decideChargeNow } from './charge-budget.ts'
export type { PopulationCommitDeps } from './population-commit-deps.ts'
export type {
  AnyJoinParties,
  BeginJoinCommitted,
  BeginJoinIntent,
  EndJoinIntent,
  JoinAuditAct,
  JoinCommitted,
  JoinIntent,
  JoinMessageCommitted,
  JoinMessageIntent,
  JoinParties,
} from './join-intents.ts'
export { preparePopulation } from './prepare-population.ts'
export type {
  OpenBudgetCommitted,
  OpenBudgetIntent,
  PopulationCommitted,
  PopulationIntent,
  PopulationParties,
  ReceivedAnalysisCommitted,
  ReceivedAnalysisIntent,
  RefuseCommitted,
  RefuseIntent,
  ReleaseCommitted,
  ReleaseIntent,
  ReserveCommitted,
  ReserveIntent,
} from './population-intents.ts'
export { populationIntentTypes } from './population-intents.ts'
