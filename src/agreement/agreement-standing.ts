import type { Agreement } from './agreement.ts'
import { AgreementError } from './agreement-error.ts'
import { problem } from './agreement-problem.ts'
import { addMonths, dayMs } from './calendar.ts'
import { isUnitedStatesBasis } from './legal-basis.ts'

/** Where an agreement stands. Only `active` lets questions through. */
export type AgreementState =
  | 'drafted'
  | 'offered'
  | 'agreed'
  | 'rejected'
  | 'published'
  | 'active'
  | 'suspended'
  | 'expired'
  | 'terminated'

/** One signed act on an agreement, as an entry of the log. */
export interface AgreementFact {
  readonly kind: AgreementActKind
  /** Log time of the entry. */
  readonly atMs: number
  /**
   * When a quorum of witnesses had cosigned the entry; `null` while none has. Left out where the lock is
   * counted by log time.
   */
  readonly cosignedAtMs?: number | null | undefined
  /** The organisation that acts. */
  readonly by: string
}

/** The kinds of entries that are about an agreement. */
export type AgreementActKind =
  | 'agreement.offered'
  | 'agreement.published'
  | 'agreement.suspended'
  | 'agreement.resumed'
  | 'agreement.reviewed'
  | 'agreement.terminated'
  | 'agreement.rejected'

/** How long a published agreement waits, and whether both sides are demo origins. */
export interface TimeLock {
  readonly milliseconds: number
  readonly demo: boolean
  /** Set where a quorum's cosignatures count the lock; without it log time does. */
  readonly counted?: 'by-cosignatures' | undefined
}

/** A moment as a log knows it. */
export interface LogMoment {
  /** Log time: by the operator's clock. */
  readonly nowMs: number
  /**
   * The newest moment at which a quorum had cosigned the log; `null` where none has yet. Left out where
   * the lock is counted by log time.
   */
  readonly witnessedMs?: number | null | undefined
}

/** An agreement's state with what explains it. */
export interface AgreementStanding {
  readonly state: AgreementState
  /**
   * The end of the time lock, or the agreement's begin if later; `null` before publication, and while no
   * quorum has cosigned it.
   */
  readonly effectiveFromMs: number | null
  /** Who has suspended it and not resumed; empty unless `suspended` by somebody. */
  readonly suspendedBy: readonly string[]
  /** Set when no act but a rule has `suspended` or `expired` it: a review overdue, a later version in effect. */
  readonly because?: 'review-overdue' | 'replaced' | undefined
}

/** What agreements that belong together say about one of them. */
export interface StandingTerms {
  /** The lock does not hold: narrower than the version in force. */
  readonly waived?: boolean
  /** A later version has taken effect. */
  readonly replaced?: boolean
  /** Who has suspended an earlier version that this one cites. */
  readonly heldBy?: readonly string[]
}

/** The floor of every time lock outside demos. */
export const shortestLockMs: number = dayMs
/** The time lock unless told. */
export const defaultLockMs: number = 14 * dayMs
/** The time lock, and its floor, of agreements with a `usc:` basis (5 U.S.C. 552a(o)(2)(B)). */
export const unitedStatesLockMs: number = 30 * dayMs

/** Months after its begin until both parties must have reviewed an agreement, as 5 U.S.C. 552a(u)(3)(B) has it. */
const reviewMonths = 12
/** Months before that in which a review counts. */
const reviewOpenMonths = 3

/** The lock that an agreement gets where no other is set. */
export function defaultLock(agreement: Agreement): TimeLock {
  const milliseconds = citesUnitedStates(agreement) ? unitedStatesLockMs : defaultLockMs
  return { milliseconds, demo: false }
}

/**
 * Where the agreement stands at `nowMs` (log time), by the acts in the log. A suspension counts from the
 * moment it is known, whatever its time; it ends when its author and both parties have resumed.
 *
 * The lock runs from the publication by a party: the later one where the history has both.
 *
 * @throws {@link AgreementError} `LOCK_TOO_SHORT` for a lock under the floor that is not the demo's
 */
export function standingOf(
  agreement: Agreement,
  history: readonly AgreementFact[],
  nowMs: number,
  lock: TimeLock = defaultLock(agreement),
): AgreementStanding {
  return standingUnder({ agreement, history }, { nowMs }, lock, {})
}

/**
 * As {@link standingOf}, with what cosignatures say of time and other agreements of this one.
 *
 * @throws {@link AgreementError} `LOCK_TOO_SHORT`
 */
export function standingUnder(
  {
    agreement,
    history,
  }: { readonly agreement: Agreement; readonly history: readonly AgreementFact[] },
  moment: LogMoment,
  lock: TimeLock,
  terms: StandingTerms,
): AgreementStanding {
  checkLock(agreement, lock)
  const { nowMs } = moment
  const acts = actsKnown(history, nowMs)
  const own = suspendersOf(agreement, acts)
  const suspendedBy = [...new Set([...own, ...(terms.heldBy ?? [])])]
  const effect = effectOf(
    { agreement, history },
    moment,
    terms.waived === true ? 0 : lock.milliseconds,
  )
  const state = stateOf(agreement, { acts, ...effect, suspendedBy, moment, terms })
  const { effectiveFromMs } = effect
  if (state === 'suspended') return { state, effectiveFromMs, suspendedBy }
  if (state === 'review-overdue')
    return { state: 'suspended', effectiveFromMs, suspendedBy: [], because: 'review-overdue' }
  if (state === 'replaced')
    return { state: 'expired', effectiveFromMs, suspendedBy: [], because: 'replaced' }
  return { state, effectiveFromMs, suspendedBy: [] }
}

/** When an agreement takes effect, and whether it has. */
export interface AgreementEffect {
  readonly isPublished: boolean
  readonly effectiveFromMs: number | null
  readonly hasBegun: boolean
}

/** Counts a lock of so many milliseconds from the publication, and the begin of the term by log time. */
export function effectOf(
  {
    agreement,
    history,
  }: { readonly agreement: Agreement; readonly history: readonly AgreementFact[] },
  { nowMs, witnessedMs }: LogMoment,
  lockMs: number,
): AgreementEffect {
  const published = publicationsOf(agreement, actsKnown(history, nowMs))
  if (published.length === 0) return { isPublished: false, effectiveFromMs: null, hasBegun: false }
  const begins = published.map(countedFrom).filter((begin) => begin !== null)
  // A party's publication that nobody has cosigned yet has not begun the lock.
  if (begins.length < published.length)
    return { isPublished: true, effectiveFromMs: null, hasBegun: false }
  const lockEndsMs = Math.max(...begins) + lockMs
  const effectiveFromMs = Math.max(lockEndsMs, agreement.notBeforeMs)
  const isUnlocked =
    witnessedMs === undefined || (witnessedMs !== null && witnessedMs >= lockEndsMs)
  return { isPublished: true, effectiveFromMs, hasBegun: isUnlocked && nowMs >= effectiveFromMs }
}

/** When the lock of this publication begins; `null` while it has not. */
function countedFrom({ atMs, cosignedAtMs }: AgreementFact): number | null {
  return cosignedAtMs === undefined ? atMs : cosignedAtMs
}

/** Oldest first, a suspension after what has its time. What resumes counts once its time has come. */
export function actsKnown(
  history: readonly AgreementFact[],
  nowMs: number,
): readonly AgreementFact[] {
  const rank = ({ kind }: AgreementFact): number => (kind === 'agreement.suspended' ? 1 : 0)
  return history
    .filter(({ kind, atMs }) => kind !== 'agreement.resumed' || atMs <= nowMs)
    .toSorted((a, b) => a.atMs - b.atMs || rank(a) - rank(b))
}

function checkLock(agreement: Agreement, { milliseconds, demo }: TimeLock): void {
  if (demo && milliseconds >= 0) return
  const floor = citesUnitedStates(agreement) ? unitedStatesLockMs : shortestLockMs
  if (milliseconds >= floor) return
  const days = floor / dayMs
  throw new AgreementError([problem('LOCK_TOO_SHORT', '', 'problemSays.lock', { days })])
}

function citesUnitedStates({ legalBasis }: Agreement): boolean {
  return legalBasis.some((basis) => isUnitedStatesBasis(basis))
}

/** The first publication by each party that has published. */
export function publicationsOf(
  agreement: Agreement,
  acts: readonly AgreementFact[],
): readonly AgreementFact[] {
  return [agreement.provider, agreement.consumer].flatMap((party) => {
    const act = acts.find(({ kind, by }) => kind === 'agreement.published' && by === party)
    return act === undefined ? [] : [act]
  })
}

/** When both parties must have looked at the agreement again; `null` for one that ends before. */
export function reviewDueMs({ notBeforeMs, notAfterMs }: Agreement): number | null {
  const dueMs = addMonths(notBeforeMs, reviewMonths)
  return dueMs < notAfterMs ? dueMs : null
}

/** From when on a review counts as the one that is due. */
export function reviewOpensMs(agreement: Agreement): number | null {
  return reviewDueMs(agreement) === null
    ? null
    : addMonths(agreement.notBeforeMs, reviewMonths - reviewOpenMonths)
}

function isReviewOverdue(
  agreement: Agreement,
  acts: readonly AgreementFact[],
  nowMs: number,
): boolean {
  const dueMs = reviewDueMs(agreement)
  const opensMs = reviewOpensMs(agreement)
  if (dueMs === null || opensMs === null || nowMs < dueMs) return false
  const reviewed = new Set(
    acts
      .filter(({ kind, atMs }) => kind === 'agreement.reviewed' && atMs >= opensMs)
      .map(({ by }) => by),
  )
  return ![agreement.provider, agreement.consumer].every((party) => reviewed.has(party))
}

/** Everyone whose suspension stands. A new suspension undoes whatever had been resumed before. */
export function suspendersOf(
  agreement: Agreement,
  acts: readonly AgreementFact[],
): readonly string[] {
  let suspenders = new Set<string>()
  let resumed = new Set<string>()
  for (const { kind, by } of acts) {
    if (kind === 'agreement.suspended') {
      suspenders.add(by)
      resumed = new Set()
    }
    if (kind === 'agreement.resumed') resumed.add(by)
    const needed = [...suspenders, agreement.provider, agreement.consumer]
    if (needed.every((one) => resumed.has(one))) suspenders = new Set()
  }
  return [...suspenders]
}

interface Situation extends AgreementEffect {
  readonly acts: readonly AgreementFact[]
  readonly suspendedBy: readonly string[]
  readonly moment: LogMoment
  readonly terms: StandingTerms
}

function stateOf(
  agreement: Agreement,
  situation: Situation,
): AgreementState | 'review-overdue' | 'replaced' {
  const { acts, isPublished, hasBegun, suspendedBy, moment, terms } = situation
  if (acts.some(({ kind }) => kind === 'agreement.terminated')) return 'terminated'
  if (acts.some(({ kind }) => kind === 'agreement.rejected')) return 'rejected'
  const signed = signedState(agreement)
  if (signed !== 'agreed' || !isPublished) return signed
  // A clock that is put back prolongs nothing: the witnesses know the time as well.
  const latestMs = Math.max(moment.nowMs, moment.witnessedMs ?? 0)
  if (latestMs >= agreement.notAfterMs) return 'expired'
  if (terms.replaced === true) return 'replaced'
  if (suspendedBy.length > 0) return 'suspended'
  if (!hasBegun) return 'published'
  return isReviewOverdue(agreement, acts, latestMs) ? 'review-overdue' : 'active'
}

/** How far the signatures of the parties have come; whether they are good is not looked at. */
export function signedState({
  provider,
  consumer,
  signatures,
}: Agreement): 'drafted' | 'offered' | 'agreed' {
  const signers = new Set<string>(
    signatures.filter(({ role }) => role === 'dpo').map(({ organisation }) => organisation),
  )
  const count = [provider, consumer].filter((party) => signers.has(party)).length
  if (count === 0) return 'drafted'
  return count === 1 ? 'offered' : 'agreed'
}
