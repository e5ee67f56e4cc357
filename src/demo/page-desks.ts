import type { HttpClient } from '../ports/index.ts'
import { releaseParquet } from '../storage/parquet/index.ts'
import type { Desks } from '../web/index.ts'
import { demoStatistics } from './demo-statistics.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** What the demo's pages ask of the gateways. Analysts ask for tables at housing. */
export function pageDesks(demo: PreparedDemo, http: HttpClient): ReadonlyMap<string, Desks> {
  const population = { ...demoStatistics(demo, http), parquet: releaseParquet }
  return new Map([['housing', { population }]])
}
