import type { Randomness } from '../../ports/index.ts'
import type { CellKeys, CellTable, DomainKey } from '../../register/index.ts'
import { type NoiseLaw, noiseSampler } from '../privacy/index.ts'

/** One cell of a release: signed whole numbers as drawn, never clamped. */
export interface ReleasedCell {
  readonly key: readonly DomainKey[]
  readonly numbers: readonly number[]
}

/** Noise for every number of every cell, in the table's order. Whoever knows it knows the exact table: keep it nowhere. */
export type TableNoise = readonly (readonly number[])[]

/**
 * Draws all noise of a table: one row of draws a cell, one law a number. Made before the register is read, so that no draw
 * and no time that one takes can depend on what is held.
 */
export function drawTableNoise(
  cells: number,
  laws: readonly NoiseLaw[],
  randomness: Randomness,
): TableNoise {
  const samplers = laws.map((law) => noiseSampler(law, randomness))
  return Array.from({ length: cells }, () => samplers.map((draw) => draw()))
}

/**
 * The exact table with its noise: the only way from one to the other. Of the measures that a register gives more numbers
 * of than are released, the first ones count.
 *
 * @throws TypeError for a table of another shape than the plan's: nothing of it leaves
 */
export function addNoise(
  table: CellTable,
  cells: CellKeys,
  noise: TableNoise,
): readonly ReleasedCell[] {
  const isShaped = table.cells.length === cells.length && noise.length === cells.length
  if (!isShaped) throw new TypeError('the table has not the cells of its plan')
  return table.cells.map(({ key, numbers }, at) => {
    const draws = noise[at] ?? []
    const isOfPlan = JSON.stringify(key) === JSON.stringify(cells[at])
    if (!isOfPlan || draws.length === 0 || draws.length > numbers.length)
      throw new TypeError('a cell is not the one of its plan')
    return { key, numbers: draws.map((draw, place) => exactSum(numbers[place] ?? 0, draw)) }
  })
}

function exactSum(exact: number, draw: number): number {
  const sum = exact + draw
  if (Number.isSafeInteger(sum)) return sum
  throw new TypeError('a noisy number passes 2^53')
}
