import { type CapUse, capWindows } from '../../agreement/index.ts'
import type { CapAxes } from '../../person/index.ts'
import type { MemoryTables } from './memory-tables.ts'

interface AxisNames {
  readonly official: string
  readonly subject: string
  readonly distinct: string
  readonly caseSubjects: string
}

/** What the counters of one question are kept under. */
export function axisNames(axes: CapAxes): AxisNames {
  const scope = `${axes.consumer} ${axes.agreement}`
  return {
    official: `official ${axes.consumer} ${axes.official}`,
    subject: `subject ${scope} ${axes.subjectHandle}`,
    distinct: `distinct ${scope}`,
    caseSubjects: `case ${scope} ${axes.caseHandle}`,
  }
}

function countSince(times: Iterable<number> | undefined, cutoffMs: number): number {
  return [...(times ?? [])].filter((timeMs) => timeMs > cutoffMs).length
}

function hasSince(
  members: ReadonlyMap<string, number> | undefined,
  member: string,
  cutoffMs: number,
): boolean {
  const timeMs = members?.get(member)
  return timeMs !== undefined && timeMs > cutoffMs
}

/** How much of each cap is used at `nowMs`, in sliding windows of log time. */
export function memoryCapUse(tables: MemoryTables, axes: CapAxes, nowMs: number): CapUse {
  const names = axisNames(axes)
  const monthAgo = nowMs - capWindows.subjectMs
  const { capEvents, capMembers } = tables
  const inCase = capMembers.get(names.caseSubjects)
  const distinct = capMembers.get(names.distinct)
  return {
    officialToday: countSince(capEvents.get(names.official), nowMs - capWindows.officialMs),
    caseSubjects: inCase?.size ?? 0,
    caseHasSubject: inCase?.has(axes.subjectHandle) ?? false,
    distinctSubjects30d: countSince(distinct?.values(), monthAgo),
    subjectCountedAlready: hasSince(distinct, axes.subjectHandle, monthAgo),
    subject30d: countSince(capEvents.get(names.subject), monthAgo),
  }
}

function addEvent(tables: MemoryTables, axis: string, nowMs: number): void {
  tables.capEvents.set(axis, [...(tables.capEvents.get(axis) ?? []), nowMs])
}

function addMember(
  tables: MemoryTables,
  axis: string,
  { member, nowMs }: { readonly member: string; readonly nowMs: number },
): void {
  const members = new Map(tables.capMembers.get(axis))
  members.set(member, Math.max(nowMs, members.get(member) ?? nowMs))
  tables.capMembers.set(axis, members)
}

/** One question to be counted. */
export interface MemoryCharge {
  readonly axes: CapAxes
  readonly nowMs: number
  readonly counted: 'all' | 'official'
}

/** Counts one question. Nothing is ever dropped: what has aged is not counted when it is read. */
export function memoryCharge(tables: MemoryTables, { axes, nowMs, counted }: MemoryCharge): void {
  const names = axisNames(axes)
  const member = axes.subjectHandle
  addEvent(tables, names.official, nowMs)
  if (counted === 'official') return
  addEvent(tables, names.subject, nowMs)
  addMember(tables, names.distinct, { member, nowMs })
  addMember(tables, names.caseSubjects, { member, nowMs })
}
