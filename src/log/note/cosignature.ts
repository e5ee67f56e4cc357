import { concatBytes, utf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { checkCount } from '../tree/index.ts'
import { checkNoteText, formatSignatureLine } from './note.ts'
import { SIGNATURE_TYPES } from './verifier-key.ts'

/** A witness's key and the moment it signs at. */
export interface Cosigner {
  readonly name: string
  /** The Ed25519 secret, 32 bytes, of this name alone: the signature does not cover the name. */
  readonly seed: Uint8Array
  /** Seconds since the epoch, 0 ≤ time < 2^53. */
  readonly timeSeconds: number
}

/**
 * The line by which a witness says: at this time this was the largest consistent tree I had seen
 * for this origin (C2SP tlog-cosignature, Ed25519 signed message). Signs the whole text, extension
 * lines included; whoever calls has verified it, and passes a text it has written itself.
 *
 * @throws RangeError for a text that is no note text, a bad name or time
 */
export function cosign(checkpointText: string, cosigner: Cosigner, ed25519: Ed25519): string {
  const { name, seed, timeSeconds } = cosigner
  checkNoteText(checkpointText)
  checkCount('timeSeconds', timeSeconds)
  const message = utf8(`cosignature/v1\ntime ${String(timeSeconds)}\n${checkpointText}`)
  return formatSignatureLine({
    name,
    type: SIGNATURE_TYPES.cosignature,
    publicKey: ed25519.publicKey(seed),
    signature: concatBytes(bigEndian64(timeSeconds), ed25519.sign(message, seed)),
  })
}

function bigEndian64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}
