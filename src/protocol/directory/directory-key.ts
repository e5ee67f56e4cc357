import * as z from 'zod'

import { decodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { gatewayKeyId } from '../gateway-key-id.ts'
import { base64Of, timeMs, visibleAscii } from '../messages/bounded-values.ts'
import type { OrganisationId } from '../organisation-id.ts'

/** What a key of a directory record is for. A key has one use. */
export type KeyUse =
  'gateway' | 'tls' | 'log' | 'witness' | 'dpo' | 'inspector' | 'case' | 'consent'

/** Every use. */
export const keyUses: readonly KeyUse[] = [
  'gateway',
  'tls',
  'log',
  'witness',
  'dpo',
  'inspector',
  'case',
  'consent',
]

/** Uses whose keys bear a name: a log's origin, a witness's name, the issuer of an agreement. */
export const namedUses: readonly KeyUse[] = ['log', 'witness', 'case', 'consent']

/** That an earlier key of the same use vouches for a new one. */
export type KeySuccession = {
  /** Key id of the earlier key. */
  readonly by: string
  /** Ed25519, base64 of 64 bytes. */
  readonly signature: string
}

/** A key as a directory record lists it. */
export type DirectoryKey = {
  readonly use: KeyUse
  /** Set for {@link namedUses}, otherwise null. */
  readonly name: string | null
  /** Base64 of 32 bytes: an Ed25519 public key; for `tls` the SHA-256 of the certificate's SubjectPublicKeyInfo. */
  readonly publicKey: string
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly succession: KeySuccession | null
}

/** A key that is never to be trusted again. */
export type RevokedKey = Pick<DirectoryKey, 'use' | 'name' | 'publicKey'> & {
  readonly revokedAtMs: number
}

const use = z.enum(['gateway', 'tls', 'log', 'witness', 'dpo', 'inspector', 'case', 'consent'])
const keyName = visibleAscii(200).regex(/^[^+"\\]+$/)

const named = {
  use,
  name: keyName.nullable(),
  publicKey: base64Of(32),
}

const isNamedRightly = ({ use, name }: { use: KeyUse; name: string | null }): boolean =>
  namedUses.includes(use) === (name !== null)

/** Accepts a {@link DirectoryKey}. */
export const directoryKeySchema: z.ZodType<DirectoryKey> = z
  .strictObject({
    ...named,
    notBeforeMs: timeMs,
    notAfterMs: timeMs,
    succession: z.strictObject({ by: visibleAscii(240), signature: base64Of(64) }).nullable(),
  })
  .refine(isNamedRightly, { path: ['name'] })
  .refine((key) => key.notBeforeMs < key.notAfterMs, { path: ['notAfterMs'] })
  .refine((key) => key.use !== 'tls' || key.succession === null, { path: ['succession'] })

/** Accepts a {@link RevokedKey}. */
export const revokedKeySchema: z.ZodType<RevokedKey> = z
  .strictObject({ ...named, revokedAtMs: timeMs })
  .refine(isNamedRightly, { path: ['name'] })

/**
 * How a key of an organisation is called: a gateway's as `keyid` of message signatures has it; a
 * log's and a witness's `<name>+<8 hex>`; the others' `<organisation>/<use>/<8 hex>`, with the first
 * four bytes of SHA-256 of the public key. A hint to find a key, never a proof.
 */
export function directoryKeyId(
  organisation: OrganisationId,
  { use, name, publicKey }: Pick<DirectoryKey, 'use' | 'name' | 'publicKey'>,
): string {
  const bytes = decodeBase64(publicKey)
  if (use === 'gateway') return gatewayKeyId(organisation, bytes)
  if (use === 'log' || use === 'witness') {
    const type = Uint8Array.of(use === 'log' ? 0x01 : 0x04)
    return `${name ?? ''}+${encodeHex(sha256(utf8(`${name ?? ''}\n`), type, bytes).subarray(0, 4))}`
  }
  return `${organisation}/${use}/${encodeHex(sha256(bytes).subarray(0, 4))}`
}
