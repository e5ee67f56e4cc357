export type {
  AskingOrganisation,
  KnownPopulationAgreement,
  PopulationDeps,
  PopulationWriter,
} from './population-deps.ts'
export { PopulationAnswerer } from './population-answerer.ts'
export { standingRefusal } from './standing-refusal.ts'
export { snapshotOf } from './snapshot.ts'
