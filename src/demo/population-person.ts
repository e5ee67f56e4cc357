/** How a synthetic person earns a living, a closed domain. */
export type Employment =
  'employed' | 'self-employed' | 'unemployed' | 'student' | 'retired' | 'at-home' | 'child'

/** What the social agency pays a synthetic person each month, a closed domain. */
export type BenefitKind = 'none' | 'housing-support' | 'unemployment' | 'pension-supplement'

/** On what terms a synthetic household lives where it lives, a closed domain. */
export type Tenure = 'owner' | 'private-rent' | 'social-rent'

/** A household: the people behind one door, who share its address and its rent. */
export interface SyntheticHousehold {
  /** `H` and seven digits, unique in the population. */
  readonly id: string
  /** How many people live here, 1 or more. */
  readonly size: number
  /** How many of them are under 18. */
  readonly children: number
  /** How many of them are from 6 to 15 years old. */
  readonly schoolAgeChildren: number
  readonly tenure: Tenure
  /** Whole euro a month; 0 for an owner. */
  readonly monthlyRent: number
  readonly street: string
  readonly houseNumber: number
  /** Five digits; the first is the district's. */
  readonly postcode: string
  /** One of `districts`. */
  readonly district: string
}

/** One invented person with what three agencies hold about them. */
export interface SyntheticPerson {
  /** Scheme `demo-nin`: ten digits, the last two check digits. Unique. */
  readonly nin: string
  readonly givenName: string
  readonly familyName: string
  /** `YYYY-MM-DD`. */
  readonly birthDate: string
  /** Whole years on the population's day. */
  readonly age: number
  readonly household: SyntheticHousehold
  readonly employment: Employment
  /** Whole euro before tax in the last full year; 0 for children. */
  readonly annualIncome: number
  /** How many children this person is the first parent of. */
  readonly dependants: number
  readonly benefitKind: BenefitKind
  /** Whole euro a month, without the child allowance; 0 with `none`. */
  readonly benefitMonthly: number
  /** Whole euro a month, paid to the first parent. */
  readonly childAllowance: number
  /** `YYYY-MM-DD` since when something is paid; `null` when nothing is. */
  readonly benefitSince: string | null
}
