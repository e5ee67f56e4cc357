import type { Agreement } from '../agreement.ts'

/** An agreement and its digest, base64. */
interface Known {
  readonly agreement: Agreement
  readonly digest: string
}

/** The agreement with all that it cites or that cite it, at any remove; itself first. */
export function agreementsOfLine<One extends Known>(
  one: One,
  all: readonly One[],
): readonly [One, ...One[]] {
  const line: [One, ...One[]] = [one]
  let rest = all.filter(({ digest }) => digest !== one.digest)
  for (;;) {
    const joins = rest.filter((other) => line.some((known) => isCited(known, other)))
    if (joins.length === 0) return line
    line.push(...joins)
    rest = rest.filter((other) => !joins.includes(other))
  }
}

function isCited(one: Known, other: Known): boolean {
  return (
    one.agreement.supersedes?.digest === other.digest ||
    other.agreement.supersedes?.digest === one.digest
  )
}
