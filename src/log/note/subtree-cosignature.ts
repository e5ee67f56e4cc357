import { concatBytes, utf8 } from '../../bytes/index.ts'
import type { MlDsa44Signing } from '../../crypto/index.ts'
import { checkCount } from '../tree/index.ts'
import { formatCheckpoint, type TreeHead } from './checkpoint.ts'
import type { Cosigner } from './cosignature.ts'
import { formatSignatureLine } from './note.ts'
import { SIGNATURE_TYPES } from './verifier-key.ts'

/** Of a name or an origin, in UTF-8. */
const mostNameBytes = 255

/**
 * The line by which a witness cosigns a whole tree with ML-DSA-44 (C2SP tlog-cosignature, ML-DSA-44
 * signed message): start 0, end the size. Unlike {@link cosign} it covers the witness's name, and
 * no extension lines. `seed` is a secret of its own, never that of an Ed25519 key.
 *
 * @throws RangeError for a bad name or time, or a head that no checkpoint can have
 */
export function cosignTree(head: TreeHead, cosigner: Cosigner, mlDsa44: MlDsa44Signing): string {
  checkCount('timeSeconds', cosigner.timeSeconds)
  if (cosigner.timeSeconds === 0) throw new RangeError('a witness signs at a time')
  return treeLine(head, cosigner, mlDsa44)
}

/**
 * The line by which a log signs its own tree with ML-DSA-44, beside its Ed25519 signature: as
 * {@link cosignTree}, in the name of the origin and with time 0, since it says nothing about what is
 * newest (C2SP tlog-cosignature, ML-DSA-44 signed message).
 *
 * @throws RangeError for a head that no checkpoint can have
 */
export function signTree(head: TreeHead, seed: Uint8Array, mlDsa44: MlDsa44Signing): string {
  return treeLine(head, { name: head.origin, seed, timeSeconds: 0 }, mlDsa44)
}

function treeLine(head: TreeHead, cosigner: Cosigner, mlDsa44: MlDsa44Signing): string {
  const { name, seed, timeSeconds } = cosigner
  const { origin, size, root } = head
  // Refuses a head that no checkpoint can have.
  formatCheckpoint(head)
  const time = bigEndian64(timeSeconds)
  const message = concatBytes(
    utf8('subtree/v1\n\0'),
    shortText(name),
    time,
    shortText(origin),
    bigEndian64(0),
    bigEndian64(size),
    root,
  )
  return formatSignatureLine({
    name,
    type: SIGNATURE_TYPES.treeCosignature,
    publicKey: mlDsa44.publicKey(seed),
    signature: concatBytes(time, mlDsa44.sign(message, seed)),
  })
}

/** Length in one byte, then the text. */
function shortText(text: string): Uint8Array {
  const bytes = utf8(text)
  if (bytes.length === 0 || bytes.length > mostNameBytes)
    throw new RangeError('a name in a tree cosignature has 1 to 255 bytes')
  return concatBytes(Uint8Array.of(bytes.length), bytes)
}

function bigEndian64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}
