export type {
  AskingOrganisation,
  KnownPopulationAgreement,
  PopulationDeps,
  PopulationWriter,
} from './population-deps.ts'
export { PopulationService } from './population-service.ts'
export { standingRefusal } from './standing-refusal.ts'
