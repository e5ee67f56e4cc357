import type { CaseBook, CaseLookUp } from './case-system-cases.ts'

/** What has happened in cases since their book was made. */
export interface CaseJournal {
  /** Look-ups by the case's reference, oldest first. */
  readonly lookUps: Map<string, CaseLookUp[]>
  /** When something was done, by the case's reference, oldest first. */
  readonly stepsAtMs: Map<string, number[]>
}

const dayMs = 86_400_000
const windowMs = 30 * dayMs
/** Whoever asks needs a while to do something with the answer. */
const patienceMs = 5 * dayMs

/** A journal in which nothing has happened. */
export function openJournal(): CaseJournal {
  return { lookUps: new Map(), stepsAtMs: new Map() }
}

/** Writes down that a token was given, which is when a register is asked. Younger than the window alone is kept. */
export function noteLookUp({ lookUps }: CaseJournal, reference: string, one: CaseLookUp): void {
  const young = (lookUps.get(reference) ?? []).filter(({ atMs }) => atMs > one.atMs - windowMs)
  lookUps.set(reference, [...young, one])
}

/** Writes down that something was done in a case: the last time is what matters. */
export function noteStep({ stepsAtMs }: CaseJournal, reference: string, atMs: number): void {
  stepsAtMs.set(reference, [atMs])
}

/**
 * How many of an official's look-ups of the last 30 days nothing in their case has followed, those of the last
 * five days left out.
 */
export function countIdle(
  { cases }: CaseBook,
  journal: CaseJournal,
  { official, nowMs }: { readonly official: string; readonly nowMs: number },
): number {
  const counts = cases.map((record) => {
    const lookUps = [...record.lookUps, ...(journal.lookUps.get(record.reference) ?? [])]
    const steps = [...record.stepsAtMs, ...(journal.stepsAtMs.get(record.reference) ?? [])]
    const lastStepMs = Math.max(0, ...steps)
    return lookUps.filter(
      ({ official: by, atMs }) =>
        by === official &&
        atMs > nowMs - windowMs &&
        atMs <= nowMs - patienceMs &&
        atMs > lastStepMs,
    ).length
  })
  return counts.reduce((sum, count) => sum + count, 0)
}
