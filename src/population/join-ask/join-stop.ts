import { encodeHex } from '../../bytes/index.ts'
import { type JoinPlan, readAbort, type Side } from '../psi/index.ts'

/** Who stopped a run and what they say of it: the word of whoever stopped it, which its log has as a digest. */
export interface JoinStop {
  /** The organisation whose check failed, or that could not go on. */
  readonly by: string
  /** The organisation whose message shows the fault; `null` where it says nobody's. */
  readonly blames: string | null
  /** SHA-256 of the messages that show it, hex: each is an entry of its sender's and its receiver's log. */
  readonly digests: readonly string[]
}

/**
 * Reads the abort that ended a run.
 *
 * @throws {@link JoinError} for bytes that are no abort of this plan
 */
export function joinStopOf(plan: JoinPlan, abort: Uint8Array): JoinStop {
  const { by, blames, digests } = readAbort(plan, abort)
  const nameOf = (party: Side | 'tally'): string =>
    party === 'tally' ? plan.tally : plan[party].organisation
  return {
    by: nameOf(by),
    blames: blames === null ? null : nameOf(blames),
    digests: digests.map((digest) => encodeHex(digest)),
  }
}
