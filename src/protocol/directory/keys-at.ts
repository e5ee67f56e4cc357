import type { KeyUse } from './directory-key.ts'
import {
  type AcceptedRecord,
  currentKeys,
  type DirectoryLocks,
  directoryStanding,
} from './directory-standing.ts'

/** A key that an organisation had. */
export interface PastKey {
  /** Base64. */
  readonly publicKey: string
  /** By any record of the history, whenever it came. */
  readonly isRevoked: boolean
}

/**
 * The keys of a use that counted at a moment, by the records that were accepted until then; for whoever looks at a signature
 * later. A key that was revoked since, or before, is told as revoked: with it anybody may have signed, whenever they say.
 */
export function keysAt(
  history: readonly AcceptedRecord[],
  {
    use,
    atMs,
    locks,
  }: { readonly use: KeyUse; readonly atMs: number; readonly locks: DirectoryLocks },
): readonly PastKey[] {
  const standing = directoryStanding(history, locks, atMs)
  const counting = standing === undefined ? [] : currentKeys(standing, use)
  const revoked = new Set(
    history.flatMap(({ record }) =>
      record.revoked.filter((one) => one.use === use).map(({ publicKey }) => publicKey),
    ),
  )
  const all = new Set([...counting.map(({ publicKey }) => publicKey), ...revoked])
  return [...all].map((publicKey) => ({ publicKey, isRevoked: revoked.has(publicKey) }))
}
