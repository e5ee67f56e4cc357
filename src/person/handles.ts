import { encodeBase64, encodeBase64UrlName, utf8 } from '../bytes/index.ts'
import { hmacSha256 } from '../crypto/index.ts'

/** A case's handle, for the cap on subjects in one case. 32 bytes, base64. */
export function caseHandle(key: Uint8Array, consumer: string, reference: string): string {
  return encodeBase64(hmacSha256(key, utf8(`case\n${consumer}\n${reference}`)))
}

/**
 * The official's pseudonym towards one provider: the same at every question, another at every
 * other provider, so that providers cannot put officials together. 22 characters, base64url, the first no
 * hyphen: officers give them to commands.
 */
export function officialPseudonym(key: Uint8Array, provider: string, official: string): string {
  const digest = hmacSha256(key, utf8(`official\n${provider}\n${official}`))
  return encodeBase64UrlName(digest.subarray(0, 16))
}

/** A supplied value of one element, for the ceiling on thresholds. 32 bytes, base64. */
export function suppliedHandle(
  key: Uint8Array,
  { register, source }: { readonly register: string; readonly source: string },
  value: string,
): string {
  return encodeBase64(hmacSha256(key, utf8(`supplied\n${register}\n${source}\n${value}`)))
}
