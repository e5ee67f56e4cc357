import type { EntryPlace } from '../../log/index.ts'
import {
  type DayCount,
  mostSignalsRead,
  type QuestionTrace,
  type TraceReader,
  type TraceTransaction,
} from '../../person/index.ts'
import { type MemoryTables, requireNew } from './memory-tables.ts'

/*
 * None of these is a place for a fault of its own: each stands in a transaction between others that
 * are, and what a crash here would leave is what a crash there leaves.
 */

function keyOf({ day, side, consumer, agreement, official }: DayCount): string {
  return [String(day).padStart(9, '0'), side, consumer, agreement, official].join(' ')
}

function isBefore(tables: MemoryTables, one: EntryPlace, other: EntryPlace): boolean {
  const logs = [...tables.closed.map(({ origin }) => origin), tables.origin]
  const [a, b] = [logs.indexOf(one.origin), logs.indexOf(other.origin)]
  return a === b ? one.index < other.index : a < b
}

/** Reads of traces and signals. */
export function memoryTraceReader(tables: () => MemoryTables): TraceReader {
  const within = (before: EntryPlace | undefined, { place }: QuestionTrace): boolean =>
    before === undefined || isBefore(tables(), place, before)
  return {
    tracesBefore: async (before, most) =>
      tables()
        .traces.toReversed()
        .filter((trace) => within(before, trace))
        .slice(0, most),
    dayCounts: async () => {
      const byKey = [...tables().dayCounts].toSorted(([one], [other]) => (one < other ? -1 : 1))
      return byKey.map(([, count]) => count)
    },
    signals: async () => tables().signals.toReversed().slice(0, mostSignalsRead),
    signal: async (id) => tables().signals.find((row) => row.id === id),
    signalAbout: async (topic) => tables().signals.findLast((row) => row.topic === topic),
  }
}

/** Writes of them. */
export function memoryTraceWrites(draft: MemoryTables): Omit<TraceTransaction, keyof TraceReader> {
  return {
    saveTrace: async (trace) => void draft.traces.push(trace),
    saveDayCounts: async (counts) => {
      for (const count of counts)
        if (!draft.dayCounts.has(keyOf(count))) draft.dayCounts.set(keyOf(count), count)
    },
    dropTraces: async (beforeMs, beforeDay) => {
      draft.traces = draft.traces.filter(({ atMs }) => atMs >= beforeMs)
      for (const [key, { day }] of draft.dayCounts) if (day < beforeDay) draft.dayCounts.delete(key)
    },
    saveSignal: async (row) => {
      requireNew(
        draft.signals.some(({ id }) => id === row.id),
        'a signal',
      )
      draft.signals.push({ ...row, decision: undefined })
    },
    saveSignalDecision: async (id, decision) => {
      draft.signals = draft.signals.map((row) => (row.id === id ? { ...row, decision } : row))
    },
  }
}
