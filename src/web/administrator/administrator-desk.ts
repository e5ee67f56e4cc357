import { type ProblemSentence, problemSentences } from '../../agreement/index.ts'
import {
  type DoctorSentence,
  doctorSentences,
  type GateSentence,
  gateSentences,
  type LinkSentence,
  linkSentences,
  type Said,
} from '../../sentences/index.ts'

/** One thing that doctor looked at: names settings, files and roles, never a record. */
export interface ShownCheck {
  readonly what: string
  readonly ok: boolean
  readonly found: Said<CheckSentence>
  /** What to do; `null` where nothing is to be done. */
  readonly fix: Said<CheckSentence> | null
}

/** Key of a sentence that a check may say: the doctor's own, those of the way to a peer, of an agreement's problems. */
export type CheckSentence = DoctorSentence | LinkSentence | ProblemSentence

/** Whether there is a message with this key, in every language, for why a gateway answers nothing. */
export function isGateSentence(id: unknown): id is GateSentence {
  return typeof id === 'string' && Object.hasOwn(gateSentences, id)
}

/** Whether there is a message with this key, in every language, for what a check says. */
export function isCheckSentence(id: unknown): id is CheckSentence {
  return (
    typeof id === 'string' &&
    [doctorSentences, linkSentences, problemSentences].some((table) => Object.hasOwn(table, id))
  )
}

/** What was found when everything was looked at, and when. */
export interface ShownExamination {
  readonly lookedAtMs: number
  readonly checks: readonly ShownCheck[]
}

/** A public key that is known here. */
export interface ListedKey {
  readonly use: string
  readonly name: string | null
  readonly keyId: string
  /** `configured` where no directory record says from when until when. */
  readonly state: 'current' | 'locked' | 'not-yet' | 'expired' | 'revoked' | 'configured'
  readonly notBeforeMs: number | null
  readonly notAfterMs: number | null
}

/** A peer with its keys. */
export interface ListedPeer {
  readonly organisation: string
  readonly url: string
  readonly from: 'record' | 'configuration'
  readonly keys: readonly ListedKey[]
}

/** Own public keys, and when the file of each secret one was written. */
export interface OwnKeys {
  readonly keys: readonly ListedKey[]
  readonly files: readonly { readonly setting: string; readonly writtenAtMs: number }[]
}

/** What lies on the gateway's disk. */
export interface ListedStorage {
  readonly stores: readonly { readonly setting: string; readonly bytes: number }[]
  readonly logs: readonly {
    readonly origin: string
    readonly size: number
    readonly closed: boolean
  }[]
  readonly freeBytes: number
  /** Why the log takes no new entry now; empty when it does. */
  readonly shutBy: readonly Said<GateSentence>[]
}

/** A job that runs as long as the gateway does. */
export interface ListedJob {
  readonly name: string
  readonly pauseMs: number
  readonly rounds: number
  readonly failures: number
  readonly lastMs: number | null
}

/** A public entry about something that an administrator did. */
export interface ListedAct {
  /** The entry's kind, such as `directory.accepted`. */
  readonly kind: string
  /** What it is about: a peer, a key, a log; `null` where the kind says all. */
  readonly name: string | null
  readonly atMs: number
  readonly log: string
  readonly entry: number
}

/** All that an administrator's pages ask of the gateway behind them: about the machine, nothing about a person. */
export interface AdministratorDesk {
  /**
   * What everything that the gateway needs was found to be, with `peer` also the way to that peer. The first look, and one
   * that is to be `fresh`, takes seconds.
   */
  doctor(wanted?: { readonly peer?: string; readonly fresh?: boolean }): Promise<ShownExamination>
  peers(): Promise<readonly ListedPeer[]>
  keys(): Promise<OwnKeys>
  storage(): Promise<ListedStorage>
  jobs(): Promise<readonly ListedJob[]>
  /** Entries of these kinds in the own log, the newest first. */
  acts(kinds: readonly string[]): Promise<readonly ListedAct[]>
}
