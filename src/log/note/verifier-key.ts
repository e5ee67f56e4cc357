import { concatBytes, encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'

/** Note signature types that this log writes (C2SP signed-note, Signature types). */
export const SIGNATURE_TYPES = {
  /** Ed25519 over the note text: a log's own signature. */
  ed25519: 0x01,
  /** Ed25519 cosignature with a time (C2SP tlog-cosignature): a witness's signature. */
  cosignature: 0x04,
  /** ML-DSA-44 (sub)tree cosignature with a time (C2SP tlog-cosignature): a witness's as well. */
  treeCosignature: 0x06,
} as const

/** 0x01 a log's signature, 0x04 and 0x06 a witness's cosignatures. */
export type SignatureType = (typeof SIGNATURE_TYPES)[keyof typeof SIGNATURE_TYPES]

const keyBytes: Readonly<Record<SignatureType, number>> = { 0x01: 32, 0x04: 32, 0x06: 1312 }

/**
 * The key id of a note key: the first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key)
 * (C2SP signed-note, Signatures). Short enough to collide on purpose: a hint, never an identity.
 *
 * @throws RangeError for a name that {@link checkKeyName} refuses, or a key of the wrong length for its type
 */
export function noteKeyId(name: string, type: SignatureType, publicKey: Uint8Array): Uint8Array {
  checkKeyName(name)
  if (publicKey.length !== keyBytes[type])
    throw new RangeError('a public key has 32 bytes for Ed25519, 1,312 for ML-DSA-44')
  return sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey).slice(0, 4)
}

/**
 * The text under which verifiers know a key: `<name>+<key id, hex>+<base64(type ‖ public key)>`
 * (C2SP signed-note, Verifier keys).
 *
 * @throws RangeError as {@link noteKeyId}
 */
export function formatVerifierKey(
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): string {
  const keyId = encodeHex(noteKeyId(name, type, publicKey))
  return `${name}+${keyId}+${encodeBase64(concatBytes(Uint8Array.of(type), publicKey))}`
}

/**
 * Checks the name of a key or the origin of a log: not empty, no Unicode white space, no plus, no
 * control character, well-formed Unicode. The rule for origins is narrower than the specification's,
 * so that an origin can always be its key's name.
 *
 * @throws RangeError
 */
export function checkKeyName(name: string): void {
  if (name === '' || !name.isWellFormed() || /[+\p{White_Space}\p{Cc}]/u.test(name)) {
    throw new RangeError(
      'a key name has no white space, plus or control character, and is not empty',
    )
  }
}
