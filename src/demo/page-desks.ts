import type { HttpClient } from '../ports/index.ts'
import { releaseParquet } from '../storage/parquet/index.ts'
import type { PopulationDesk } from '../web/index.ts'
import { demoStatistics } from './demo-statistics.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** Where the demo's analysts ask for tables: those of housing, through their own gateway. */
export function pageDesks(
  demo: PreparedDemo,
  http: HttpClient,
): ReadonlyMap<string, PopulationDesk> {
  return new Map([['housing', { ...demoStatistics(demo, http), parquet: releaseParquet }]])
}
