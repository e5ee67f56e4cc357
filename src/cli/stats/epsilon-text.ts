const million = 1_000_000

/** Millionths as a decimal, as `0.1`. */
export function epsilonText(micro: number): string {
  const part = String(micro % million)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return `${Math.floor(micro / million)}${part === '' ? '' : `.${part}`}`
}
