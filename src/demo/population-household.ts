import { districts, familyNames, givenNames, streetNames } from './population-names.ts'
import type { Draws, WeightedValue } from './population-draws.ts'
import type { SyntheticHousehold, Tenure } from './population-person.ts'

/** Who a person is in the household. */
export type HouseholdRole = 'adult' | 'child'

/** A person before money: name, age and place in the household. */
export interface HouseholdMember {
  readonly role: HouseholdRole
  readonly givenName: string
  readonly familyName: string
  readonly age: number
}

/** A household with its members, the first of them the eldest earner, before anyone has an income. */
export interface HouseholdDraft {
  readonly household: SyntheticHousehold
  readonly members: readonly HouseholdMember[]
  /** Where the household stands between the poorest (0) and the richest (999). */
  readonly standing: number
}

type Shape =
  'single' | 'couple' | 'family' | 'lone-parent' | 'pensioner' | 'pensioner-couple' | 'shared'

const shapes: readonly [WeightedValue<Shape>, ...WeightedValue<Shape>[]] = [
  { value: 'single', weight: 22 },
  { value: 'couple', weight: 17 },
  { value: 'family', weight: 24 },
  { value: 'lone-parent', weight: 8 },
  { value: 'pensioner', weight: 12 },
  { value: 'pensioner-couple', weight: 12 },
  { value: 'shared', weight: 5 },
]

function adult(draws: Draws, age: number, familyName: string): HouseholdMember {
  return { role: 'adult', givenName: draws.pick(givenNames), familyName, age }
}

/** Children of a parent aged `parentAge`: none older than 17, none born before the parent was 20. */
function childrenOf(draws: Draws, parentAge: number, familyName: string): HouseholdMember[] {
  const count = draws.weighted([
    { value: 1, weight: 45 },
    { value: 2, weight: 38 },
    { value: 3, weight: 13 },
    { value: 4, weight: 4 },
  ])
  const eldest = Math.min(17, parentAge - 20)
  return Array.from({ length: count }, () => ({
    role: 'child',
    givenName: draws.pick(givenNames),
    familyName,
    age: draws.between(Math.max(0, eldest - 14), eldest),
  }))
}

function couple(draws: Draws, age: number, familyName: string): HouseholdMember[] {
  const partnerAge = Math.max(19, age - draws.below(7))
  const partnerName = draws.chance(450) ? draws.pick(familyNames) : familyName
  return [adult(draws, age, familyName), adult(draws, partnerAge, partnerName)]
}

function membersOf(draws: Draws, shape: Shape): HouseholdMember[] {
  const name = draws.pick(familyNames)
  switch (shape) {
    case 'single':
      return [adult(draws, draws.between(19, 66), name)]
    case 'couple':
      return couple(draws, draws.between(22, 66), name)
    case 'family': {
      const parents = couple(draws, draws.between(26, 54), name)
      const youngest = Math.min(...parents.map((parent) => parent.age))
      return [...parents, ...childrenOf(draws, Math.max(22, youngest), name)]
    }
    case 'lone-parent': {
      const age = draws.between(22, 52)
      return [adult(draws, age, name), ...childrenOf(draws, age, name)]
    }
    case 'pensioner':
      return [adult(draws, draws.between(67, 94), name)]
    case 'pensioner-couple':
      return couple(draws, draws.between(67, 90), name)
    case 'shared':
      return Array.from({ length: draws.between(2, 4) }, () =>
        adult(draws, draws.between(19, 34), draws.pick(familyNames)),
      )
  }
}

/** Owners are older and better off; social housing goes to those who are worse off. */
function tenureOf(draws: Draws, standing: number, age: number): Tenure {
  const owns = Math.min(880, Math.floor(standing / 2) + Math.max(0, age - 28) * 9)
  if (draws.chance(owns)) return 'owner'
  return draws.chance(standing < 400 ? 520 : 90) ? 'social-rent' : 'private-rent'
}

function rentOf(draws: Draws, tenure: Tenure, size: number): number {
  if (tenure === 'owner') return 0
  const base = tenure === 'social-rent' ? 290 : 470
  return base + size * draws.between(60, 150) + draws.below(90)
}

function householdOf(
  draws: Draws,
  number: number,
  drawn: { members: readonly HouseholdMember[]; standing: number },
): SyntheticHousehold {
  const ages = drawn.members.map((member) => member.age)
  const tenure = tenureOf(draws, drawn.standing, ages[0] ?? 0)
  const district = draws.below(districts.length)
  return {
    id: `H${String(number).padStart(7, '0')}`,
    size: ages.length,
    children: ages.filter((age) => age < 18).length,
    schoolAgeChildren: ages.filter((age) => age >= 6 && age <= 15).length,
    tenure,
    monthlyRent: rentOf(draws, tenure, ages.length),
    street: draws.pick(streetNames),
    houseNumber: draws.between(1, 190),
    postcode: `${district + 1}${String(draws.below(10_000)).padStart(4, '0')}`,
    district: districts[district] ?? districts[0],
  }
}

/**
 * Draws one household of at most `room` people. Its standing is drawn first, so that tenure here
 * and the incomes drawn later hang together.
 */
export function drawHousehold(draws: Draws, number: number, room: number): HouseholdDraft {
  const standing = draws.below(1000)
  const members = membersOf(draws, draws.weighted(shapes)).slice(0, room)
  return { household: householdOf(draws, number, { members, standing }), members, standing }
}
