import { canonicalBytes, concatBytes, encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { Aead, Randomness, SealedBox } from '../../ports/index.ts'
import { ProtocolError } from '../../protocol/index.ts'
import {
  identityContext,
  type IdentityOf,
  joinHalves,
  paddedBytes,
  type SealingHolders,
} from './sealed-identity.ts'

/** For whom identities are sealed, and with what. */
export interface IdentitySealing {
  readonly holders: SealingHolders
  readonly box: SealedBox
}

/** What sealing needs from outside. */
export interface SealIdentityDeps extends IdentitySealing {
  readonly aead: Aead
  readonly randomness: Randomness
}

/** Every id becomes equally long: the length of a sealed one says nothing. */
function padded(official: string): Uint8Array {
  const id = utf8(official)
  if (id.length > paddedBytes - 2)
    throw new ProtocolError('MALFORMED', 'The id of an official has at most 254 bytes.')
  const bytes = new Uint8Array(paddedBytes)
  bytes[1] = id.length
  bytes.set(id, 2)
  return bytes
}

/**
 * Seals an official's id, as the own case system knows it, for the two holders together: canonical bytes of a
 * `SealedIdentity`. Two of the same official share nothing.
 *
 * @throws {@link ProtocolError} `MALFORMED` for an id of more than 254 bytes
 */
export function sealIdentity(
  official: string,
  of: IdentityOf,
  { holders, box, aead, randomness }: SealIdentityDeps,
): Uint8Array {
  const named = {
    dpo: { ...holders.dpo, key: encodeBase64(holders.dpo.key) },
    inspector: { ...holders.inspector, key: encodeBase64(holders.inspector.key) },
  }
  const context = identityContext(of, named)
  const digest = sha256(context)
  const key = randomness.bytes(32)
  const half = randomness.bytes(32)
  const shareOf = (publicKey: Uint8Array, part: Uint8Array): string =>
    encodeBase64(box.seal(publicKey, concatBytes(digest, part)))
  const sealed = canonicalBytes({
    v: 1,
    dpo: { ...named.dpo, share: shareOf(holders.dpo.key, half) },
    inspector: {
      ...named.inspector,
      share: shareOf(holders.inspector.key, joinHalves(key, half)),
    },
    identity: encodeBase64(aead.seal(key, padded(official), context)),
  })
  key.fill(0)
  return sealed
}
