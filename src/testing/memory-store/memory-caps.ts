import { capWindows, type CountedUse, hourOf, mostBounds } from '../../agreement/index.ts'
import type { CapAxes } from '../../person/index.ts'
import type { MemoryTables } from './memory-tables.ts'

/** One question that was counted. */
export interface MemoryCharge {
  readonly axes: CapAxes
  readonly nowMs: number
  readonly counted: 'all' | 'official'
}

function subjectsOf(charges: readonly MemoryCharge[]): ReadonlySet<string> {
  return new Set(charges.map(({ axes }) => axes.subjectHandle))
}

/** Everything that was ever charged, counted one by one: what the other drivers must agree with. */
export function memoryCapUse(tables: MemoryTables, axes: CapAxes, nowMs: number): CountedUse {
  const since =
    (hours: number) =>
    (charge: MemoryCharge): boolean =>
      hourOf(charge.nowMs) >= hourOf(nowMs) - hours
  const ofConsumer = tables.capCharges.filter((one) => one.axes.consumer === axes.consumer)
  const whole = ofConsumer.filter(({ counted }) => counted === 'all')
  const scope = whole.filter((one) => one.axes.agreement === axes.agreement)
  const ofSubject = whole.filter((one) => one.axes.subjectHandle === axes.subjectHandle)
  const inCase = subjectsOf(scope.filter((one) => one.axes.caseHandle === axes.caseHandle))
  const month = scope.filter(since(capWindows.monthHours))
  const emergencies = ofConsumer
    .filter(since(capWindows.monthHours))
    .filter((one) => one.axes.emergency)
  const distinct = (charges: readonly MemoryCharge[], hours: number): number =>
    new Set([...subjectsOf(charges.filter(since(hours))), axes.subjectHandle]).size
  return {
    capUse: {
      officialToday: ofConsumer
        .filter(since(capWindows.dayHours))
        .filter((one) => one.axes.official === axes.official).length,
      caseSubjects: inCase.size,
      caseHasSubject: inCase.has(axes.subjectHandle),
      caseLocatingTries: ofSubject.filter(
        (one) => one.axes.locating && one.axes.caseHandle === axes.caseHandle,
      ).length,
      distinctSubjects30d: subjectsOf(month).size,
      subjectCountedAlready: subjectsOf(month).has(axes.subjectHandle),
      subject30d: month.filter((one) => one.axes.subjectHandle === axes.subjectHandle).length,
      emergencyOfficial30d: emergencies.filter((one) => one.axes.official === axes.official).length,
      emergencyAgreement30d: emergencies.filter((one) => one.axes.agreement === axes.agreement)
        .length,
    },
    ceilings: {
      agreementSubjects30Days: distinct(scope, capWindows.monthHours),
      agreementSubjectsYear: distinct(scope, capWindows.yearHours),
      consumerSubjects30Days: distinct(whole, capWindows.monthHours),
      consumerSubjectsYear: distinct(whole, capWindows.yearHours),
      thresholdsPerSubject: mostBounds(
        ofSubject.filter(since(capWindows.yearHours)).flatMap((one) => one.axes.bounds),
        axes.bounds,
      ),
    },
  }
}

/** Counts one question. Nothing is ever dropped: what has aged is not counted when it is read. */
export function memoryCharge(tables: MemoryTables, charge: MemoryCharge): void {
  tables.capCharges.push(charge)
}

/** Entries of denials that a consumer has caused in a day of log time. */
export function memoryDenials(tables: MemoryTables, consumer: string, nowMs: number): number {
  const from = hourOf(nowMs) - capWindows.dayHours
  return tables.denials.filter((one) => one.consumer === consumer && hourOf(one.atMs) >= from)
    .length
}
