import type { Ed25519 } from '../../crypto/index.ts'
import { certificateDays } from '../../platform/index.ts'
import {
  type DirectoryKey,
  type DirectoryRecord,
  longestValidityMs,
  type OrganisationId,
  signDirectoryRecord,
} from '../../protocol/index.ts'

const dayMs = 86_400_000
/** How long a key is good for unless somebody says otherwise: two years, officers and logs ten. */
export const keyDays: Readonly<Record<DirectoryKey['use'], number>> = {
  gateway: 730,
  tls: certificateDays,
  log: 3_650,
  witness: 3_650,
  dpo: 3_650,
  inspector: 3_650,
  case: 730,
  consent: 730,
}

/** What the first record of an organisation says. */
export interface FirstRecord {
  readonly organisation: OrganisationId
  readonly name: string
  readonly url: string
  readonly postalAddress: readonly string[]
  readonly keys: readonly Pick<DirectoryKey, 'use' | 'name' | 'publicKey'>[]
}

/** A key with the usual validity, from now on. */
export function keyFromNow(
  key: Pick<DirectoryKey, 'use' | 'name' | 'publicKey'>,
  nowMs: number,
): DirectoryKey {
  const notAfterMs = nowMs + keyDays[key.use] * dayMs
  return { ...key, notBeforeMs: nowMs, notAfterMs, succession: null }
}

/** An organisation's first directory record, signed by its root's seed; good for 400 days. */
export function firstRecord(
  first: FirstRecord,
  by: { readonly rootSeed: Uint8Array; readonly nowMs: number; readonly ed25519: Ed25519 },
): DirectoryRecord {
  const { organisation, name, url, postalAddress } = first
  const { nowMs, rootSeed, ed25519 } = by
  return signDirectoryRecord(
    {
      v: 1,
      organisation,
      name,
      version: 1,
      issuedAtMs: nowMs,
      validUntilMs: nowMs + longestValidityMs,
      url,
      postalAddress,
      keys: first.keys.map((key) => keyFromNow(key, nowMs)),
      revoked: [],
      recovery: null,
    },
    rootSeed,
    ed25519,
  )
}
