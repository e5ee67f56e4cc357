const MAX_UINT64 = 2n ** 64n - 1n

/**
 * A number as C2SP formats write it: ASCII digits, no sign, no leading zero but in `0` itself.
 * `undefined` for any other text and above 2^64 − 1; `'unsupported'` above 2^53 − 1, which the
 * formats allow and this reader does not count to.
 */
export function parseDecimal(text: string): number | 'unsupported' | undefined {
  if (text.length > 20 || !/^(?:0|[1-9][0-9]*)$/.test(text)) return undefined
  const value = BigInt(text)
  if (value > MAX_UINT64) return undefined
  return value > Number.MAX_SAFE_INTEGER ? 'unsupported' : Number(value)
}
