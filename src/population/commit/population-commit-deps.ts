import type { RefusalCode } from '../query/index.ts'
import type { PopulationParties } from './population-intents.ts'

/** What committing population questions needs besides the transaction. */
export interface PopulationCommitDeps {
  readonly organisation: string
  /**
   * Why nothing is asked under this agreement at this log time, as the transaction finds it; `undefined` where it is
   * active. Left out: nothing ends an agreement.
   */
  readonly refusalNow?: (
    agreement: PopulationParties['agreement'],
    nowMs: number,
  ) => Promise<RefusalCode | undefined>
}
