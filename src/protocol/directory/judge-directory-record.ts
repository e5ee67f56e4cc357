import { encodeBase64 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { OrganisationId } from '../organisation-id.ts'
import { ProtocolError } from '../protocol-error.ts'
import type { DirectoryKey } from './directory-key.ts'
import { type DirectoryRecord, parseDirectoryRecord } from './directory-record.ts'
import { type AcceptedRecord, type DirectoryLocks, effectiveRecords } from './directory-standing.ts'
import { isRecoveryGood, type RecoveryVerifiers } from './root-recovery.ts'
import { directoryDigest, isSignedByItsRoot, isSuccessor } from './sign-directory.ts'

/** Why a directory record is not accepted. */
export type DirectoryRefusal =
  | 'RECORD_MALFORMED'
  | 'RECORD_SIGNATURE_INVALID'
  | 'RECORD_OF_ANOTHER'
  | 'ROOT_UNKNOWN'
  | 'RECOVERY_INVALID'
  | 'RECORD_ROLLED_BACK'
  | 'RECORD_FORKED'
  | 'VERSION_SKIPPED'
  | 'RECORD_NOT_VALID'
  | 'KEY_SHARED'
  | 'REVOCATION_WITHDRAWN'
  | 'SUCCESSION_MISSING'

/** What came of judging a record. */
export type DirectoryVerdict =
  /** Its entry may be written. */
  | { readonly state: 'acceptable'; readonly record: DirectoryRecord }
  /** It is the newest accepted one already. */
  | { readonly state: 'known'; readonly record: DirectoryRecord }
  | { readonly state: 'refused'; readonly code: DirectoryRefusal; readonly reason: string }

/** What a record is judged by. */
export interface DirectoryJudgement {
  readonly organisation: OrganisationId
  /** What the first record must be signed by, base64; who added the peer has compared it. */
  readonly rootKey: string
  /** Accepted records of this organisation, oldest first. */
  readonly history: readonly AcceptedRecord[]
  /** Public keys, base64, that other organisations use or have used, roots included. */
  readonly othersKeys: ReadonlySet<string>
  readonly locks: DirectoryLocks
  readonly nowMs: number
  readonly ed25519: Ed25519
  readonly recovery: Pick<RecoveryVerifiers, 'rootKeyOf' | 'inspectorKeysOf'>
}

/** A record may come from a clock that is five minutes ahead. */
const aheadMs = 300_000

/** A peer may miss records; who could jump to the last number would leave no room to recover. */
const mostSkipped = 1_000

type Refusal = readonly [code: DirectoryRefusal, reason: string]

/** The newest record that counts: a recovery that still waits is none. */
function countingRecord({
  history,
  locks,
  nowMs,
}: DirectoryJudgement): DirectoryRecord | undefined {
  return effectiveRecords(history, locks, nowMs).at(-1)?.record
}

function rootRefusal(record: DirectoryRecord, by: DirectoryJudgement): Refusal | undefined {
  const expected = countingRecord(by)?.rootKey ?? by.rootKey
  if (record.recovery === null) {
    if (record.rootKey === expected) return undefined
    return ['ROOT_UNKNOWN', 'it is signed by another root key than the one that was accepted']
  }
  const { organisation, rootKey, version, recovery } = record
  const { previousRootKey } = recovery
  if (previousRootKey !== expected || rootKey === expected)
    return ['RECOVERY_INVALID', 'it does not replace the root key that was accepted']
  const subject = { organisation, previousRootKey, rootKey, version }
  const isGood = isRecoveryGood(subject, recovery, { ...by.recovery, ed25519: by.ed25519 })
  if (isGood) return undefined
  return [
    'RECOVERY_INVALID',
    'two other organisations and an inspector must vouch for the new root',
  ]
}

function versionRefusal(record: DirectoryRecord, by: DirectoryJudgement): Refusal | undefined {
  const newest = by.history.at(-1)?.record
  if (newest === undefined) return undefined
  if (record.version > newest.version + mostSkipped)
    return [
      'VERSION_SKIPPED',
      `version ${record.version} is more than ${mostSkipped} above the accepted one`,
    ]
  if (record.version > newest.version) return undefined
  if (record.version < newest.version)
    return [
      'RECORD_ROLLED_BACK',
      `version ${record.version} is older than the accepted ${newest.version}`,
    ]
  return ['RECORD_FORKED', `another record of version ${record.version} was accepted`]
}

function validityRefusal(
  { issuedAtMs, validUntilMs }: DirectoryRecord,
  { nowMs }: DirectoryJudgement,
): Refusal | undefined {
  if (issuedAtMs > nowMs + aheadMs) return ['RECORD_NOT_VALID', 'it was issued in the future']
  if (validUntilMs <= nowMs) return ['RECORD_NOT_VALID', 'its validity has ended']
  return undefined
}

function sharingRefusal(
  record: DirectoryRecord,
  { othersKeys }: DirectoryJudgement,
): Refusal | undefined {
  const own = [record.rootKey, ...record.keys.map(({ publicKey }) => publicKey)]
  if (!own.some((key) => othersKeys.has(key))) return undefined
  return ['KEY_SHARED', 'it has a key of another organisation']
}

function revocationRefusal(record: DirectoryRecord, by: DirectoryJudgement): Refusal | undefined {
  const before = countingRecord(by)?.revoked ?? []
  const kept = new Set(record.revoked.map(({ publicKey }) => publicKey))
  if (before.every(({ publicKey }) => kept.has(publicKey))) return undefined
  return ['REVOCATION_WITHDRAWN', 'a key that was revoked is not listed as revoked any more']
}

/** A key that is new needs the word of one that was there, unless all of that use are revoked or there was none. */
function isVouchedFor(
  key: DirectoryKey,
  record: DirectoryRecord,
  before: DirectoryRecord,
  ed25519: Ed25519,
): boolean {
  if (key.use === 'tls') return true
  const revoked = new Set(record.revoked.map(({ publicKey }) => publicKey))
  const elders = before.keys.filter(
    ({ use, publicKey }) => use === key.use && !revoked.has(publicKey),
  )
  const isKnown = before.keys.some(
    ({ use, name, publicKey }) =>
      use === key.use && publicKey === key.publicKey && (name === key.name || use === 'log'),
  )
  if (isKnown || elders.length === 0) return true
  return elders.some((elder) => isSuccessor(record.organisation, key, elder, ed25519))
}

function successionRefusal(record: DirectoryRecord, by: DirectoryJudgement): Refusal | undefined {
  const before = countingRecord(by)
  if (before === undefined || record.recovery !== null) return undefined
  if (record.keys.every((key) => isVouchedFor(key, record, before, by.ed25519))) return undefined
  return ['SUCCESSION_MISSING', 'a new key is not signed by an earlier key of the same use']
}

/** In this order: whose record it is, whether it may follow, then what is in it. */
const rules = [
  rootRefusal,
  versionRefusal,
  validityRefusal,
  sharingRefusal,
  revocationRefusal,
  successionRefusal,
] as const

function refused([code, reason]: Refusal): DirectoryVerdict {
  return { state: 'refused', code, reason }
}

function isKnownRecord(record: DirectoryRecord, { history }: DirectoryJudgement): boolean {
  const newest = history.at(-1)?.record
  return (
    newest !== undefined &&
    encodeBase64(directoryDigest(newest)) === encodeBase64(directoryDigest(record))
  )
}

function read(bytes: Uint8Array): DirectoryRecord | Refusal {
  try {
    return parseDirectoryRecord(bytes)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    return ['RECORD_MALFORMED', cause.message]
  }
}

function isRefusal(value: DirectoryRecord | Refusal): value is Refusal {
  return Array.isArray(value)
}

/**
 * Judges the bytes of a record against everything that was accepted before. Pure. Nothing in a
 * refused record counts, its revocations included.
 */
export function judgeDirectoryRecord(bytes: Uint8Array, by: DirectoryJudgement): DirectoryVerdict {
  const record = read(bytes)
  if (isRefusal(record)) return refused(record)
  if (record.organisation !== by.organisation)
    return refused(['RECORD_OF_ANOTHER', 'it is the record of another organisation'])
  if (!isSignedByItsRoot(record, by.ed25519))
    return refused(['RECORD_SIGNATURE_INVALID', 'its root key has not signed it'])
  if (isKnownRecord(record, by)) return { state: 'known', record }
  for (const rule of rules) {
    const refusal = rule(record, by)
    if (refusal !== undefined) return refused(refusal)
  }
  return { state: 'acceptable', record }
}
