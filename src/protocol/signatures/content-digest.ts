import { isInnerList, parseDictionary } from 'structured-headers'
import type { Dictionary } from 'structured-headers'

import { decodeBase64, encodeBase64, equalBytes } from '../../bytes/index.ts'
import { sha256, sha512 } from '../../crypto/index.ts'

/**
 * What a Content-Digest field says of a body. `insufficient`: it has no digest by an algorithm that
 * counts against an adversary.
 */
export type DigestVerdict = 'ok' | 'mismatch' | 'malformed' | 'insufficient'

const algorithms: readonly (readonly [string, (body: Uint8Array) => Uint8Array])[] = [
  ['sha-256', sha256],
  ['sha-512', sha512],
]

/** The Content-Digest field of a body (RFC 9530, section 2), in the only form that gateways send. */
export function contentDigest(body: Uint8Array): string {
  return contentDigestOf(sha256(body))
}

/** The same field, of a body whose SHA-256 is known. */
export function contentDigestOf(bodySha256: Uint8Array): string {
  return `sha-256=:${encodeBase64(bodySha256)}:`
}

/** The SHA-256 that a field of exactly this form gives; `undefined` for any other. */
export function readContentDigest(field: string): Uint8Array | undefined {
  const [, text] = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(field) ?? []
  if (text === undefined) return undefined
  try {
    return decodeBase64(text)
  } catch {
    return undefined
  }
}

/**
 * Compares a Content-Digest field with the body. Every SHA-256 and SHA-512 digest in it must match;
 * digests by other algorithms do not count. Signed messages are held to {@link contentDigest} itself.
 */
export function checkContentDigest(field: string, body: Uint8Array): DigestVerdict {
  const members = parse(field)
  if (members === undefined || members.size === 0) return 'malformed'
  let counted = 0
  for (const [name, digest] of algorithms) {
    const member = members.get(name)
    if (member === undefined) continue
    const [value] = member
    if (isInnerList(member) || !(value instanceof ArrayBuffer)) return 'malformed'
    if (!equalBytes(new Uint8Array(value), digest(body))) return 'mismatch'
    counted += 1
  }
  return counted === 0 ? 'insufficient' : 'ok'
}

function parse(field: string): Dictionary | undefined {
  try {
    return parseDictionary(field)
  } catch {
    return undefined
  }
}
