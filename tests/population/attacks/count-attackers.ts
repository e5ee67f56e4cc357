import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { askNumber, type AskedHouse, epsilonText, several } from './ask-table.ts'
import { streetKey, streets, targets } from './attack-register.ts'
import { leastSquares } from './least-squares.ts'

/** The mill's people with a benefit in some streets: what all of these attackers count. */
function benefits(inStreets: readonly string[], microEpsilon: number): unknown {
  return {
    where: { work: ['mill'], street: inStreets, benefit: ['yes'] },
    measure: 'count',
    epsilon: epsilonText(microEpsilon),
  }
}

/**
 * Reconstruction (Dinur, Nissim 2003): counts of random halves, and the bits that fit them best. What is refused is left out.
 * Gives the guessed bits, and how many questions were answered.
 */
export async function reconstruct(
  house: AskedHouse,
  plan: { readonly questions: number; readonly microEpsilon: number; readonly seed: string },
): Promise<{ readonly bits: readonly boolean[]; readonly answered: number }> {
  const random = seededRandom(plan.seed)
  const halves = Array.from({ length: plan.questions }, () =>
    Array.from({ length: targets }, () => random.chance(0.5)),
  )
  const counts = await several(halves, (half) =>
    askNumber(
      house,
      benefits(
        streets.filter((_, at) => half[at] === true),
        plan.microEpsilon,
      ),
    ),
  )
  const rows = halves.flatMap((half, at) => {
    const count = counts[at]
    return count === undefined ? [] : [{ members: half.map(Number), count }]
  })
  const guess = leastSquares(rows, targets)
  return { bits: guess.map((value) => value > 0.5), answered: rows.length }
}

/** Differencing: everybody's count less the count without one. Two questions; the bit of one person. */
export async function difference(
  house: AskedHouse,
  street: number,
  microEpsilon: number,
): Promise<boolean | undefined> {
  const others = streets.filter((key) => key !== streetKey(street))
  const [all, without] = await Promise.all([
    askNumber(house, benefits(streets, microEpsilon)),
    askNumber(house, benefits(others, microEpsilon)),
  ])
  if (all === undefined || without === undefined) return undefined
  return all - without > 0.5
}

/**
 * A general tracker (Denning, Denning, Schwartz 1979): a question about one street alone is forbidden, so it is padded with two
 * sets that together make the whole. Three questions; the bit of one person.
 */
export async function track(
  house: AskedHouse,
  street: number,
  microEpsilon: number,
): Promise<boolean | undefined> {
  const key = streetKey(street)
  const isTracker = (at: number): boolean => (at * 7 + street) % 2 === 0
  const others = streets.filter((one) => one !== key)
  const tracker = others.filter((_, at) => isTracker(at))
  const rest = others.filter((_, at) => !isTracker(at))
  const [padded, padding, all] = await Promise.all([
    askNumber(house, benefits([key, ...tracker], microEpsilon)),
    askNumber(house, benefits([key, ...rest], microEpsilon)),
    askNumber(house, benefits(streets, microEpsilon)),
  ])
  if (padded === undefined || padding === undefined || all === undefined) return undefined
  return padded + padding - all > 0.5
}

/** The question that a tracker goes round: about one person. */
export async function askOne(
  house: AskedHouse,
  street: number,
  microEpsilon: number,
): Promise<number | undefined> {
  return askNumber(house, benefits([streetKey(street)], microEpsilon))
}
