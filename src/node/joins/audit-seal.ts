import { readFileSync } from 'node:fs'
import { decodeBase64 } from '../../bytes/index.ts'
import { aesCtr, sodiumSealedBox } from '../../platform/index.ts'
import type { RunStepsDeps } from '../../population/index.ts'
import { NodeError } from '../node-error.ts'
import type { JoinFolders } from './join-orders.ts'

function readSeal(path: string): Uint8Array {
  try {
    const key = decodeBase64(readFileSync(path, 'utf8').trimEnd())
    if (key.length === 32) return key
  } catch {
    // Falls through to the same sentence: the reason would quote the key.
  }
  throw new NodeError(
    'KEY_FILE_INVALID',
    `The key file ${path} of "keys.audit_seal_file" must hold 32 bytes in base64, as "cloison identity seal-key" makes it.`,
  )
}

/**
 * What an inspector opens sealed tokens with, read anew for each audit so that no thread holds the key in between; `undefined`
 * where this organisation audits nothing.
 *
 * @throws {@link NodeError} `KEY_FILE_INVALID`, `CONFIG_INVALID` where libsodium is missing
 */
export function auditSeal({ sealPath }: JoinFolders): RunStepsDeps['audit'] {
  if (sealPath === undefined) return undefined
  const box = sodiumSealedBox()
  if (box === undefined)
    throw new NodeError(
      'CONFIG_INVALID',
      '"keys.audit_seal_file" needs libsodium, and sodium-native has no binary for this machine.',
    )
  readSeal(sealPath).fill(0)
  return {
    cipher: aesCtr,
    openSeal(sealed) {
      const key = readSeal(sealPath)
      try {
        return box.open(key, sealed)
      } finally {
        key.fill(0)
      }
    },
  }
}
