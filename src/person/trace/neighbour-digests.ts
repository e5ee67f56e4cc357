import { encodeBase64Url, equalBytes, utf8 } from '../../bytes/index.ts'
import { hmacSha256 } from '../../crypto/index.ts'
import { identifierOrder, type SubjectReference } from '../../protocol/index.ts'

/** How many identifiers, in the order of their scheme, share a bucket; the narrow one first. */
export const neighbourWidths: readonly [bigint, bigint] = [64n, 16_384n]

const digestBytes = 8
const derived = new WeakMap<Uint8Array, { readonly of: Uint8Array; readonly key: Uint8Array }>()

/** Derived once for an array that lives unchanged. */
function keyOf(handleKey: Uint8Array): Uint8Array {
  const known = derived.get(handleKey)
  if (known !== undefined && equalBytes(known.of, handleKey)) return known.key
  const key = hmacSha256(handleKey, utf8('cloison/neighbours/v1'))
  derived.set(handleKey, { of: handleKey.slice(), key })
  return key
}

/**
 * Where an identifier stands among others, without saying where: for each width two keyed digests, of the
 * buckets that hold it in two grids half a bucket apart. Two identifiers at most half a width apart
 * share at least one; equality is all that can be read off. In the order narrow, narrow shifted, wide, wide shifted;
 * 11 characters each. Empty for a scheme without an order, or an invalid identifier.
 */
export function neighbourDigests(
  handleKey: Uint8Array,
  { scheme, value }: SubjectReference,
): readonly string[] {
  const order = identifierOrder(scheme, value)
  if (order === undefined) return []
  const key = keyOf(handleKey)
  return neighbourWidths.flatMap((width) =>
    [0n, width / 2n].map((shift) => {
      const bucket = (order + shift) / width
      const digest = hmacSha256(key, utf8(`${scheme}\n${width}\n${shift}\n${bucket}`))
      return encodeBase64Url(digest.subarray(0, digestBytes))
    }),
  )
}
