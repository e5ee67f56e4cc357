import type { Agreement } from '../agreement.ts'
import {
  actsKnown,
  type AgreementFact,
  type AgreementStanding,
  effectOf,
  type LogMoment,
  publicationsOf,
  signedState,
  standingUnder,
  suspendersOf,
  type TimeLock,
} from '../agreement-standing.ts'
import { isNarrower } from '../change/agreement-changes.ts'

/** An agreement with the acts upon it that one log has. */
export interface LoggedAgreement {
  readonly agreement: Agreement
  /** Base64 of 32 bytes. */
  readonly digest: string
  readonly history: readonly AgreementFact[]
}

/** Everything that decides about one agreement besides itself. */
export interface LineTerms {
  /** Agreements of the same log; those that this one does not belong to are left aside. */
  readonly line: readonly LoggedAgreement[]
  readonly moment: LogMoment
  readonly lockOf: (agreement: Agreement) => TimeLock
}

/**
 * Where an agreement stands among those that it replaces and that replace it.
 *
 * A version that the rules prove narrower than the one in force that it cites has no lock. A version ends
 * when the one that cites it takes effect, and not before. A suspension holds for whatever cites what was
 * suspended: a new version is no way around it.
 *
 * @throws {@link AgreementError} `LOCK_TOO_SHORT`
 */
export function standingInLine(one: LoggedAgreement, terms: LineTerms): AgreementStanding {
  return standingUnder(one, terms.moment, terms.lockOf(one.agreement), {
    waived: isLockWaived(one, terms),
    replaced: successorsOf(one, terms.line).some((next) => hasTakenEffect(next, terms)),
    heldBy: heldBy(one, terms),
  })
}

/** The agreement that this one cites, if it is known and between the same two. */
export function predecessorOf(
  { agreement }: Pick<LoggedAgreement, 'agreement'>,
  line: readonly LoggedAgreement[],
): LoggedAgreement | undefined {
  const { supersedes, provider, consumer } = agreement
  return line.find(
    (other) =>
      other.digest === supersedes?.digest &&
      other.agreement.provider === provider &&
      other.agreement.consumer === consumer,
  )
}

function successorsOf(
  { agreement, digest }: LoggedAgreement,
  line: readonly LoggedAgreement[],
): readonly LoggedAgreement[] {
  return line.filter(
    (other) =>
      other.agreement.supersedes?.digest === digest &&
      other.agreement.provider === agreement.provider &&
      other.agreement.consumer === agreement.consumer,
  )
}

/** Digests cannot cite each other in a ring, so the walk ends. */
function heldBy(one: LoggedAgreement, terms: LineTerms): readonly string[] {
  const before = predecessorOf(one, terms.line)
  if (before === undefined) return []
  const acts = actsKnown(before.history, terms.moment.nowMs)
  return [...suspendersOf(before.agreement, acts), ...heldBy(before, terms)]
}

/** What was signed into effect stays in effect for its predecessor, whatever becomes of it afterwards. */
function hasTakenEffect(next: LoggedAgreement, terms: LineTerms): boolean {
  if (signedState(next.agreement) !== 'agreed') return false
  const { milliseconds } = terms.lockOf(next.agreement)
  const lockMs = isLockWaived(next, terms) ? 0 : milliseconds
  const { hasBegun, effectiveFromMs } = effectOf(next, terms.moment, lockMs)
  if (!hasBegun || effectiveFromMs === null) return false
  return !next.history.some(
    ({ kind, atMs }) =>
      kind === 'agreement.rejected' || (kind === 'agreement.terminated' && atMs < effectiveFromMs),
  )
}

/** Narrower, and the version that it cites was in force when this one was published. */
function isLockWaived(one: LoggedAgreement, { line, lockOf }: LineTerms): boolean {
  const before = predecessorOf(one, line)
  if (before === undefined) return false
  const published = publicationsOf(one.agreement, one.history)
  const last = published.toSorted((a, b) => b.atMs - a.atMs)[0]
  if (last === undefined || published.some(({ cosignedAtMs }) => cosignedAtMs === null))
    return false
  if (!isNarrower(before.agreement, one.agreement).narrower) return false
  const then = line
    .filter(({ digest }) => digest !== one.digest)
    .map((other) => ({
      ...other,
      history: other.history.filter(({ atMs }) => atMs <= last.atMs),
    }))
  const moment = { nowMs: last.atMs, witnessedMs: last.cosignedAtMs }
  const cited = predecessorOf(one, then)
  return (
    cited !== undefined && standingInLine(cited, { line: then, moment, lockOf }).state === 'active'
  )
}
