import type { MaskedRows } from '../../../crypto/index.ts'
import type { Randomness } from '../../../ports/index.ts'
import type { JoinPlan, Side } from '../plan/index.ts'
import type { Stopped } from './join-step.ts'
import { hasMember } from './read-each.ts'

/** Messages that a holder makes, each once. */
export const holderMade = [
  'commit',
  'blinded',
  'ownList',
  'peerList',
  'remasked',
  'openings',
  'evidence',
  'audited',
  'abort',
] as const
/** See {@link holderMade}. */
export type HolderMade = (typeof holderMade)[number]

/** Messages that a holder takes, in this order; an opening may be left out. */
export const holderTaken = ['commit', 'blinded', 'challenge', 'result', 'opening', 'audit'] as const
/** See {@link holderTaken}. */
export type HolderTaken = (typeof holderTaken)[number]

/** Own dummies, cell after cell, tau each. */
export interface Dummies {
  /** Scalars, packed: X25519(s, 9) stands in the own list. */
  readonly s: Uint8Array
  /** Scalars, packed, whose points stand nowhere else. */
  readonly unused: Uint8Array
  /** 1 where the appended point is the partner of s, 0 where it is that of the other. */
  readonly isUsed: Uint8Array
}

/** What nobody but the holder may see: destroyed when the audit is over. It has no identifier in it. */
export interface HolderSecrets extends HolderKeys {
  /** Of the own rows what an audit needs. */
  readonly rows: Pick<MaskedRows, 'leaves' | 'slots' | 'stride' | 'sealKey'>
  /** Scalars of the blanks, packed, in the order of their numbers. */
  readonly blanks: Uint8Array
  /** The number of the row or blank at each place of the own list: rows from 0 on, then blanks. */
  readonly order: Uint32Array
  readonly dummies: Dummies
  /** Where each place of the peer's list went; empty before M3. */
  readonly outputs: Uint32Array
}

/** A holder's secrets of one plan that its register's process needs as well. */
export interface HolderKeys {
  /** k, 32 bytes. */
  readonly scalar: Uint8Array
  /** Of the salts of inputs, 32 bytes. */
  readonly saltKey: Uint8Array
}

/** Fresh secrets for one plan, made before the register is read. */
export function holderKeys(randomness: Randomness): HolderKeys {
  return { scalar: randomness.bytes(32), saltKey: randomness.bytes(32) }
}

/** A holder between two steps. Kept as a whole before anything that it has made is sent. Lists may be read where they are named. */
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
  return holderTaken.find((kind) => kind !== 'opening' && !hasMember(state.taken, kind))
}
