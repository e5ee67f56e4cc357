import { join } from 'node:path'
import {
  analystCalls,
  gatewayAdministrator,
  gatewayCalls,
  gatewayJoins,
  gatewayOfficer,
  gatewayPublic,
  gatewayReports,
  gatewayStatistics,
  officerRequests,
  PublicActs,
} from '../pages/index.ts'
import { folderFiles, systemClock } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { releaseParquet } from '../storage/parquet/index.ts'
import type { Desks } from '../web/index.ts'
import { demoGateway } from './demo-gateway.ts'
import { demoInspection } from './demo-inspection.ts'
import { type DemoOrganisationId, demoOrganisations, demoTimeLockMs } from './demo-layout.ts'
import { demoSigner } from './demo-signer.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import { publishedAudit } from './published-audit.ts'

/**
 * What the demo's pages ask of the gateways. Analysts ask for tables at housing, and over two registers at social;
 * every organisation has its officer and its administrators.
 */
export function pageDesks(demo: PreparedDemo, http: HttpClient): ReadonlyMap<string, Desks> {
  const analysts = (organisation: DemoOrganisationId): ReturnType<typeof analystCalls> =>
    analystCalls(demoGateway(demo, organisation), http)
  const population = { ...gatewayStatistics(analysts('housing')), parquet: releaseParquet }
  const joins = gatewayJoins(analysts('social'), (qid, inspector) =>
    publishedAudit(folderFiles(join(demo.dir, inspector, 'log')), qid),
  )
  const desksOf = (organisation: DemoOrganisationId): Desks => {
    const gateway = demoGateway(demo, organisation)
    const calls = gatewayCalls(gateway, http)
    const founded = demo.founded.get(organisation)
    const timeLockMs = demoTimeLockMs
    return {
      administrator: gatewayAdministrator(
        calls,
        new PublicActs(
          organisation,
          folderFiles(join(demo.dir, organisation, 'log')),
          founded?.origin ?? organisation,
        ),
      ),
      open: gatewayPublic(gateway.url, http),
      requests: officerRequests(organisation, calls),
      reports: gatewayReports(calls),
      ...(founded !== undefined && {
        officer: gatewayOfficer(calls, {
          timeLockMs,
          signer: demoSigner(organisation, founded.dpoSeed, systemClock),
        }),
      }),
      ...(organisation === 'housing' && { population }),
      ...(organisation === 'social' && { joins }),
      ...(organisation === 'inspector' && { inspector: demoInspection(demo, http) }),
    }
  }
  return new Map(demoOrganisations.map(({ id }) => [id, desksOf(id)]))
}
