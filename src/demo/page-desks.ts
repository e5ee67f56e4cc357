import type { HttpClient } from '../ports/index.ts'
import { releaseParquet } from '../storage/parquet/index.ts'
import type { Desks } from '../web/index.ts'
import { analystGateway } from './analyst-gateway.ts'
import { demoJoinTables } from './demo-join-tables.ts'
import { demoStatistics } from './demo-statistics.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** What the demo's pages ask of the gateways. Analysts ask for tables at housing, and over two registers at social. */
export function pageDesks(demo: PreparedDemo, http: HttpClient): ReadonlyMap<string, Desks> {
  const population = { ...demoStatistics(demo, http), parquet: releaseParquet }
  const joins = demoJoinTables(analystGateway(demo, http, 'social'))
  return new Map<string, Desks>([
    ['housing', { population }],
    ['social', { joins }],
  ])
}
