import type { EntryPlace } from '../../log/index.ts'
import {
  type EmergencyCounts,
  type EmergencyRow,
  mostEmergenciesRead,
  type SafeguardAxes,
  type SafeguardReader,
  type Safeguards,
  type SafeguardTransaction,
  suspends,
} from '../../person/index.ts'
import { type MemoryTables, pairKey, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

function untilOf(tables: MemoryTables, of: string, nowMs: number): number | null {
  const ends = tables.secrecyOrders
    .filter(({ agreement, issuedAtMs, untilMs }) => {
      const isInForce = issuedAtMs <= nowMs && untilMs > nowMs
      return agreement === of && isInForce
    })
    .map(({ untilMs }) => untilMs)
  return ends.length === 0 ? null : Math.max(...ends)
}

function safeguardsOf(tables: MemoryTables, axes: SafeguardAxes, nowMs: number): Safeguards {
  const suspended = (official: string | undefined): boolean =>
    [...tables.emergencies.values()].some(
      (row) => row.consumer === axes.consumer && row.official === official && suspends(row, nowMs),
    )
  return {
    officialSuspended: suspended(axes.official),
    confirmingSuspended: suspended(axes.confirming),
    restricted: tables.restrictions.has(axes.subjectHandle),
    secrecyUntilMs: untilOf(tables, axes.agreement, nowMs),
  }
}

function listed(tables: MemoryTables): readonly EmergencyRow[] {
  const rows = [...tables.emergencies.values()].toReversed()
  const waits = ({ finding, confirmed }: EmergencyRow): boolean => finding === null && !confirmed
  return [...rows.filter(waits), ...rows.filter((row) => !waits(row))].slice(0, mostEmergenciesRead)
}

function countsOf({ emergencies }: MemoryTables): EmergencyCounts {
  const rows = [...emergencies.values()]
  const count = (holds: (row: EmergencyRow) => boolean): number => rows.filter(holds).length
  return {
    used: rows.length,
    confirmed: count(({ confirmed }) => confirmed),
    justified: count(({ finding }) => finding === 'justified'),
    unjustified: count(({ finding }) => finding === 'unjustified'),
  }
}

/** Reads of emergencies, restrictions and orders. */
export function memorySafeguardReader(tables: () => MemoryTables, call: PortCall): SafeguardReader {
  return {
    safeguards: (axes, nowMs) => call('safeguards', () => safeguardsOf(tables(), axes, nowMs)),
    emergency: (consumer, id) =>
      call('emergency', () => tables().emergencies.get(pairKey(consumer, id))),
    emergencies: () => call('emergencies', () => listed(tables())),
    emergencyCounts: () => call('emergencyCounts', () => countsOf(tables())),
    restriction: (handle) => call('restriction', () => tables().restrictions.get(handle)),
    secrecyUntil: (agreement, nowMs) =>
      call('secrecyUntil', () => untilOf(tables(), agreement, nowMs)),
    secrecyOrders: () => call('secrecyOrders', () => [...tables().secrecyOrders]),
  }
}

function isAt(one: EntryPlace, other: EntryPlace): boolean {
  return one.origin === other.origin && one.index === other.index
}

function countWithheld(draft: MemoryTables, agreement: string): number {
  const newest = draft.secrecyOrders.findLast((order) => order.agreement === agreement)
  if (newest === undefined) return 0
  const counted = { ...newest, withheld: newest.withheld + 1 }
  draft.secrecyOrders = draft.secrecyOrders.map((one) => (one === newest ? counted : one))
  return counted.withheld
}

/** Writes of them. */
export function memorySafeguardWrites(
  draft: MemoryTables,
  call: PortCall,
): Omit<SafeguardTransaction, keyof SafeguardReader> {
  return {
    saveEmergency: (row) =>
      call('saveEmergency', () => {
        const key = pairKey(row.consumer, row.exchangeId)
        requireNew(draft.emergencies.has(key), 'an emergency question')
        draft.emergencies.set(key, row)
      }),
    saveFinding: (consumer, id, finding) =>
      call('saveFinding', () => {
        const key = pairKey(consumer, id)
        const row = draft.emergencies.get(key)
        if (row !== undefined) draft.emergencies.set(key, { ...row, finding })
      }),
    saveRestriction: (row) =>
      call('saveRestriction', () => {
        requireNew(draft.restrictions.has(row.subjectHandle), 'a restriction')
        draft.restrictions.set(row.subjectHandle, row)
      }),
    liftRestriction: (handle) =>
      call('liftRestriction', () => void draft.restrictions.delete(handle)),
    saveSecrecyOrder: (row) => call('saveSecrecyOrder', () => void draft.secrecyOrders.push(row)),
    countWithheld: (agreement) => call('countWithheld', () => countWithheld(draft, agreement)),
    openSecrecyOrder: (place) =>
      call('openSecrecyOrder', () => {
        draft.secrecyOrders = draft.secrecyOrders.map((one) =>
          isAt(one.place, place) ? { ...one, opened: true } : one,
        )
      }),
  }
}
