import type { DirectoryKey, KeyUse } from './directory-key.ts'
import type { DirectoryRecord } from './directory-record.ts'

/** A record with the time at which its entry was committed here. */
export interface AcceptedRecord {
  readonly record: DirectoryRecord
  /** Log time, milliseconds since the epoch. */
  readonly acceptedAtMs: number
}

/** How long new keys and new roots wait. */
export interface DirectoryLocks {
  readonly keyMs: number
  readonly rootMs: number
}

/** New keys wait a day, a new root two weeks. */
export const defaultDirectoryLocks: DirectoryLocks = {
  keyMs: 86_400_000,
  rootMs: 14 * 86_400_000,
}

/** How a key stands at a moment. */
export type KeyStanding =
  | { readonly state: 'current' }
  | { readonly state: 'locked' | 'not-yet'; readonly untilMs: number }
  | { readonly state: 'expired' | 'revoked' }

/** What counts of an organisation at a moment. */
export interface DirectoryStanding {
  readonly record: DirectoryRecord
  readonly keys: readonly { readonly key: DirectoryKey; readonly standing: KeyStanding }[]
  /** When any of this changes by itself; `undefined` when never. */
  readonly nextChangeMs: number | undefined
}

/** A record that begins with another root waits; every other counts at once. */
function effectiveAtMs(
  { record, acceptedAtMs }: AcceptedRecord,
  { rootMs }: DirectoryLocks,
): number {
  return record.recovery === null ? acceptedAtMs : acceptedAtMs + rootMs
}

/**
 * The records that ever counted, up to the newest that counts now. A recovery that the old root has
 * overtaken with a record of its own never counts: the old root was not lost.
 */
export function effectiveRecords(
  history: readonly AcceptedRecord[],
  locks: DirectoryLocks,
  nowMs: number,
): readonly AcceptedRecord[] {
  return history.filter((accepted, place) => {
    if (effectiveAtMs(accepted, locks) > nowMs) return false
    const { recovery } = accepted.record
    if (recovery === null) return true
    return !history
      .slice(place + 1)
      .some(({ record }) => record.rootKey === recovery.previousRootKey)
  })
}

const isSame = (one: DirectoryKey, other: DirectoryKey): boolean =>
  one.use === other.use && one.name === other.name && one.publicKey === other.publicKey

/** Since when the newest record's key has been known without a gap; `undefined` for one of the first record. */
function knownSinceMs(key: DirectoryKey, effective: readonly AcceptedRecord[]): number | undefined {
  const gap = effective.findLastIndex(({ record }) => !record.keys.some((one) => isSame(one, key)))
  return gap === -1 ? undefined : effective[gap + 1]?.acceptedAtMs
}

function keyStanding(
  key: DirectoryKey,
  effective: readonly AcceptedRecord[],
  { keyMs }: DirectoryLocks,
  nowMs: number,
): KeyStanding {
  const isRevoked = effective.some(({ record }) =>
    record.revoked.some(({ publicKey }) => publicKey === key.publicKey),
  )
  if (isRevoked) return { state: 'revoked' }
  const validUntilMs = effective.at(-1)?.record.validUntilMs ?? 0
  if (nowMs >= key.notAfterMs || nowMs >= validUntilMs) return { state: 'expired' }
  if (nowMs < key.notBeforeMs) return { state: 'not-yet', untilMs: key.notBeforeMs }
  const since = knownSinceMs(key, effective)
  if (since !== undefined && nowMs < since + keyMs)
    return { state: 'locked', untilMs: since + keyMs }
  return { state: 'current' }
}

function nextChange(
  history: readonly AcceptedRecord[],
  locks: DirectoryLocks,
  nowMs: number,
): number | undefined {
  const times = history.flatMap((accepted) => [
    effectiveAtMs(accepted, locks),
    accepted.acceptedAtMs + locks.keyMs,
    accepted.record.validUntilMs,
    ...accepted.record.keys.flatMap(({ notBeforeMs, notAfterMs }) => [notBeforeMs, notAfterMs]),
  ])
  const later = times.filter((time) => time > nowMs)
  return later.length === 0 ? undefined : Math.min(...later)
}

/**
 * What counts of an organisation at `nowMs`, from all its accepted records, oldest first. Pure: the
 * same history and moment, the same standing. `undefined` for an empty history.
 */
export function directoryStanding(
  history: readonly AcceptedRecord[],
  locks: DirectoryLocks,
  nowMs: number,
): DirectoryStanding | undefined {
  const effective = effectiveRecords(history, locks, nowMs)
  const newest = effective.at(-1)
  if (newest === undefined) return undefined
  const keys = newest.record.keys.map((key) => ({
    key,
    standing: keyStanding(key, effective, locks, nowMs),
  }))
  return { record: newest.record, keys, nextChangeMs: nextChange(history, locks, nowMs) }
}

/** The keys of a use that count, in the record's order. */
export function currentKeys(standing: DirectoryStanding, use: KeyUse): readonly DirectoryKey[] {
  return standing.keys
    .filter(({ key, standing: { state } }) => key.use === use && state === 'current')
    .map(({ key }) => key)
}
