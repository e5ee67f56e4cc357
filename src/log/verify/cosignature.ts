import { concatBytes, utf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { LogError } from './log-error.ts'
import type { VerifierKey } from './verifier-key.ts'

/** ML-DSA-44 (FIPS 204) verification with an empty context. Malformed input is `false`. */
export interface MlDsa44 {
  /** `signature` 2,420 bytes, `publicKey` 1,312 bytes. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}

/** The signature algorithms a reader was given. Without `mlDsa44`, lines of such keys are refused. */
export interface SignatureAlgorithms {
  readonly ed25519: Ed25519
  readonly mlDsa44?: MlDsa44
}

/**
 * What a cosignature says: as of this time, this was the largest consistent tree that the witness
 * had seen for the origin.
 */
export interface Cosignature {
  readonly key: VerifierKey
  /** Seconds since the epoch, up to 2^53 − 1. */
  readonly timeSeconds: number
}

const MAX_NAME_BYTES = 255

/**
 * Verifies one signature of a note text by a known key. Timestamps above 2^63 − 1 are forbidden by
 * the specification; those above 2^53 − 1 (the year 285,428,751) are refused here as well.
 *
 * @returns the cosignature's time in seconds for types 4 and 6, `'plain'` for type 1, `undefined`
 * when the signature is not good
 * @throws {@link LogError} `ALGORITHM_MISSING`
 */
export function verifySignature(
  text: string,
  signature: Uint8Array,
  key: VerifierKey,
  algorithms: SignatureAlgorithms,
): number | 'plain' | undefined {
  const { ed25519, mlDsa44 } = algorithms
  if (key.type === 1) {
    return ed25519.verify(signature, utf8(text), key.publicKey) ? 'plain' : undefined
  }
  const timeSeconds = readTime(signature)
  if (timeSeconds === undefined) return undefined
  const body = signature.subarray(8)
  if (key.type === 4) {
    const message = utf8(`cosignature/v1\ntime ${timeSeconds}\n${text}`)
    return ed25519.verify(body, message, key.publicKey) ? timeSeconds : undefined
  }
  if (mlDsa44 === undefined) {
    throw new LogError('ALGORITHM_MISSING', 'ML-DSA-44 signatures cannot be verified here')
  }
  const message = subtreeMessage(text, key.name, signature.subarray(0, 8))
  const good = message !== undefined && mlDsa44.verify(body, message, key.publicKey)
  return good ? timeSeconds : undefined
}

function readTime(signature: Uint8Array): number | undefined {
  if (signature.length < 8) return undefined
  const view = new DataView(signature.buffer, signature.byteOffset, 8)
  const time = view.getBigUint64(0)
  return time > Number.MAX_SAFE_INTEGER ? undefined : Number(time)
}

/** The `cosigned_message` of C2SP tlog-cosignature for a whole tree: start 0, end = size. */
function subtreeMessage(text: string, name: string, time: Uint8Array): Uint8Array | undefined {
  const checkpoint = tryCheckpoint(text)
  if (checkpoint === undefined) return undefined
  const cosigner = utf8(name)
  const origin = utf8(checkpoint.origin)
  if (cosigner.length > MAX_NAME_BYTES || origin.length > MAX_NAME_BYTES) return undefined
  const range = new Uint8Array(16)
  new DataView(range.buffer).setBigUint64(8, BigInt(checkpoint.size))
  return concatBytes(
    utf8('subtree/v1\n\0'),
    Uint8Array.of(cosigner.length),
    cosigner,
    time,
    Uint8Array.of(origin.length),
    origin,
    range,
    checkpoint.root,
  )
}

function tryCheckpoint(text: string): ReturnType<typeof parseCheckpoint> | undefined {
  try {
    return parseCheckpoint(text)
  } catch {
    return undefined
  }
}
