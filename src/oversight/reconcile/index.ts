export { formatBundleHeader, mostLineBytes, parseBundleHeader } from './bundle-header.ts'
export type { BundleHeader } from './bundle-header.ts'
export { hasExchanges, makeBundle } from './make-bundle.ts'
export type { BundleRange, BundleSource } from './make-bundle.ts'
export { openBundle } from './read-bundle.ts'
export type { BundleEntry, BundleTrust, OpenBundle } from './read-bundle.ts'
export type { ExchangeGroup } from './exchange-group.ts'
export type { ExchangeStep, StepRole } from './exchange-step.ts'
export { evidenceKinds, gapKinds } from './gap.ts'
export type { Gap, GapKind, GapStep, NamedEntry } from './gap.ts'
export { reconcile, usualToleranceMs, usualWindowMs } from './reconcile.ts'
export type { BundleReading, Reconciled, ReconcileOptions } from './reconcile.ts'
export { mostNamedGaps } from './reconciliation-report.ts'
export type {
  ReconciledPair,
  ReconciledSide,
  ReconciliationCounts,
  ReconciliationReport,
} from './reconciliation-report.ts'
export { ReconcileError, tamperingCodes } from './reconcile-error.ts'
export type { ReconcileErrorCode } from './reconcile-error.ts'
