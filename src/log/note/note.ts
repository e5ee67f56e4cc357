import { concatBytes, decodeBase64, encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import {
  checkKeyName,
  noteKeyId,
  type SIGNATURE_TYPES,
  type SignatureType,
} from './verifier-key.ts'

/** A key that signs notes. Whoever holds `seed` can sign as `name`. */
export interface NoteSigner {
  readonly name: string
  readonly type: typeof SIGNATURE_TYPES.ed25519
  /** The Ed25519 secret, 32 bytes. Never logged, never sent. */
  readonly seed: Uint8Array
}

/** A signature before it becomes a line of a note. */
export interface NoteSignature {
  readonly name: string
  readonly type: SignatureType
  /** 32 bytes for Ed25519, 1,312 for ML-DSA-44. */
  readonly publicKey: Uint8Array
  /** What follows the key id: 64 bytes, or for a cosignature a time and 64 or 2,420 bytes. */
  readonly signature: Uint8Array
}

/**
 * A signed note: the text, an empty line, one signature line a signer (C2SP signed-note, Format).
 *
 * @throws RangeError for a text that {@link checkNoteText} refuses, a bad name, or no signer
 */
export function signNote(text: string, signers: readonly NoteSigner[], ed25519: Ed25519): string {
  checkNoteText(text)
  if (signers.length === 0) throw new RangeError('a note needs a signer')
  const message = utf8(text)
  const lines = signers.map(({ name, type, seed }) =>
    formatSignatureLine({
      name,
      type,
      publicKey: ed25519.publicKey(seed),
      signature: ed25519.sign(message, seed),
    }),
  )
  return `${text}\n${lines.join('')}`
}

/**
 * A signature line with its newline: `— <name> <base64(key id ‖ signature)>`.
 *
 * @throws RangeError as `noteKeyId`
 */
export function formatSignatureLine(signature: NoteSignature): string {
  const keyId = noteKeyId(signature.name, signature.type, signature.publicKey)
  return `— ${signature.name} ${encodeBase64(concatBytes(keyId, signature.signature))}\n`
}

/**
 * `note` with signature lines added behind its own. Nothing is verified; each line must be one as
 * {@link formatSignatureLine} writes it.
 *
 * @throws RangeError for anything else
 */
export function appendSignatures(note: string, lines: readonly string[]): string {
  for (const line of lines) signerOf(line)
  return note + lines.join('')
}

/**
 * Who a signature line says it is from: `<name>+<key id, hex>`, to be compared for equality.
 *
 * @throws RangeError for text that is not one signature line, a `BytesError` for bad base64
 */
export function signerOf(line: string): string {
  const [, name, signature] = /^— (\S+) ([A-Za-z0-9+/=]+)\n$/u.exec(line) ?? []
  if (name === undefined || signature === undefined) throw new RangeError('not a signature line')
  checkKeyName(name)
  const bytes = decodeBase64(signature)
  if (bytes.length <= 4) throw new RangeError('a signature line holds a key id and a signature')
  return `${name}+${encodeHex(bytes.subarray(0, 4))}`
}

/**
 * Checks what may be signed: well-formed Unicode without control characters but for the newline,
 * and a newline at the end.
 *
 * @throws RangeError
 */
export function checkNoteText(text: string): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (!text.endsWith('\n') || !text.isWellFormed() || /[\0-\x09\x0b-\x1f]/u.test(text)) {
    throw new RangeError('a note text ends in a newline and has no other control characters')
  }
}
