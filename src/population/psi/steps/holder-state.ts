import type { JoinPlan, Side } from '../plan/index.ts'
import type { Stopped } from './join-step.ts'

/** Messages that a holder makes, each once. */
export const holderMade = [
  'commit',
  'blinded',
  'ownList',
  'peerList',
  'remasked',
  'openings',
  'audited',
  'abort',
] as const
/** See {@link holderMade}. */
export type HolderMade = (typeof holderMade)[number]

/** Messages that a holder takes, in this order. */
export const holderTaken = ['commit', 'blinded', 'challenge', 'result', 'audit'] as const
/** See {@link holderTaken}. */
export type HolderTaken = (typeof holderTaken)[number]

/** What stands at one place of the own list. */
export interface Place {
  readonly isRow: boolean
  /** The identifier of a row; the scalar of a blank. */
  readonly content: Uint8Array
}

/** Own dummies, cell after cell, tau each. */
export interface Dummies {
  /** Scalars, packed: X25519(s, 9) stands in the own list. */
  readonly s: Uint8Array
  /** Scalars, packed, whose points stand nowhere else. */
  readonly unused: Uint8Array
  /** 1 where the appended point is the partner of s, 0 where it is that of the other. */
  readonly isUsed: Uint8Array
}

/** What nobody but the holder may see: destroyed when the audit is over. */
export interface HolderSecrets {
  /** k, 32 bytes. */
  readonly scalar: Uint8Array
  /** Of the salts of inputs, 32 bytes. */
  readonly saltKey: Uint8Array
  /** The own list, place by place. */
  readonly places: readonly Place[]
  readonly dummies: Dummies
  /** Where each place of the peer's list went; empty before M3. */
  readonly outputs: readonly number[]
}

/** A holder between two steps. Kept as a whole before anything that it has made is sent. */
export interface HolderState {
  readonly plan: JoinPlan
  readonly side: Side
  /** `undefined` once destroyed. */
  readonly secrets: HolderSecrets | undefined
  readonly made: Readonly<Partial<Record<HolderMade, Uint8Array>>>
  readonly taken: Readonly<Partial<Record<HolderTaken, Uint8Array>>>
  /** `undefined` while the plan goes on. */
  readonly stopped: Stopped | undefined
}

/** The message that the state waits for; `undefined` when there is none. */
export function holderWaitsFor(state: HolderState): HolderTaken | undefined {
  if (state.stopped !== undefined || state.secrets === undefined) return undefined
  return holderTaken.find((kind) => state.taken[kind] === undefined)
}
