import { writeFile } from 'node:fs/promises'
import { encodeBase64 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { certificatePin, makeCertificate } from '../../platform/index.ts'
import type { Clock, Randomness } from '../../ports/index.ts'
import {
  type DirectoryKey,
  type DirectoryLocks,
  type DirectoryRecord,
  signSuccession,
} from '../../protocol/index.ts'
import { makeKeyFile, readKeyFile } from '../key-file.ts'
import { NodeError } from '../node-error.ts'
import { keyFromNow } from './first-record.ts'

/** What a new key is to be. */
export interface KeyWish {
  readonly use: DirectoryKey['use']
  readonly name: string | null
  /** Where the secret goes; for `tls` the certificate, with the key in `<path>.key`. */
  readonly path: string
  /** File of an earlier key of the same use, which vouches for the new one. */
  readonly previousFile: string | undefined
}

/** What making it needs from outside. */
export interface KeyMaking {
  readonly clock: Clock
  readonly randomness: Randomness
  readonly ed25519: Ed25519
  readonly locks: DirectoryLocks
}

/** Beyond the wait of a new key: peers that were away hear of it within this time. */
const marginMs = 3_600_000

async function succeeding(
  record: DirectoryRecord,
  key: DirectoryKey,
  { previousFile }: KeyWish,
  ed25519: Ed25519,
): Promise<DirectoryKey> {
  const elders = record.keys.filter(({ use }) => use === key.use)
  if (elders.length === 0 || key.use === 'tls') return key
  if (previousFile === undefined)
    throw new NodeError(
      'CONFIG_INVALID',
      `An earlier "${key.use}" key must vouch for the new one; name its file with --previous, or revoke it first.`,
    )
  const seed = await readKeyFile(previousFile)
  const publicKey = encodeBase64(ed25519.publicKey(seed))
  const elder = elders.find((one) => one.publicKey === publicKey)
  if (elder === undefined)
    throw new NodeError(
      'KEY_FILE_INVALID',
      `The key in ${previousFile} is no "${key.use}" key of the record.`,
    )
  const { succession: _none, ...unsigned } = key
  return signSuccession(record.organisation, unsigned, { key: elder, seed }, ed25519)
}

async function makeTls(record: DirectoryRecord, path: string, making: KeyMaking): Promise<string> {
  const made = await makeCertificate(new URL(record.url).hostname, making)
  await writeFile(`${path}.key`, made.key, { flag: 'wx', mode: 0o600 })
  await writeFile(path, made.certificate, { flag: 'wx' })
  return certificatePin(made.certificate)
}

async function makeSecret(
  record: DirectoryRecord,
  { use, path }: KeyWish,
  making: KeyMaking,
): Promise<string> {
  try {
    if (use === 'tls') return await makeTls(record, path, making)
    const seed = await makeKeyFile(path, making.randomness)
    return encodeBase64(making.ed25519.publicKey(seed))
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
    throw new NodeError('CONFIG_INVALID', `${path} stands there already; name another file.`, {
      cause,
    })
  }
}

/**
 * Makes a key in a new file that only its owner may read, and gives it as the record will list it. A
 * gateway's key begins when peers have had time to unlock it.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`, `KEY_FILE_INVALID`
 */
export async function makeDirectoryKey(
  record: DirectoryRecord,
  wish: KeyWish,
  making: KeyMaking,
): Promise<DirectoryKey> {
  const { use, name } = wish
  const nowMs = making.clock.now()
  const waitMs = making.locks.keyMs + Math.min(marginMs, making.locks.keyMs)
  const probe = { ...keyFromNow({ use, name, publicKey: '' }, nowMs) }
  // Refused before anything is made.
  const isFirst = record.keys.every((key) => key.use !== use)
  if (!isFirst && use !== 'tls' && wish.previousFile === undefined)
    await succeeding(record, probe, wish, making.ed25519)
  const publicKey = await makeSecret(record, wish, making)
  const key = keyFromNow({ use, name, publicKey }, nowMs)
  const begin = use === 'gateway' && !isFirst ? nowMs + waitMs : nowMs
  return succeeding(record, { ...key, notBeforeMs: begin }, wish, making.ed25519)
}
