export { hurriedTime } from './hurried-time.ts'
export {
  type HouseSettings,
  openPopulationHouse,
  type PopulationHouse,
} from './population-house.ts'
export {
  openPopulationOrganisation,
  type PopulationOrganisation,
  type PreparePopulation,
} from './population-organisation.ts'
export { sampleTableAgreement, sampleTableDescription } from './sample-table.ts'
