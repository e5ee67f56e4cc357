import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Ed25519 } from '../../crypto/index.ts'
import type { DirectoryRow } from '../../person/index.ts'
import { systemClock } from '../../platform/index.ts'
import { parseDirectoryRecord, ProtocolError } from '../../protocol/index.ts'
import { openStateReader } from '../../storage/sqlite/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { directoryLocksOf } from '../gateway-parts.ts'
import { NodeError } from '../node-error.ts'
import { publicKeyBytes } from '../peer.ts'
import { isRecordPeer } from '../peer-config.ts'
import { DirectoryBook, type PendingRecord } from './directory-book.ts'

/** The book with what the configuration's files bring along. */
export interface OpenDirectory {
  readonly book: DirectoryBook
  /** To be made entries once the log is alive. */
  readonly pending: readonly PendingRecord[]
}

async function readRecordFile(path: string, setting: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new NodeError('CONFIG_INVALID', `The file ${path} of "${setting}" cannot be read.`, {
      cause,
    })
  }
}

/**
 * The own record as it stands in its file, signed by whatever root it names: the file is the
 * organisation's own. `undefined` where none is configured.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export async function readOwnRecord({
  config,
  at,
}: LoadedConfig): Promise<PendingRecord | undefined> {
  const file = config.directory?.record_file
  if (file === undefined) return undefined
  const bytes = await readRecordFile(at(file), 'directory.record_file')
  try {
    const { rootKey } = parseDirectoryRecord(bytes)
    return { organisation: config.org.id, rootKey, bytes }
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new NodeError(
      'CONFIG_INVALID',
      `The file ${at(file)} of "directory.record_file" is no directory record: ${cause.message}.`,
      { cause },
    )
  }
}

async function readPeerRecords({ config, at }: LoadedConfig): Promise<readonly PendingRecord[]> {
  const records = config.peers.filter(isRecordPeer).map(async ({ id, root_key, record_file }) => {
    publicKeyBytes(root_key, `"root_key" of peer "${id}"`)
    const bytes = await readRecordFile(at(record_file), `record_file of peer ${id}`)
    return { organisation: id, rootKey: root_key, bytes }
  })
  return Promise.all(records)
}

/**
 * Where no record is configured, none was accepted, and the store is left alone: even a reader leaves
 * files beside it. Where there is no store, the gateway does not start, for another reason.
 */
async function readRows({ config, at }: LoadedConfig): Promise<readonly DirectoryRow[]> {
  const store = at(config.store.path)
  const hasRecords = config.directory?.record_file !== undefined || config.peers.some(isRecordPeer)
  if (!hasRecords || !existsSync(store)) return []
  using reader = openStateReader(store)
  return await reader.directoryRecords()
}

/**
 * Reads the accepted records from the store and the files of the configuration, and judges the
 * latter. Writes nothing.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`, `DIRECTORY_REFUSED`
 */
export async function openDirectory(
  loaded: LoadedConfig,
  ed25519: Ed25519,
): Promise<OpenDirectory> {
  const { config } = loaded
  const rows = await readRows(loaded)
  const locks = directoryLocksOf(config)
  const book = new DirectoryBook({ config, locks, clock: systemClock, ed25519, rows })
  const own = await readOwnRecord(loaded)
  const pending = [...(own === undefined ? [] : [own]), ...(await readPeerRecords(loaded))]
  return { book, pending }
}
