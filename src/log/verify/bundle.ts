/** One entry of a bundle, or the place from where the bundle cannot be read. */
export type BundleItem =
  | { readonly kind: 'entry'; readonly offset: number; readonly entry: Uint8Array }
  | { readonly kind: 'fault'; readonly offset: number }

/**
 * Reads an entry bundle (C2SP tlog-tiles): for each entry two bytes of length, big-endian, and the
 * entry. Yields `width` entries; a bundle that ends early, or goes on after the last entry, yields
 * a fault with the offset at which it went wrong, and nothing more.
 */
export function* readBundle(bytes: Uint8Array, width: number): Generator<BundleItem, void> {
  let at = 0
  for (let i = 0; i < width; i += 1) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    if (at + 2 > bytes.length || at + 2 + length > bytes.length) {
      yield { kind: 'fault', offset: at }
      return
    }
    yield { kind: 'entry', offset: at, entry: bytes.subarray(at + 2, at + 2 + length) }
    at += 2 + length
  }
  if (at !== bytes.length) yield { kind: 'fault', offset: at }
}
