import { join } from 'node:path'
import { folderFiles, systemClock } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { releaseParquet } from '../storage/parquet/index.ts'
import type { Desks } from '../web/index.ts'
import { analystGateway } from './analyst-gateway.ts'
import { demoInspection } from './demo-inspection.ts'
import { demoJoinTables } from './demo-join-tables.ts'
import { localAddress } from './demo-config.ts'
import { type DemoOrganisationId, demoOrganisations } from './demo-layout.ts'
import { demoStatistics } from './demo-statistics.ts'
import { adminCalls } from './desks/admin-calls.ts'
import { demoAdministrator } from './desks/demo-administrator.ts'
import { demoOfficer } from './desks/demo-officer.ts'
import { demoPublic } from './desks/demo-public.ts'
import { demoReports } from './desks/demo-reports.ts'
import { officerRequests } from './page-requests.ts'
import { PublicActs } from './public-acts.ts'
import type { PreparedDemo } from './prepare-demo.ts'

function publicAddress({ basePort }: PreparedDemo, organisation: DemoOrganisationId): string {
  const offset = demoOrganisations.find(({ id }) => id === organisation)?.portOffset ?? 0
  return `http://${localAddress(basePort + offset)}`
}

/**
 * What the demo's pages ask of the gateways. Analysts ask for tables at housing, and over two registers at social;
 * every organisation has its officer and its administrators.
 */
export function pageDesks(demo: PreparedDemo, http: HttpClient): ReadonlyMap<string, Desks> {
  const population = { ...demoStatistics(demo, http), parquet: releaseParquet }
  const joins = demoJoinTables(analystGateway(demo, http, 'social'), (organisation) =>
    folderFiles(join(demo.dir, organisation, 'log')),
  )
  const desksOf = (organisation: DemoOrganisationId): Desks => {
    const calls = adminCalls(demo, organisation, http)
    const founded = demo.founded.get(organisation)
    return {
      administrator: demoAdministrator(
        calls,
        new PublicActs(
          organisation,
          folderFiles(join(demo.dir, organisation, 'log')),
          founded?.origin ?? organisation,
        ),
      ),
      open: demoPublic(publicAddress(demo, organisation), http),
      requests: officerRequests(organisation, calls),
      reports: demoReports(calls),
      ...(founded !== undefined && {
        officer: demoOfficer(calls, { organisation, dpoSeed: founded.dpoSeed }, systemClock),
      }),
      ...(organisation === 'housing' && { population }),
      ...(organisation === 'social' && { joins }),
      ...(organisation === 'inspector' && { inspector: demoInspection(demo, http) }),
    }
  }
  return new Map(demoOrganisations.map(({ id }) => [id, desksOf(id)]))
}
