import type { CounterMode } from '../../ports/index.ts'

/** Bytes of a block of the cipher; a slot has whole ones. */
const blockBytes = 16

/** Bytes of a slot that the longest token fits into, with its length in front. */
export function slotStride(longestToken: number): number {
  return Math.ceil((2 + longestToken) / blockBytes) * blockBytes
}

/**
 * Tokens in slots of `stride` bytes each, encrypted: `u16` length ‖ token ‖ zeros, slot n from block n · stride / 16 on.
 *
 * @throws RangeError for a token that does not fit
 */
export function sealSlots(
  cipher: CounterMode,
  key: Uint8Array,
  slots: {
    readonly stride: number
    readonly first: number
    readonly tokens: readonly Uint8Array[]
  },
): Uint8Array {
  const { stride, first, tokens } = slots
  const plain = new Uint8Array(stride * tokens.length)
  tokens.forEach((token, at) => {
    if (token.length + 2 > stride) throw new RangeError('a token does not fit into its slot')
    plain[at * stride] = token.length >> 8
    plain[at * stride + 1] = token.length & 0xff
    plain.set(token, at * stride + 2)
  })
  const sealed = cipher.apply(key, (first * stride) / blockBytes, plain)
  plain.fill(0)
  return sealed
}

/** The token in the `number`th slot, or `undefined` where key or bytes are others. Personal data. */
export function openSlot(
  cipher: CounterMode,
  key: Uint8Array,
  slot: { readonly number: number; readonly sealed: Uint8Array },
): Uint8Array | undefined {
  const stride = slot.sealed.length
  if (stride < blockBytes || stride % blockBytes !== 0) return undefined
  const plain = cipher.apply(key, (slot.number * stride) / blockBytes, slot.sealed)
  const length = ((plain[0] ?? 0) << 8) | (plain[1] ?? 0)
  const isWhole = length > 0 && plain.subarray(2 + length).every((byte) => byte === 0)
  return isWhole && 2 + length <= stride ? plain.slice(2, 2 + length) : undefined
}
