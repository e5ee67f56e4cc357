export { createFixtureAdministrator } from './fixture-administrator.ts'
export { createFixtureOfficer } from './fixture-officer.ts'
export type { FixtureOfficer } from './fixture-officer.ts'
export { createFixturePublic } from './fixture-public.ts'
