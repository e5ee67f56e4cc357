export { createFixtureBackend, fixtureNowMs } from './fixture-backend.ts'
export type { FixtureBackend } from './fixture-backend.ts'
export type { FixtureDesk } from './fixture-desk.ts'
export type { FixtureInspection } from './fixture-inspection.ts'
export type { FixtureJoins } from './fixture-joins.ts'
export { makeFixtureLog } from './fixture-log.ts'
export type { FixtureLog, FixtureWitness } from './fixture-log.ts'
export type { FixtureOfficer } from './desks/index.ts'
export { createPageClient } from './page-client.ts'
export type { PageClient, PageForm, VisitedPage } from './page-client.ts'
export { createFixturePages, fixtureAssets, serveConsentPages, servePages } from './serve-pages.ts'
export type { FixturePagesOptions, ServedPages } from './serve-pages.ts'
export { createFixtureIdentity } from './fixture-identity.ts'
export type { FixtureIdentity } from './fixture-identity.ts'
export { fixtureOrganisations } from './fixture-organisations.ts'
export { fixturePeople } from './fixture-people.ts'
export { valuesOf } from './form-values.ts'
export { signIn } from './sign-in.ts'
export { tourPages } from './tour.ts'
export type { JoinEnding, Tour, TourStart } from './tour.ts'
export { pageTexts } from './page-texts.ts'
export type { PageText } from './page-texts.ts'
export {
  createFixtureConsentPages,
  createFixtureConsents,
  expiredConsent,
  tourConsents,
} from './consent/index.ts'
export type {
  ConsentTourStart,
  FixtureConsentPagesOptions,
  FixtureConsents,
} from './consent/index.ts'
