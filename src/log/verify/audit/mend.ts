import { compareBytes } from '../../../bytes/index.ts'
import { HASH_BYTES } from '../tree-hasher.ts'

/** A row of hashes in doubt: as it is stored, and as it follows from what lies below it. */
export interface DoubtfulRow {
  readonly stored: Uint8Array | undefined
  readonly derived: Uint8Array | undefined
}

const MAX_POSITIONS = 8

/**
 * Finds the right rows where stored and derived ones differ: tries, for every row, one or the
 * other, then, when only a few hashes differ, every mixture. `isRight` decides by a hash that is
 * known to be right, so a row that is returned is proven. `undefined` when nothing fits.
 */
export function mend(
  rows: readonly DoubtfulRow[],
  isRight: (candidate: readonly Uint8Array[]) => boolean,
): readonly Uint8Array[] | undefined {
  for (const candidate of wholeRows(rows)) if (isRight(candidate)) return candidate
  for (const candidate of mixtures(rows)) if (isRight(candidate)) return candidate
  return undefined
}

function* wholeRows(rows: readonly DoubtfulRow[]): Generator<readonly Uint8Array[]> {
  const choices = rows.map(({ stored, derived }) => {
    if (stored === undefined) return derived === undefined ? [] : [derived]
    return derived === undefined || compareBytes(stored, derived) === 0
      ? [stored]
      : [stored, derived]
  })
  let total = 1
  for (const choice of choices) total *= choice.length
  for (let number = 0; number < total; number += 1) {
    let rest = number
    yield choices.flatMap((choice) => {
      const chosen = choice[rest % choice.length]
      rest = Math.floor(rest / choice.length)
      return chosen === undefined ? [] : [chosen]
    })
  }
}

function* mixtures(rows: readonly DoubtfulRow[]): Generator<readonly Uint8Array[]> {
  const stored = rows.flatMap((row) => row.stored ?? row.derived ?? [])
  if (stored.length < rows.length) return
  const positions = rows.flatMap((row, i) => differences(row).map((at) => ({ i, at })))
  if (positions.length > MAX_POSITIONS) return
  for (let mask = 1; mask < 2 ** positions.length; mask += 1) {
    const mixed = stored.map((row) => row.slice())
    for (const [bit, { i, at }] of positions.entries()) {
      const derived = rows[i]?.derived
      if (Math.floor(mask / 2 ** bit) % 2 === 0 || derived === undefined) continue
      mixed[i]?.set(derived.subarray(at, at + HASH_BYTES), at)
    }
    yield mixed
  }
}

/** Byte offsets of the hashes in which stored and derived row differ; none if one is missing. */
function differences({ stored, derived }: DoubtfulRow): readonly number[] {
  if (stored === undefined || derived === undefined) return []
  const found: number[] = []
  for (let at = 0; at < stored.length; at += HASH_BYTES) {
    const a = stored.subarray(at, at + HASH_BYTES)
    if (compareBytes(a, derived.subarray(at, at + HASH_BYTES)) !== 0) found.push(at)
  }
  return found
}
