import type { BenchTrust } from '../fixture/bench-trust.ts'
import type { AskTarget } from './ask-maker.ts'
import type { LookupTarget } from './lookup-maker.ts'

/** What a load process is started with. */
export type LoadTarget =
  | { readonly kind: 'gateway'; readonly port: number; readonly trust: BenchTrust }
  | { readonly kind: 'consumer'; readonly port: number; readonly target: AskTarget }
  | { readonly kind: 'rival'; readonly port: number; readonly target: LookupTarget }

/** One round of load: so many requests are made, then sent. */
export interface LoadOrder {
  readonly requests: number
  readonly connections: number
  readonly seconds: number
}

/** What one round of load saw, and what the check of its answers found. */
export interface RoundReport {
  readonly answered: number
  /** Answers with another status than 200. */
  readonly refused: number
  readonly seconds: number
  readonly latenciesMs: Float64Array
  /** Answers whose proofs were all checked. */
  readonly checked: number
  /** Codes of what was wrong with checked answers, one each. */
  readonly faults: readonly string[]
}

/** What the host sends: make the requests of an order, then, when told, send them. */
export type LoadRequest =
  { readonly type: 'make'; readonly order: LoadOrder } | { readonly type: 'send' }

/** What the load process answers. */
export type LoadReply =
  | { readonly type: 'ready' }
  | { readonly type: 'made' }
  | { readonly type: 'sent'; readonly report: RoundReport }
  | { readonly type: 'failed'; readonly reason: string }
