import { encodeHex, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import { parseOrganisationId } from './organisation-id.ts'
import type { OrganisationId } from './organisation-id.ts'

/** The algorithm byte of Ed25519 in a key id (C2SP signed-note). */
const ED25519 = new Uint8Array([0x01])
const KEY_ID = /^([a-z][a-z0-9-]{1,30})\/gateway\/[0-9a-f]{8}$/

/**
 * The name of a gateway's message key in `keyid`: `<organisation>/gateway/<8 hex digits>`. The digits
 * are the key id of C2SP signed-note for the name `<organisation>/gateway`: the first four bytes of
 * SHA-256(name || 0x0A || 0x01 || public key).
 */
export function gatewayKeyId(organisation: OrganisationId, publicKey: Uint8Array): string {
  const name = `${organisation}/gateway`
  const digest = sha256(utf8(`${name}\n`), ED25519, publicKey)
  return `${name}/${encodeHex(digest.subarray(0, 4))}`
}

/** Whose key a `keyid` names, or `undefined` when it has not the form of {@link gatewayKeyId}. */
export function organisationOfKeyId(keyId: string): OrganisationId | undefined {
  const [, organisation] = KEY_ID.exec(keyId) ?? []
  return organisation === undefined ? undefined : parseOrganisationId(organisation)
}
