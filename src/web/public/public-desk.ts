import type { PublicCounts } from '../../oversight/index.ts'
import type { ShownAgreement, ShownBudget } from '../officer/officer-desk.ts'

/** An agreement in force, as everybody may read it. */
export type PublicAgreement = Pick<ShownAgreement, 'digest' | 'agreement' | 'standing' | 'events'>

/** What a gateway tells everybody about its organisation; nothing of it is about a person. */
export interface PublicRecord {
  /** Of the program that runs. */
  readonly version: string
  /** Milliseconds between the publication of what widens and its effect. */
  readonly timeLockMs: number
  /** In force, with a running time lock, or suspended; by id and version. */
  readonly agreements: readonly PublicAgreement[]
  readonly budgets: readonly ShownBudget[]
  /** Month by month; `null` while the gateway reads its log after a start. */
  readonly counts: PublicCounts | null
}

/** What the public pages ask of one organisation's gateway. A gateway that cannot be reached rejects. */
export interface PublicDesk {
  record(): Promise<PublicRecord>
}
