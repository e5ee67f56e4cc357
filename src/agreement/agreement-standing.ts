import type { Agreement } from './agreement.ts'
import { AgreementError } from './agreement-error.ts'
import { dayMs } from './calendar.ts'
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
  readonly kind:
    | 'agreement.published'
    | 'agreement.suspended'
    | 'agreement.resumed'
    | 'agreement.terminated'
    | 'agreement.rejected'
  /** Log time: when a quorum of witnesses had cosigned the entry, not the operator's clock. */
  readonly atMs: number
  /** The organisation that acts. */
  readonly by: string
}

/** How long a published agreement waits, and whether both sides are demo origins. */
export interface TimeLock {
  readonly milliseconds: number
  readonly demo: boolean
}

/** An agreement's state with what explains it. */
export interface AgreementStanding {
  readonly state: AgreementState
  /** The end of the time lock, or the agreement's begin if later; `null` before publication. */
  readonly effectiveFromMs: number | null
  /** Who has suspended it and not resumed; empty unless `suspended`. */
  readonly suspendedBy: readonly string[]
}

/** The floor of every time lock outside demos. */
export const shortestLockMs: number = dayMs
/** The time lock unless told. */
export const defaultLockMs: number = 14 * dayMs
/** The time lock, and its floor, of agreements with a `usc:` basis (5 U.S.C. 552a(o)(2)(B)). */
export const unitedStatesLockMs: number = 30 * dayMs

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
  checkLock(agreement, lock)
  const acts = actsKnown(history, nowMs)
  const publishedAtMs = publicationOf(agreement, acts)
  const suspendedBy = suspendersOf(agreement, acts)
  const effectiveFromMs =
    publishedAtMs === undefined
      ? null
      : Math.max(publishedAtMs + lock.milliseconds, agreement.notBeforeMs)
  const state = stateOf(agreement, { acts, effectiveFromMs, suspendedBy, nowMs })
  return { state, effectiveFromMs, suspendedBy: state === 'suspended' ? suspendedBy : [] }
}

/** Oldest first, a suspension after what has its time. What resumes counts once its time has come. */
function actsKnown(history: readonly AgreementFact[], nowMs: number): readonly AgreementFact[] {
  const rank = ({ kind }: AgreementFact): number => (kind === 'agreement.suspended' ? 1 : 0)
  return history
    .filter(({ kind, atMs }) => kind !== 'agreement.resumed' || atMs <= nowMs)
    .toSorted((a, b) => a.atMs - b.atMs || rank(a) - rank(b))
}

function checkLock(agreement: Agreement, { milliseconds, demo }: TimeLock): void {
  if (demo && milliseconds >= 0) return
  const floor = citesUnitedStates(agreement) ? unitedStatesLockMs : shortestLockMs
  if (milliseconds >= floor) return
  const message = `the time lock is shorter than ${floor / dayMs} days`
  throw new AgreementError([{ code: 'LOCK_TOO_SHORT', path: '', message }])
}

function citesUnitedStates({ legalBasis }: Agreement): boolean {
  return legalBasis.some((basis) => isUnitedStatesBasis(basis))
}

function publicationOf(agreement: Agreement, acts: readonly AgreementFact[]): number | undefined {
  const first = [agreement.provider, agreement.consumer].flatMap((party) => {
    const act = acts.find(({ kind, by }) => kind === 'agreement.published' && by === party)
    return act === undefined ? [] : [act.atMs]
  })
  return first.length === 0 ? undefined : Math.max(...first)
}

/** Everyone whose suspension stands. A new suspension undoes whatever had been resumed before. */
function suspendersOf(agreement: Agreement, acts: readonly AgreementFact[]): readonly string[] {
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

interface Situation {
  readonly acts: readonly AgreementFact[]
  readonly effectiveFromMs: number | null
  readonly suspendedBy: readonly string[]
  readonly nowMs: number
}

function stateOf(agreement: Agreement, situation: Situation): AgreementState {
  const { acts, effectiveFromMs, suspendedBy, nowMs } = situation
  if (acts.some(({ kind }) => kind === 'agreement.terminated')) return 'terminated'
  if (acts.some(({ kind }) => kind === 'agreement.rejected')) return 'rejected'
  const signed = signedState(agreement)
  if (signed !== 'agreed' || effectiveFromMs === null) return signed
  if (nowMs >= agreement.notAfterMs) return 'expired'
  if (suspendedBy.length > 0) return 'suspended'
  return nowMs < effectiveFromMs ? 'published' : 'active'
}

function signedState({
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
