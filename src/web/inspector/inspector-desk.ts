import type { GovernanceRecord } from '../../log/index.ts'
import type { DrawVerdict, Gap, ReconciliationReport } from '../../oversight/index.ts'
import type { PublicAgreement } from '../public/public-desk.ts'

/** One run of a reconciliation. */
export interface InspectedRun {
  readonly atMs: number
  /** In the inspector's own log; `null` where nothing was new. */
  readonly entry: number | null
  readonly report: Omit<ReconciliationReport, 'gaps'> | null
  /** Organisations that did not answer. */
  readonly away: readonly string[]
  /** Why nothing was reconciled. */
  readonly fault: { readonly code: string } | null
}

/** What the inspector's gateway has found by holding logs against each other. */
export interface InspectedReconciliation {
  readonly organisations: readonly string[]
  readonly everySeconds: number
  readonly windowSeconds: number
  /** The newest last. */
  readonly runs: readonly InspectedRun[]
  readonly gaps: readonly { readonly gap: Gap; readonly entry: number; readonly atMs: number }[]
}

/** A signal of one organisation, as its gateway opens it to the inspector. */
export interface InspectedSignal {
  readonly organisation: string
  readonly log: string
  readonly entry: number
  readonly kind: string
  /** On which side of the questions the organisation is that saw it: `provider` or `consumer`. */
  readonly side: string
  /** The organisation that asked. */
  readonly consumer: string
  /** Id of the agreement; `null` where it is about more than one. */
  readonly agreement: string | null
  /** Pseudonym of the official; `null` where it is about more than one. */
  readonly official: string | null
  readonly entryCount: number
  readonly entries: readonly { readonly log: string; readonly index: number }[]
  readonly fromMs: number
  readonly toMs: number
  readonly law: string
  readonly observed: number
  readonly expected: number
  readonly threshold: number
  readonly falseAlarmsPerYear: number
  readonly madeAtMs: number
  readonly verdict: string | null
}

/** A governance entry of a published log. */
export interface InspectedAct {
  readonly organisation: string
  readonly log: string
  readonly entry: number
  readonly record: GovernanceRecord
}

/** A draw of entries of one log, as the published log alone says it has come out. */
export interface InspectedDraw {
  readonly log: string
  /** Of its commitment. */
  readonly entry: number
  /** `null` where the log could not be read to its end just now. */
  readonly verdict: DrawVerdict | null
}

/** An agreement as the gateway of one of its parties says it stands: offers and what has ended as well. */
export interface InspectedAgreement extends PublicAgreement {
  readonly organisation: string
}

/**
 * What an inspector looks at: entry numbers, counts and public acts; nobody's name and no list of people. Each
 * rejects where a gateway cannot be reached.
 */
export interface InspectorDesk {
  reconciliation(): Promise<InspectedReconciliation>
  /** The newest first. */
  signals(): Promise<readonly InspectedSignal[]>
  /** The draws of all logs, each computed again. */
  draws(): Promise<readonly InspectedDraw[]>
  /** Of every gateway, so that an agreement stands here once for each of its parties. */
  agreements(): Promise<readonly InspectedAgreement[]>
  /** Governance entries of all logs whose kind begins with one of `kinds`, each log in its order. */
  acts(kinds: readonly string[]): Promise<readonly InspectedAct[]>
}
