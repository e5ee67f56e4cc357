import { BytesError, concatBytes, decodeBase64, encodeBase64, utf8 } from '../../bytes/index.ts'
import { type Ed25519, sha256 } from '../../crypto/index.ts'
import { parseRelease, type Release } from './release.ts'
import { ReleaseError } from './release-error.ts'

/** What precedes a canonical release in everything that is signed or hashed; no other format has it. */
const context = utf8('cloison/release/v1\n')

/** The provider's signature over a release: it holds wherever the release goes. */
export interface ReleaseSignature {
  /** The provider's gateway key. */
  readonly keyId: string
  /** Ed25519 over `cloison/release/v1\n` and the canonical release; base64. */
  readonly value: string
}

/** What an entry says of a release: SHA-256 of its canonical bytes under a name of its own; base64. */
export function releaseDigest(release: Uint8Array): string {
  return encodeBase64(sha256(context, release))
}

/** Signs the canonical bytes of a release with the gateway's key (`seed`: 32 bytes, secret). */
export function signRelease(
  release: Uint8Array,
  {
    keyId,
    seed,
    ed25519,
  }: { readonly keyId: string; readonly seed: Uint8Array; readonly ed25519: Ed25519 },
): ReleaseSignature {
  return { keyId, value: encodeBase64(ed25519.sign(concatBytes(context, release), seed)) }
}

/** Whether a release's signature is one of this public key (32 bytes). */
export function isReleaseSigned(
  release: Uint8Array,
  { value }: Pick<ReleaseSignature, 'value'>,
  { key, ed25519 }: { readonly key: Uint8Array; readonly ed25519: Pick<Ed25519, 'verify'> },
): boolean {
  try {
    return ed25519.verify(decodeBase64(value), concatBytes(context, release), key)
  } catch (cause) {
    if (cause instanceof BytesError) return false
    throw cause
  }
}

/**
 * Reads a release that its provider has signed.
 *
 * @throws {@link ReleaseError} `RELEASE_SIGNATURE`, and as `parseRelease`
 */
export function openSignedRelease(
  release: Uint8Array,
  signature: ReleaseSignature,
  by: { readonly key: Uint8Array; readonly ed25519: Pick<Ed25519, 'verify'> },
): Release {
  if (!isReleaseSigned(release, signature, by))
    throw new ReleaseError('RELEASE_SIGNATURE', 'the provider has not signed these bytes')
  return parseRelease(release)
}
