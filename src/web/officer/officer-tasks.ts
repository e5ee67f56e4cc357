import type { RequestLine } from '../requests/request-desk.ts'
import { isLate } from '../requests/request-facts.ts'
import type { OfficerDesk, ShownAgreement } from './officer-desk.ts'

/** What waits for a data protection officer, in numbers. */
export interface OfficerTasks {
  /** Agreements that the other party has signed and this one has not. */
  readonly toSign: number
  /** Agreements that this one has signed and the other has not. */
  readonly offered: number
  /** Time locks that run, and when the first ends, as far as it is known. */
  readonly locked: number
  readonly firstLockEndMs: number | undefined
  readonly suspended: number
  readonly openSignals: number
  /** Emergency questions that wait for their review. */
  readonly emergencies: number
  /** Populations of which a table may be asked and no year is open. */
  readonly budgetsToOpen: number
  readonly openings: number
  readonly mostOpenings: number
}

/** Whether the officer of `own` has yet to sign what is offered. */
export function waitsFor({ agreement, standing }: ShownAgreement, own: string): boolean {
  const isParty = agreement.provider.valueOf() === own || agreement.consumer.valueOf() === own
  const hasSigned = agreement.signatures.some(
    ({ organisation, role }) => role === 'dpo' && organisation.valueOf() === own,
  )
  return isParty && !hasSigned && standing.state === 'offered'
}

function budgetsToOpen(
  agreements: readonly ShownAgreement[],
  budgets: Awaited<ReturnType<OfficerDesk['budgets']>>,
  { own, nowMs }: { readonly own: string; readonly nowMs: number },
): number {
  const hasTables = agreements.some(
    ({ agreement, standing }) =>
      (agreement.kind === 'population' || agreement.kind === 'join') &&
      agreement.provider.valueOf() === own &&
      (standing.state === 'active' || standing.state === 'published'),
  )
  if (!hasTables) return 0
  return budgets.filter(({ year }) => year === null || year.untilMs <= nowMs).length
}

/** Looks at everything that could wait for the officer of `own`. */
export async function officerTasks(
  desk: OfficerDesk,
  at: { readonly own: string; readonly nowMs: number },
): Promise<OfficerTasks> {
  const [agreements, budgets, signals, emergencies, openings] = await Promise.all([
    desk.agreements(),
    desk.budgets(),
    desk.signals(),
    desk.emergencies(),
    desk.openings(),
  ])
  const inState = (state: string): readonly ShownAgreement[] =>
    agreements.filter(({ standing }) => standing.state === state)
  const toSign = agreements.filter((one) => waitsFor(one, at.own)).length
  const locked = inState('published')
  const ends = locked.flatMap(({ standing: { effectiveFromMs } }) =>
    effectiveFromMs === null ? [] : [effectiveFromMs],
  )
  return {
    toSign,
    offered: inState('offered').length - toSign,
    locked: locked.length,
    firstLockEndMs: ends.length === 0 ? undefined : Math.min(...ends),
    suspended: inState('suspended').length,
    openSignals: signals.filter(({ decision }) => decision === null).length,
    emergencies: emergencies.filter(({ reviewByMs }) => reviewByMs !== null).length,
    budgetsToOpen: budgetsToOpen(agreements, budgets, at),
    openings: openings.opened,
    mostOpenings: openings.most,
  }
}

/** Requests of persons that are not decided, with the clock of the first. */
export interface RequestTasks {
  readonly open: number
  /** Of these, those that should have been decided by now. */
  readonly late: number
  /** When the first must be decided; `undefined` where none is open. */
  readonly firstDueMs: number | undefined
}

/** What waits of persons' requests, by numbers and dates alone. */
export function requestTasks(lines: readonly RequestLine[], nowMs: number): RequestTasks {
  const open = lines.filter(({ decidedAtMs }) => decidedAtMs === null)
  const dues = open.map(({ dueMs }) => dueMs)
  return {
    open: open.length,
    late: open.filter((line) => isLate(line, nowMs)).length,
    firstDueMs: dues.length === 0 ? undefined : Math.min(...dues),
  }
}
