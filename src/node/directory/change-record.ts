import { readFile, rename, writeFile } from 'node:fs/promises'
import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import {
  type DirectoryKey,
  directoryKeyId,
  type DirectoryRecord,
  judgeDirectoryRecord,
  longestValidityMs,
  parseDirectoryRecord,
  ProtocolError,
  signDirectoryRecord,
} from '../../protocol/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { directoryLocksOf } from '../gateway-parts.ts'
import { NodeError } from '../node-error.ts'

/** What may be changed in a record; the rest follows. */
export type RecordChange = Partial<
  Pick<DirectoryRecord, 'name' | 'url' | 'postalAddress' | 'keys' | 'revoked'>
>

/** The own record in its file. */
export interface OwnRecordFile {
  readonly path: string
  readonly record: DirectoryRecord
}

/**
 * Reads the own record from its file.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export async function readOwnRecordFile({ config, at }: LoadedConfig): Promise<OwnRecordFile> {
  const file = config.directory?.record_file
  if (file === undefined)
    throw new NodeError(
      'CONFIG_INVALID',
      '"directory.record_file" is missing: this organisation has no directory record yet.',
    )
  const path = at(file)
  try {
    return { path, record: parseDirectoryRecord(new Uint8Array(await readFile(path))) }
  } catch (cause) {
    const reason = cause instanceof ProtocolError ? cause.message : 'it cannot be read'
    throw new NodeError('CONFIG_INVALID', `${path} is no directory record: ${reason}.`, { cause })
  }
}

/** The key of a record that an id names. @throws {@link NodeError} `CONFIG_INVALID` */
export function keyOfId(record: DirectoryRecord, id: string): DirectoryKey {
  const found = record.keys.find((key) => directoryKeyId(record.organisation, key) === id)
  if (found !== undefined) return found
  throw new NodeError(
    'CONFIG_INVALID',
    `The record has no key ${JSON.stringify(id)}; see "cloison key list".`,
  )
}

/** A record without a key, which it lists as revoked from now on. */
export function revoking(record: DirectoryRecord, key: DirectoryKey, nowMs: number): RecordChange {
  const { use, name, publicKey } = key
  const isMeant = (one: DirectoryKey): boolean => one.publicKey === publicKey
  return {
    keys: record.keys.filter((one) => !isMeant(one)),
    revoked: [...record.revoked, { use, name, publicKey, revokedAtMs: nowMs }],
  }
}

/** Looks at the root key before anything is made. @throws {@link NodeError} `KEY_FILE_INVALID` */
export function requireRootKey(
  { rootKey }: DirectoryRecord,
  rootSeed: Uint8Array,
  ed25519: Ed25519,
): void {
  if (encodeBase64(ed25519.publicKey(rootSeed)) === rootKey) return
  throw new NodeError('KEY_FILE_INVALID', 'That is not the root key that has signed the record.')
}

/** What signing a changed record needs. */
export interface SigningRoot {
  /** 32 bytes, secret. */
  readonly rootSeed: Uint8Array
  readonly nowMs: number
  readonly ed25519: Ed25519
}

/**
 * Signs the next version of the own record and puts it in place of the file, in one step. What peers
 * would refuse is not written.
 *
 * @throws {@link NodeError} `DIRECTORY_REFUSED`, `KEY_FILE_INVALID` for a key that is not the root's
 */
export async function writeNextRecord(
  loaded: LoadedConfig,
  change: RecordChange,
  { rootSeed, nowMs, ed25519 }: SigningRoot,
): Promise<DirectoryRecord> {
  const { path, record } = await readOwnRecordFile(loaded)
  const { signature: _signature, rootKey, ...before } = record
  requireRootKey(record, rootSeed, ed25519)
  const next = signDirectoryRecord(
    {
      ...before,
      ...change,
      version: record.version + 1,
      issuedAtMs: nowMs,
      validUntilMs: nowMs + longestValidityMs,
      recovery: null,
    },
    rootSeed,
    ed25519,
  )
  const bytes = canonicalBytes(next)
  const verdict = judgeDirectoryRecord(bytes, {
    organisation: record.organisation,
    rootKey,
    history: [{ record: { ...record, recovery: null }, acceptedAtMs: record.issuedAtMs }],
    othersKeys: new Set(),
    locks: directoryLocksOf(loaded.config),
    nowMs,
    ed25519,
    recovery: { rootKeyOf: () => undefined, inspectorKeysOf: () => [] },
  })
  if (verdict.state !== 'acceptable') {
    const reason = verdict.state === 'refused' ? `${verdict.code}: ${verdict.reason}` : 'no change'
    throw new NodeError('DIRECTORY_REFUSED', `Peers would not accept the next record: ${reason}.`)
  }
  await writeFile(`${path}.new`, bytes)
  await rename(`${path}.new`, path)
  return next
}
