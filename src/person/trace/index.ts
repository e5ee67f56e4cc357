export { prepareSignalDecision, prepareSignals, quietAfterDecisionMs } from './commit-signals.ts'
export { neighbourDigests, neighbourWidths } from './neighbour-digests.ts'
export { countDays, dayOf, traceDays } from './question-trace.ts'
export type { DayCount, QuestionTrace, TraceFacts, TraceSide } from './question-trace.ts'
export type {
  DecideSignalIntent,
  RaisedSignal,
  SignalDecided,
  SignalsCommitted,
  SignalsIntent,
} from './signal-intents.ts'
export { signalVerdicts } from './signal-row.ts'
export type { SignalDecision, SignalRow, SignalVerdict } from './signal-row.ts'
export { mostSignalsRead } from './trace-store.ts'
export type { TraceReader, TraceTransaction } from './trace-store.ts'
