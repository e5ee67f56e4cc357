export { type AnalystCalls, analystCalls } from './desks/analyst-calls.ts'
export { gatewayAdministrator } from './desks/gateway-administrator.ts'
export {
  type CallTerms,
  type GatewayCalls,
  gatewayCalls,
  type GatewayReply,
} from './desks/gateway-calls.ts'
export { gatewayJoins } from './desks/gateway-joins.ts'
export { gatewayOfficer, type OfficerTerms } from './desks/gateway-officer.ts'
export { gatewayPublic } from './desks/gateway-public.ts'
export { gatewayReports } from './desks/gateway-reports.ts'
export {
  type GatewayStatistics,
  gatewayStatistics,
  type GatewayTables,
} from './desks/gateway-statistics.ts'
export type { GatewayAddress, LoggedGateway } from './gateway-address.ts'
export { agreementsSchema } from './desks/office-answers.ts'
export { gatewayBackend, type GatewayWorld } from './gateway-backend.ts'
export { jsonOf } from './json-of.ts'
export {
  type PagesClient,
  pagesClient,
  type PagesClientDeps,
  type PublishedHead,
  type SecrecyOrder,
} from './pages-client.ts'
export { PublicActs } from './public-acts.ts'
export { publishedEntry } from './published-entry.ts'
export { PagesError, type PagesErrorCode } from './pages-error.ts'
export type { DisclosureReads, RawDisclosed, RawDisclosure } from './person/disclosure-reads.ts'
export { officerRequests } from './person/person-requests.ts'
export { someGatewayStarts } from './starting-gateways.ts'
export { loadPagesConfig, type LoadedPagesConfig, type PagesConfig } from './pages-config.ts'
export { type PagesGround, startPages } from './start-pages.ts'
export { type PagesServed, type ServedPages, servePages } from './serve-pages.ts'
