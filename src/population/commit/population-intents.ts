import type { LoggedEntry } from '../../protocol/index.ts'
import type { Budget, BudgetProblem, BudgetSpent, Cost } from '../ledger/index.ts'
import type { JoinCommitted, JoinIntent } from './join-intents.ts'
import type { RefusalCode } from '../query/index.ts'

/** Who asks what, as every entry about it says. */
export interface PopulationParties {
  /** 16 bytes, base64url: names the exchange. */
  readonly exchangeId: string
  /** The organisation that asks. */
  readonly consumer: string
  readonly agreement: { readonly id: string; readonly version: number; readonly digest: string }
  readonly purpose: string
  readonly legalBasis: string
  /** The elements that the query uses, sorted. */
  readonly elements: readonly string[]
  readonly analyst: string
  /** Digest of the canonical query, base64. */
  readonly query: string
}

/** The same where there may be no agreement: of an inspector's entries. */
export type EntryParties = Omit<PopulationParties, 'agreement' | 'purpose' | 'legalBasis'> & {
  readonly [Name in 'agreement' | 'purpose' | 'legalBasis']: PopulationParties[Name] | null
}

/** Reserves what a query costs, before any row is read. */
export interface ReserveIntent {
  readonly type: 'population-reserve'
  readonly parties: PopulationParties
  readonly population: string
  readonly snapshot: string
  readonly cost: Cost
  /** What the agreement allows in a year, in millionths of epsilon. */
  readonly agreed: number
}

/** The reservation is durable, or was before, or there is too little left. */
export type ReserveCommitted =
  | {
      readonly type: 'population-reserve'
      /** `held`: an earlier one of the same query and snapshot, charged once. */
      readonly state: 'reserved' | 'held'
      readonly spentBefore: number
      readonly spentAfter: number
    }
  /** The release that there is already: nothing was charged. */
  | {
      readonly type: 'population-reserve'
      readonly state: 'released'
      readonly release: Uint8Array
    }
  | {
      readonly type: 'population-reserve'
      readonly state: 'refused'
      readonly code: RefusalCode
      /** Which account is short; only of `BUDGET_SPENT`. */
      readonly spent: BudgetSpent | undefined
      readonly entry: LoggedEntry
    }

/** Makes a release durable, before it leaves. */
export interface ReleaseIntent {
  readonly type: 'population-release'
  readonly parties: PopulationParties
  readonly snapshot: string
  /** Canonical bytes; `undefined` to hand on the release that there is. */
  readonly release: Uint8Array | undefined
}

/**
 * What leaves is durable, with the entry of this exchange: the release that was made now, or the one that another
 * exchange made before.
 */
export interface ReleaseCommitted {
  readonly type: 'population-release'
  readonly release: Uint8Array
  readonly entry: LoggedEntry
}

/** A refusal of somebody known. */
export interface RefuseIntent {
  readonly type: 'population-refuse'
  readonly parties: PopulationParties
  readonly code: RefusalCode
}

/** The refusal is durable. */
export interface RefuseCommitted {
  readonly type: 'population-refuse'
  readonly entry: LoggedEntry
}

/** What a provider said to an own question, checked: written before it goes to the analyst. */
export interface ReceivedAnalysisIntent {
  readonly type: 'population-received'
  readonly parties: PopulationParties
  readonly provider: string
  /** `null` for a release. */
  readonly code: string | null
  /** Digest of the release, base64; `null` of a refusal. */
  readonly resultDigest: string | null
  /** Commitment of the provider's entry, base64. */
  readonly peer: string
  /** Canonical bytes. */
  readonly query: Uint8Array
  /** Canonical bytes of the provider's answer. */
  readonly answer: Uint8Array
}

/** What was received is durable. */
export interface ReceivedAnalysisCommitted {
  readonly type: 'population-received'
  /** `known`: an outcome of this exchange was received before, and is the one that counts. */
  readonly state: 'new' | 'known'
  readonly answer: Uint8Array
}

/** Opens a year of a population. */
export interface OpenBudgetIntent {
  readonly type: 'budget-open'
  readonly population: string
  readonly budget: Budget
  /** Whether the log's origin is a demo's. */
  readonly demo: boolean
}

/** The year is open, or why it is not. */
export type OpenBudgetCommitted =
  | { readonly type: 'budget-open'; readonly state: 'opened'; readonly index: number }
  | { readonly type: 'budget-open'; readonly state: 'refused'; readonly problem: BudgetProblem }

/** All that can be committed for population questions. */
export type PopulationIntent =
  | ReserveIntent
  | ReleaseIntent
  | RefuseIntent
  | ReceivedAnalysisIntent
  | OpenBudgetIntent
  | JoinIntent

/** The result that belongs to each kind of intent. */
export type PopulationCommitted =
  | ReserveCommitted
  | ReleaseCommitted
  | RefuseCommitted
  | ReceivedAnalysisCommitted
  | OpenBudgetCommitted
  | JoinCommitted

/** Every kind of {@link PopulationIntent}. */
export const populationIntentTypes: ReadonlySet<string> = new Set<PopulationIntent['type']>([
  'population-reserve',
  'population-release',
  'population-refuse',
  'population-received',
  'budget-open',
  'join-begin',
  'join-message',
  'join-settle',
  'join-end',
  'join-refuse',
])
