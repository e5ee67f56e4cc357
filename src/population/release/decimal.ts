/** Digits behind the point of what is computed from released numbers. */
const digits = 4n
const scale = 10n ** digits

/** A whole number over another, rounded down to ten-thousandths. */
export function floorRatio(num: bigint, den: bigint): bigint {
  const [above, below] = den < 0n ? [-num, -den] : [num, den]
  const scaled = above * scale
  const cut = scaled / below
  return scaled < 0n && cut * below !== scaled ? cut - 1n : cut
}

/** Ten-thousandths as a decimal text: `-12.0345`. */
export function decimalText(tenThousandths: bigint): string {
  const size = tenThousandths < 0n ? -tenThousandths : tenThousandths
  const text = `${size / scale}.${(size % scale).toString().padStart(Number(digits), '0')}`
  return tenThousandths < 0n ? `-${text}` : text
}
