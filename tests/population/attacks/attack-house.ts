import type { Randomness } from '../../../src/ports/index.ts'
import type { Register } from '../../../src/register/index.ts'
import {
  type HouseSettings,
  leapingTime,
  openPopulationHouse,
  type PopulationHouse,
} from '../../../src/testing/population/index.ts'
import { attackAgreement } from './attack-register.ts'

/** The most that a year without an inspector may spend, in millionths of epsilon. */
export const yearOfOne = 1_000_000
/** What a year without an end spends: that of an owner who counts nothing. */
export const endless = 1_000_000_000

/** Opens two organisations whose register is attacked. Everything that is not named is the product's. */
export function openAttackHouse(
  register: Register,
  settings: Omit<HouseSettings, 'register'> & { readonly year?: number } = {},
): Promise<PopulationHouse> {
  const { year = yearOfOne, ...rest } = settings
  return openPopulationHouse({
    register,
    agreement: attackAgreement(year),
    budget: { microEpsilon: year },
    time: leapingTime(),
    ...rest,
  })
}

/** The words that make every draw of a discrete Laplace law end at once, on the side of zero. */
const zeroDraw = [1, 1, 1, 0xffff_ffff, 2]

/**
 * A twin's generator: every noise that is drawn from it is 0, so that exact numbers leave, by a path that is otherwise the
 * product's. Good for 1,638 draws of one law in a table.
 */
export const noNoise: Randomness = {
  bytes(length) {
    const bytes = new Uint8Array(length)
    const view = new DataView(bytes.buffer)
    for (let at = 0; at + 4 <= length; at += 4)
      view.setUint32(at, zeroDraw[(at / 4) % zeroDraw.length] ?? 0)
    return bytes
  },
}
