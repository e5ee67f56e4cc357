import { decodeBase64, encodeBase64 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { GovernanceIntent } from '../../person/index.ts'
import {
  directoryDigest,
  directoryKeyId,
  type DirectoryKey,
  type DirectoryRecord,
} from '../../protocol/index.ts'

/** Key ids of what one record lists and the other does not. */
function newIds(
  record: DirectoryRecord,
  list: (of: DirectoryRecord) => readonly Pick<DirectoryKey, 'use' | 'name' | 'publicKey'>[],
  before: DirectoryRecord | undefined,
): readonly string[] {
  const ids = (of: DirectoryRecord): readonly string[] =>
    list(of).map((key) => directoryKeyId(of.organisation, key))
  const known = new Set(before === undefined ? [] : ids(before))
  return ids(record).filter((id) => !known.has(id))
}

function kindOf({ recovery }: DirectoryRecord, own: boolean): string {
  if (recovery !== null) return 'directory.recovery'
  return own ? 'directory.published' : 'directory.accepted'
}

/**
 * The act by which a record counts: one entry, which names the record by its digest and says which
 * keys are new, gone and revoked. Nothing in it is secret or personal.
 */
export function directoryIntent({
  record,
  bytes,
  before,
  own,
}: {
  readonly record: DirectoryRecord
  readonly bytes: Uint8Array
  readonly before: DirectoryRecord | undefined
  readonly own: boolean
}): GovernanceIntent {
  const { organisation, version, url, rootKey, validUntilMs } = record
  const keys = (of: DirectoryRecord): DirectoryRecord['keys'] => of.keys
  return {
    type: 'governance',
    kind: kindOf(record, own),
    name: organisation,
    digest: encodeBase64(directoryDigest(record)),
    body: {
      version,
      url,
      root: encodeBase64(sha256(decodeBase64(rootKey))),
      validUntilMs,
      keysAdded: newIds(record, keys, before),
      keysDropped: before === undefined ? [] : newIds(before, keys, record),
      keysRevoked: newIds(record, ({ revoked }) => revoked, before),
    },
    agreement: undefined,
    directory: { organisation, version, record: bytes },
  }
}
