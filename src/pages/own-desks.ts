import type { HttpClient } from '../ports/index.ts'
import { releaseParquet } from '../storage/parquet/index.ts'
import type { Desks } from '../web/index.ts'
import { analystCalls } from './desks/analyst-calls.ts'
import { gatewayAdministrator } from './desks/gateway-administrator.ts'
import { gatewayCalls } from './desks/gateway-calls.ts'
import { gatewayJoins } from './desks/gateway-joins.ts'
import { gatewayOfficer } from './desks/gateway-officer.ts'
import { gatewayPublic } from './desks/gateway-public.ts'
import { gatewayReports } from './desks/gateway-reports.ts'
import { gatewayStatistics } from './desks/gateway-statistics.ts'
import { PublicActs } from './public-acts.ts'
import type { OwnGateway } from './own-gateway.ts'
import { officerRequests } from './person/person-requests.ts'

function officerDesks(gateway: OwnGateway, http: HttpClient): Desks {
  const acting = gateway.as('act')
  if (acting === undefined) return {}
  const calls = gatewayCalls(acting, http)
  // No signer: an officer signs on their own machine, and hands in what they signed.
  const officer = gatewayOfficer(calls, { timeLockMs: gateway.timeLockMs })
  const requests = officerRequests(gateway.organisation, calls)
  return { officer, requests, reports: gatewayReports(calls) }
}

function analystDesks(gateway: OwnGateway, http: HttpClient): Desks {
  const analysing = gateway.as('analyse')
  if (analysing === undefined) return {}
  const post = analystCalls(analysing, http)
  return {
    population: { ...gatewayStatistics(post), parquet: releaseParquet },
    // Findings of audits stand in the inspector's log, which is not behind these pages.
    joins: gatewayJoins(post, async () => undefined),
  }
}

/** What each role's pages ask of the organisation's own gateway; absent where no caller of its settings may. */
export function ownDesks(gateway: OwnGateway, http: HttpClient): Desks {
  const administering = gateway.as('administer')
  return {
    open: gatewayPublic(gateway.open.url, http),
    ...officerDesks(gateway, http),
    ...analystDesks(gateway, http),
    ...(administering !== undefined && {
      administrator: gatewayAdministrator(
        gatewayCalls(administering, http),
        new PublicActs(gateway.organisation, gateway.published, administering.origin),
      ),
    }),
  }
}
