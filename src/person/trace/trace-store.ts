import type { EntryPlace } from '../../log/index.ts'
import type { DayCount, QuestionTrace } from './question-trace.ts'
import type { SignalDecision, SignalRow } from './signal-row.ts'

/** Most signals that one read returns. */
export const mostSignalsRead = 500

/** What is read about traces and the signals that came of them. */
export interface TraceReader {
  /** Traces before a place (the newest, if `undefined`), newest first, at most `most`. */
  tracesBefore(before: EntryPlace | undefined, most: number): Promise<readonly QuestionTrace[]>
  /** All day counts, by day, then side, consumer, agreement and official. */
  dayCounts(): Promise<readonly DayCount[]>
  /** Newest first, at most {@link mostSignalsRead}. */
  signals(): Promise<readonly SignalRow[]>
  signal(id: string): Promise<SignalRow | undefined>
  /** The newest signal about a topic. */
  signalAbout(topic: string): Promise<SignalRow | undefined>
}

/** What is written of them, in the transaction that holds the entry. */
export interface TraceTransaction extends TraceReader {
  saveTrace(trace: QuestionTrace): Promise<void>
  /** A count that is there stays as it is: a day is counted once. */
  saveDayCounts(counts: readonly DayCount[]): Promise<void>
  /** Drops traces made before `beforeMs`, and counts of days before `beforeDay`. */
  dropTraces(beforeMs: number, beforeDay: number): Promise<void>
  /** A second signal of one id is a fault. */
  saveSignal(row: Omit<SignalRow, 'decision'>): Promise<void>
  saveSignalDecision(id: string, decision: SignalDecision): Promise<void>
}
