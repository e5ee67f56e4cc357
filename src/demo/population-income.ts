import type { Draws } from './population-draws.ts'
import type { HouseholdDraft, HouseholdMember } from './population-household.ts'
import type { BenefitKind, Employment } from './population-person.ts'

/** Age from which every synthetic person is retired. */
const retirementAge = 67

/** Income at each twentieth of the distribution, as a percentage of the median: skewed like real ones. */
const quantilePercent = [
  22, 38, 48, 56, 63, 69, 75, 81, 87, 94, 100, 107, 115, 124, 134, 146, 161, 181, 211, 265, 420,
] as const

/** What a year of work brings at an age, as a percentage of the peak at 45 to 50. */
const agePercent: readonly (readonly [age: number, percent: number])[] = [
  [18, 38],
  [22, 50],
  [26, 64],
  [30, 75],
  [35, 86],
  [40, 94],
  [45, 100],
  [50, 100],
  [60, 96],
  [66, 90],
]

/** Median income at the peak, whole euro a year. */
const peakMedian = 38_400

/** Linear between the two neighbours in a rising table, integers throughout. */
function onCurve(curve: readonly (readonly [number, number])[], at: number): number {
  const upper = curve.findIndex(([x]) => x >= at)
  const [x1, y1] = curve[upper === -1 ? curve.length - 1 : upper] ?? [0, 0]
  const [x0, y0] = curve[upper <= 0 ? 0 : upper - 1] ?? [x1, y1]
  if (upper === -1 || x1 === x0) return y1
  return Math.round(y0 + ((y1 - y0) * (at - x0)) / (x1 - x0))
}

function quantile(standing: number): number {
  const step = Math.floor(standing / 50)
  const low = quantilePercent[step] ?? 100
  const high = quantilePercent[step + 1] ?? low
  return Math.round(low + ((high - low) * (standing % 50)) / 50)
}

function unemployedPerMille(standing: number): number {
  if (standing < 150) return 260
  return standing < 400 ? 90 : 25
}

/** How a member of the household earns a living; fewer are out of work where standing is high. */
export function employmentOf(draws: Draws, member: HouseholdMember, standing: number): Employment {
  if (member.role === 'child' || member.age < 18) return 'child'
  if (member.age >= retirementAge) return 'retired'
  if (member.age < 25 && draws.chance(430)) return 'student'
  if (member.age >= 62 && draws.chance(260)) return 'retired'
  if (draws.chance(unemployedPerMille(standing))) return 'unemployed'
  if (draws.chance(70)) return 'at-home'
  return draws.chance(110) ? 'self-employed' : 'employed'
}

const shareOfWage: Readonly<Record<Employment, readonly [low: number, high: number]>> = {
  employed: [92, 108],
  'self-employed': [55, 150],
  unemployed: [18, 42],
  student: [6, 28],
  retired: [48, 66],
  'at-home': [0, 9],
  child: [0, 0],
}

/**
 * Whole euro a year, in steps of ten: the household's standing and the person's own luck (two to
 * one) place them on the distribution, age and employment scale it.
 */
export function incomeOf(
  draws: Draws,
  member: HouseholdMember,
  at: { employment: Employment; standing: number },
): number {
  const place = Math.floor((2 * at.standing + draws.below(1000)) / 3)
  const wage = (peakMedian * onCurve(agePercent, member.age) * quantile(place)) / 10_000
  const [low, high] = shareOfWage[at.employment]
  return Math.round((wage * draws.between(low, high)) / 1000) * 10
}

/** What one person is paid each month. */
export interface Benefits {
  readonly benefitKind: BenefitKind
  readonly benefitMonthly: number
  readonly childAllowance: number
}

/** Yearly household income below which rent support is paid, by household size. */
function supportLimit(size: number): number {
  return 19_500 + (size - 1) * 6_200
}

function allowanceFor(children: number, householdIncome: number): number {
  if (children === 0 || householdIncome > 96_000) return 0
  return children * (householdIncome > 62_000 ? 70 : 148)
}

/** What the person at `index` receives, given everybody's income behind the same door. */
export function benefitsOf(
  draft: HouseholdDraft,
  index: number,
  earned: readonly { employment: Employment; annualIncome: number }[],
): Benefits {
  const { size, monthlyRent, children } = draft.household
  const total = earned.reduce((sum, each) => sum + each.annualIncome, 0)
  const childAllowance = index === 0 ? allowanceFor(children, total) : 0
  const gap = supportLimit(size) - total
  const self = earned[index]
  if (index === 0 && monthlyRent > 0 && gap > 0) {
    const support = Math.min(Math.round(monthlyRent * 0.7), 60 + Math.round(gap / 40))
    return { benefitKind: 'housing-support', benefitMonthly: support, childAllowance }
  }
  if (self?.employment === 'unemployed') {
    const monthly = 380 + Math.round(self.annualIncome / 60)
    return { benefitKind: 'unemployment', benefitMonthly: monthly, childAllowance }
  }
  if (self?.employment === 'retired' && total < 14_500) {
    const monthly = 40 + Math.round((14_500 - total) / 30)
    return { benefitKind: 'pension-supplement', benefitMonthly: monthly, childAllowance }
  }
  return { benefitKind: 'none', benefitMonthly: 0, childAllowance }
}
