import { decodeBase64, encodeHex } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'

/**
 * A root key as people compare it over the telephone: SHA-256 of the public key in 16 groups of
 * four hexadecimal digits, four groups a line.
 */
export function rootFingerprint(rootKey: string): string {
  const groups = encodeHex(sha256(decodeBase64(rootKey))).match(/.{4}/g) ?? []
  return [0, 4, 8, 12].map((first) => groups.slice(first, first + 4).join(' ')).join('\n')
}
