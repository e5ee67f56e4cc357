import * as z from 'zod'

import { base64Of, lineText, timeMs } from '../messages/bounded-values.ts'
import { readMessage } from '../messages/read-message.ts'
import { type OrganisationId, organisationIdSchema } from '../organisation-id.ts'
import {
  type DirectoryKey,
  directoryKeySchema,
  type RevokedKey,
  revokedKeySchema,
} from './directory-key.ts'
import { type RootRecovery, rootRecoverySchema } from './root-recovery.ts'

/**
 * What an organisation says about itself, signed by its offline root key: where its gateway is, and
 * which keys it uses for what. Public. Its bytes are canonical JSON.
 */
export type DirectoryRecord = {
  readonly v: 1
  readonly organisation: OrganisationId
  /** For people. */
  readonly name: string
  /** Counts up from 1; a lower one than the accepted one is refused. */
  readonly version: number
  readonly issuedAtMs: number
  /** At most {@link longestValidityMs} after `issuedAtMs`; afterwards none of its keys counts. */
  readonly validUntilMs: number
  /** Where peers reach the gateway: https, or http on this machine. No slash at the end. */
  readonly url: string
  /** Where a person writes for an accounting of disclosures: 1 to 8 lines. */
  readonly postalAddress: readonly string[]
  /** Base64 of 32 bytes. Signs this record and nothing else. */
  readonly rootKey: string
  readonly keys: readonly DirectoryKey[]
  readonly revoked: readonly RevokedKey[]
  /** Set in the one record that begins with another root. */
  readonly recovery: RootRecovery | null
  /** By the root key, base64 of 64 bytes. */
  readonly signature: string
}

/** A record may be valid for 400 days. */
export const longestValidityMs: number = 400 * 86_400_000

/** Names under which this machine alone is reached (RFC 6761, 6.3; RFC 1122, 3.2.1.3). */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[a-z0-9-]+\.)*localhost)$/.test(hostname)
}

/** An address without path that a gateway may have: https anywhere, http on this machine alone. */
export function isGatewayUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, origin } = new URL(text)
  return (
    origin === text && (protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname)))
  )
}

const identity = ({ use, name, publicKey }: Omit<RevokedKey, 'revokedAtMs'>): string =>
  `${use} ${name ?? ''} ${publicKey}`

/** One key, one use. A log's key may go on under the origin of its next log. */
function sharedKey({
  rootKey,
  keys,
  revoked,
}: Pick<DirectoryRecord, 'rootKey' | 'keys' | 'revoked'>): boolean {
  const uses = new Map([[rootKey, 'root']])
  const seen = new Set<string>()
  for (const key of [...keys, ...revoked]) {
    if ((uses.get(key.publicKey) ?? key.use) !== key.use || seen.has(identity(key))) return true
    if (key.use !== 'log' && uses.has(key.publicKey)) return true
    uses.set(key.publicKey, key.use)
    seen.add(identity(key))
  }
  return false
}

const shape = z.strictObject({
  v: z.literal(1),
  organisation: organisationIdSchema,
  name: lineText(200),
  version: z.int().min(1),
  issuedAtMs: timeMs,
  validUntilMs: timeMs,
  url: z.string().max(300).refine(isGatewayUrl),
  postalAddress: z.array(lineText(100)).min(1).max(8),
  rootKey: base64Of(32),
  keys: z.array(directoryKeySchema).max(64),
  revoked: z.array(revokedKeySchema).max(128),
  recovery: rootRecoverySchema.nullable(),
  signature: base64Of(64),
})

/** Accepts a {@link DirectoryRecord}: closed, no key twice and none in two uses. Signatures are not looked at. */
export const directoryRecordSchema: z.ZodType<DirectoryRecord> = shape
  .refine((record) => !sharedKey(record), { path: ['keys'] })
  .refine(
    ({ issuedAtMs, validUntilMs }) =>
      issuedAtMs < validUntilMs && validUntilMs - issuedAtMs <= longestValidityMs,
    { path: ['validUntilMs'] },
  )

/**
 * Reads a record from its canonical bytes; its signature is not looked at.
 *
 * @throws {@link ProtocolError} `MALFORMED` with the path of the first misfit, `TOO_LARGE`
 */
export function parseDirectoryRecord(bytes: Uint8Array): DirectoryRecord {
  return readMessage(directoryRecordSchema, bytes)
}

/**
 * Whose record these bytes say they are; nothing else of them is to be believed.
 *
 * @throws {@link ProtocolError} as {@link parseDirectoryRecord}
 */
export function organisationOfRecord(bytes: Uint8Array): OrganisationId {
  return parseDirectoryRecord(bytes).organisation
}
