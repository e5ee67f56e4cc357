import { decodeBase64, decodeUtf8, encodeHex, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { LogError } from './log-error.ts'

/**
 * What a note key does (C2SP signed-note): 1 Ed25519 over the note text, of logs; 4 Ed25519
 * timestamped cosignature; 6 ML-DSA-44 timestamped (sub)tree cosignature.
 */
export type KeyType = 1 | 4 | 6

/** A public key of a log or a witness, as `vkeys.txt` and a policy configure it. */
export interface VerifierKey {
  /** Not empty, no Unicode white space, no plus. For a log it equals the origin. */
  readonly name: string
  /** 8 lower-case hex digits. Not a security boundary: keys are told apart by all four fields. */
  readonly keyId: string
  readonly type: KeyType
  /** 32 bytes for Ed25519, 1,312 for ML-DSA-44. */
  readonly publicKey: Uint8Array
}

const KEY_BYTES: Readonly<Record<KeyType, number>> = { 1: 32, 4: 32, 6: 1312 }

/** Whether `name` may name a note key: not empty, no Unicode white space, no plus. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}+]/u.test(name) && name.isWellFormed()
}

/**
 * Reads a C2SP verifier key, `<name>+<8 hex>+<base64 of type and key>`, and recomputes its key ID.
 *
 * @throws {@link LogError} `KEY_MALFORMED`; `KEY_TYPE_UNSUPPORTED` for a type other than 1, 4, 6
 */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [name = '', keyId = '', encoded = ''] = splitKey(vkey)
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(keyId)) {
    throw new LogError('KEY_MALFORMED', 'the name or the key ID of a verifier key is malformed')
  }
  const bytes = decodeKey(encoded)
  const recomputed = sha256(utf8(name), Uint8Array.of(0x0a), bytes).subarray(0, 4)
  if (encodeHex(recomputed) !== keyId) {
    throw new LogError('KEY_MALFORMED', 'the key ID of a verifier key does not match it')
  }
  return { name, keyId, type: typeOf(bytes), publicKey: bytes.slice(1) }
}

/**
 * Reads a file of verifier keys, one a line; empty lines and lines that begin with `#` are skipped.
 *
 * @throws {@link LogError} as {@link parseVerifierKey}; `KEY_AMBIGUOUS` as {@link checkDistinct}
 */
export function parseVerifierKeys(file: string | Uint8Array): readonly VerifierKey[] {
  const text = typeof file === 'string' ? file : decodeKeysFile(file)
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const keys = distinctKeys(lines.map((line) => parseVerifierKey(line)))
  checkDistinct(keys)
  return keys
}

/**
 * Refuses a set in which a signature line could belong to two different keys.
 *
 * @throws {@link LogError} `KEY_AMBIGUOUS`
 */
export function checkDistinct(keys: readonly VerifierKey[]): void {
  const seen = new Set<string>()
  for (const key of distinctKeys(keys)) {
    const label = `${key.keyId} ${key.name}`
    if (seen.has(label)) throw new LogError('KEY_AMBIGUOUS', 'two keys share name and key ID')
    seen.add(label)
  }
}

/** The keys without repetitions, in the order in which each first appears. */
export function distinctKeys(keys: readonly VerifierKey[]): readonly VerifierKey[] {
  const found = new Map<string, VerifierKey>()
  for (const key of keys) {
    const label = fullLabel(key)
    if (!found.has(label)) found.set(label, key)
  }
  return [...found.values()]
}

/** Whether two keys are the same in name, type and public key. */
export function sameKey(a: VerifierKey, b: VerifierKey): boolean {
  return fullLabel(a) === fullLabel(b)
}

function fullLabel(key: VerifierKey): string {
  return `${key.type} ${encodeHex(key.publicKey)} ${key.name}`
}

function splitKey(vkey: string): readonly string[] {
  const first = vkey.indexOf('+')
  const second = vkey.indexOf('+', first + 1)
  if (first < 0 || second < 0) return []
  // Base64 contains plus signs too: everything after the second plus is the key.
  return [vkey.slice(0, first), vkey.slice(first + 1, second), vkey.slice(second + 1)]
}

function decodeKey(encoded: string): Uint8Array {
  try {
    return decodeBase64(encoded)
  } catch (cause) {
    throw new LogError('KEY_MALFORMED', 'the key of a verifier key is not base64', { cause })
  }
}

function typeOf(bytes: Uint8Array): KeyType {
  const [type] = bytes
  if (type !== 1 && type !== 4 && type !== 6) {
    throw new LogError('KEY_TYPE_UNSUPPORTED', 'the type of a verifier key is not 1, 4 or 6')
  }
  if (bytes.length !== 1 + KEY_BYTES[type]) {
    throw new LogError('KEY_MALFORMED', 'a verifier key has the wrong length for its type')
  }
  return type
}

function decodeKeysFile(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch (cause) {
    throw new LogError('KEY_MALFORMED', 'a file of verifier keys is not UTF-8', { cause })
  }
}
