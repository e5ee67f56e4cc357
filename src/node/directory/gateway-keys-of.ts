import { decodeBase64 } from '../../bytes/index.ts'
import type { SignerKey } from '../../population/index.ts'
import {
  type AcceptedRecord,
  type DirectoryLocks,
  gatewayKeyId,
  keysAt,
  parseOrganisationId,
} from '../../protocol/index.ts'

/** No lock holds for oneself. */
export const noLocks: DirectoryLocks = { keyMs: 0, rootMs: 0 }

/** The gateway keys that an organisation's accepted records had at a moment, by key id. */
export function gatewayKeysOf(
  organisation: string,
  history: readonly AcceptedRecord[],
  at: { readonly atMs: number; readonly locks: DirectoryLocks },
): ReadonlyMap<string, SignerKey> {
  return new Map(
    keysAt(history, { use: 'gateway', ...at }).map(({ publicKey: text, isRevoked }) => {
      const publicKey = decodeBase64(text)
      return [gatewayKeyId(parseOrganisationId(organisation), publicKey), { publicKey, isRevoked }]
    }),
  )
}
