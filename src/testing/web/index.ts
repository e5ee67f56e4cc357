export { createFixtureBackend, fixtureNowMs } from './fixture-backend.ts'
export type { FixtureBackend } from './fixture-backend.ts'
export { makeFixtureLog } from './fixture-log.ts'
export type { FixtureLog, FixtureWitness } from './fixture-log.ts'
export { createPageClient } from './page-client.ts'
export type { PageClient, PageForm, VisitedPage } from './page-client.ts'
export {
  createFixturePages,
  fixtureAssets,
  fixtureOrganisations,
  servePages,
} from './serve-pages.ts'
export type { FixturePagesOptions, ServedPages } from './serve-pages.ts'
export { tourPages } from './tour.ts'
export type { Tour, TourStart } from './tour.ts'
