import { makeDemoNin } from '../protocol/index.ts'
import { seededDraws } from './population-draws.ts'
import type { Draws } from './population-draws.ts'
import { drawHousehold } from './population-household.ts'
import type { HouseholdDraft } from './population-household.ts'
import { benefitsOf, employmentOf, incomeOf } from './population-income.ts'
import type { SyntheticPerson } from './population-person.ts'

/** The day on which ages and payments of the synthetic population hold. */
export const populationDay = '2026-07-01'

/** Prime just below 10^8 and no multiple of three plus one: cubing modulo it repeats no number. */
const ninSpace = 99_999_989n

/** What decides a synthetic population entirely. */
export interface PopulationOptions {
  /** Any text; the same text gives the same people. */
  readonly seed: string
  /** How many people, 1 to 1,000,000. */
  readonly size: number
}

/** Identifiers without order or repetition: an attacker who counts upwards meets mostly nobody. */
function identifiers(draws: Draws): (index: number) => string {
  const offset = BigInt(draws.between(1, 90_000_000))
  return (index) => makeDemoNin(Number((BigInt(index) + offset) ** 3n % ninSpace) + 1)
}

function birthDateOf(draws: Draws, age: number): string {
  const month = draws.between(1, 12)
  const day = draws.between(1, 28)
  const stillToCome = month * 100 + day > 701
  const birthYear = Number(populationDay.slice(0, 4)) - age - (stillToCome ? 1 : 0)
  return `${birthYear}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function sinceOf(draws: Draws, paid: number): string | null {
  if (paid === 0) return null
  const month = String(draws.between(1, 12)).padStart(2, '0')
  return `${draws.between(2019, 2025)}-${month}-01`
}

function peopleOf(draws: Draws, draft: HouseholdDraft): Omit<SyntheticPerson, 'nin'>[] {
  const { household, members, standing } = draft
  const earned = members.map((member) => {
    const employment = employmentOf(draws, member, standing)
    return { employment, annualIncome: incomeOf(draws, member, { employment, standing }) }
  })
  return members.map((member, index) => {
    const benefits = benefitsOf(draft, index, earned)
    return {
      givenName: member.givenName,
      familyName: member.familyName,
      age: member.age,
      birthDate: birthDateOf(draws, member.age),
      household,
      employment: earned[index]?.employment ?? 'child',
      annualIncome: earned[index]?.annualIncome ?? 0,
      dependants: index === 0 ? household.children : 0,
      ...benefits,
      benefitSince: sinceOf(draws, benefits.benefitMonthly + benefits.childAllowance),
    }
  })
}

/**
 * Invents `size` people in households, deterministic from `seed`: income rises with age and hangs
 * together behind one door, benefits follow from income, rent and children. Nobody in it exists.
 *
 * @throws RangeError when `size` is not from 1 to 1,000,000.
 */
export function makePopulation(options: PopulationOptions): readonly SyntheticPerson[] {
  const { seed, size } = options
  if (!Number.isInteger(size) || size < 1 || size > 1_000_000) {
    throw new RangeError(`size must be a whole number from 1 to 1,000,000, got ${size}`)
  }
  const draws = seededDraws(seed)
  const ninAt = identifiers(draws)
  const people: SyntheticPerson[] = []
  for (let number = 1; people.length < size; number += 1) {
    const draft = drawHousehold(draws, number, size - people.length)
    for (const person of peopleOf(draws, draft)) {
      people.push({ nin: ninAt(people.length), ...person })
    }
  }
  return people
}
