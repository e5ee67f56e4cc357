const million = 1_000_000

/** A decimal of at most six digits behind its point, in millionths; `undefined` for another text. By its digits: no float takes part. */
export function readMillionths(text: string): number | undefined {
  const [, whole = '', part = ''] = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(text) ?? []
  return whole === '' ? undefined : Number(whole) * million + Number(part.padEnd(6, '0'))
}

/** Millionths as a decimal, as `0.1`. */
export function millionthsText(micro: number): string {
  const part = String(micro % million)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return `${Math.floor(micro / million)}${part === '' ? '' : `.${part}`}`
}
