export {
  type PopulationCommitDeps,
  preparePopulation,
  releaseDigest,
} from './prepare-population.ts'
export type {
  OpenBudgetCommitted,
  OpenBudgetIntent,
  PopulationCommitted,
  PopulationIntent,
  PopulationParties,
  RefuseCommitted,
  RefuseIntent,
  ReleaseCommitted,
  ReleaseIntent,
  ReserveCommitted,
  ReserveIntent,
} from './population-intents.ts'
