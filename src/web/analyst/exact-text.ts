import type { Words } from '../messages/words.ts'

/** A whole number of parts as a decimal text: 952700 of 10000 is `95.27`. By digits, no float. */
export function partsText(parts: number, digits: number): string {
  const text = String(Math.abs(parts)).padStart(digits + 1, '0')
  const [whole, part] = [text.slice(0, -digits), text.slice(-digits).replace(/0+$/, '')]
  const sign = parts < 0 ? '-' : ''
  return part === '' ? `${sign}${whole}` : `${sign}${whole}.${part}`
}

/** Parts per million as a percentage of two digits, rounded down: what is said to hold holds. The files have all digits. */
export function percentText(words: Words, ppm: number): string {
  return words.exact(partsText(Math.floor(ppm / 100), 2))
}

/** Millionths of epsilon, as the language writes them. */
export function epsilonText(words: Words, micro: number): string {
  return words.exact(partsText(micro, 6))
}
