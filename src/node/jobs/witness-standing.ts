import { type Policy, quorumTime, type SignatureAlgorithms } from '../../log/verify/index.ts'
import type { Clock } from '../../ports/index.ts'
import { cosignaturesOn } from './cosignatures-on.ts'
import type { PublishedRound } from './publish-job.ts'
import type { GateSentence, Said } from '../../sentences/index.ts'

/** An unwitnessed head of this age is shown to the operator. */
export const softAgeMs = 60_000
/** With an unwitnessed head of this age nothing is answered until it is cosigned again. */
export const hardAgeMs = 300_000

/** What the witnesses of the policy have said so far, since this gateway started. */
export interface WitnessStanding {
  /** Takes what a round of publishing brought. Only verified cosignatures count. */
  take(round: PublishedRound): void
  /** Whether a quorum has cosigned a head of this log since the start; at once without a quorum. */
  isConfirmed(): boolean
  /** The newest head that a quorum has cosigned, and when, by the witnesses' clocks. */
  newest(): { readonly size: number; readonly atMs: number } | undefined
  /** Milliseconds since the newest moment at which a quorum had cosigned; `undefined` before. */
  ageMs(): number | undefined
  /** A sentence once the age has passed the soft limit. */
  ailment(): string | undefined
  /** What is said once the age has passed the hard limit: then nothing may be answered. */
  hardAilment(): Said<GateSentence> | undefined
}

function minutes(ms: number): string {
  return ms < 120_000 ? `${Math.floor(ms / 1000)} seconds` : `${Math.floor(ms / 60_000)} minutes`
}

function unwitnessed(ms: number): Said<GateSentence> {
  return ms < 120_000
    ? { id: 'gateSays.seconds', values: { seconds: Math.floor(ms / 1000) } }
    : { id: 'gateSays.minutes', values: { minutes: Math.floor(ms / 60_000) } }
}

/**
 * Follows the cosignatures of one log. Their age is measured by this gateway's clock; a witness whose
 * clock is ahead gains nothing by it, since no cosignature counts as newer than its arrival.
 */
export function witnessStanding(
  deps: SignatureAlgorithms & { readonly policy: Policy; readonly clock: Clock },
): WitnessStanding {
  const { policy, clock } = deps
  const needsNone = policy.quorum.kind === 'none'
  let witnessedAtMs: number | undefined
  let newest: { readonly size: number; readonly atMs: number } | undefined

  function ageMs(): number | undefined {
    return witnessedAtMs === undefined ? undefined : Math.max(0, clock.now() - witnessedAtMs)
  }

  function olderThan(limitMs: number): number | undefined {
    const age = ageMs()
    return age !== undefined && age > limitMs ? age : undefined
  }

  return {
    take({ head, cosignatures }) {
      const seconds = quorumTime(policy, cosignaturesOn(head, cosignatures.lines, deps))
      if (needsNone || seconds === undefined) return
      newest = { size: head.size, atMs: seconds * 1000 }
      const atMs = Math.min(seconds * 1000, clock.now())
      witnessedAtMs = Math.max(witnessedAtMs ?? atMs, atMs)
    },
    isConfirmed: () => needsNone || witnessedAtMs !== undefined,
    newest: () => newest,
    ageMs,
    ailment() {
      const age = olderThan(softAgeMs)
      return age === undefined
        ? undefined
        : `The newest cosignature of a quorum of witnesses is ${minutes(age)} old.`
    },
    hardAilment() {
      const age = olderThan(hardAgeMs)
      return age === undefined ? undefined : unwitnessed(age)
    },
  }
}
