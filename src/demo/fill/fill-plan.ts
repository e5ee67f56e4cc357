import type { SubjectReference } from '../../protocol/index.ts'
import { demoAgreementIds } from '../demo-agreements.ts'
import { demoPeople, subjectOfPerson } from '../demo-visitors.ts'
import { type Draws, seededDraws } from '../population-draws.ts'
import type { SyntheticPerson } from '../population-person.ts'
import { populationSeed } from '../demo-layout.ts'
import type { PreparedDemo } from '../prepare-demo.ts'

/** One question that is made up, with what came of it. */
export interface PlannedExchange {
  readonly subject: SubjectReference
  readonly provider: 'tax' | 'social'
  /** Id of the agreement that it was asked under. */
  readonly agreement: string
  readonly element: string
  /** What the provider's register holds about that. */
  readonly value: boolean | number
  readonly official: string
  /** Of a case that was closed long ago; in no case system. */
  readonly caseReference: string
  /** Why it was denied; `null` when it was answered. */
  readonly code: string | null
  readonly cap: string | null
}

/** Of a hundred exchanges, how many are about each of the people whom a visitor can be. */
const visitorShare = [2, 1, 0.5, 0.2, 0.1, 0.05] as const

/** Everybody else whom somebody asks about. */
const othersMost = 20_000
const incomeLimit = 24_000

interface Crowd {
  readonly visitors: readonly SyntheticPerson[]
  readonly others: readonly [SyntheticPerson, ...SyntheticPerson[]]
}

function visitorsOf(demo: PreparedDemo): readonly SyntheticPerson[] {
  const byNumber = new Map(demo.people.map((person) => [person.nin, person]))
  return demoPeople(demo, []).flatMap(({ id }) => {
    const person = byNumber.get(subjectOfPerson(demo, id)?.value ?? '')
    return person === undefined ? [] : [person]
  })
}

function crowdOf(demo: PreparedDemo): Crowd {
  const visitors = visitorsOf(demo)
  const step = Math.max(1, Math.floor(demo.people.length / othersMost))
  const [first, ...rest] = demo.people.filter(
    (person, at) => at % step === 0 && !visitors.includes(person),
  )
  if (first === undefined) throw new RangeError('the demo has nobody to ask about')
  return { visitors, others: [first, ...rest] }
}

function drawPerson(draws: Draws, { visitors, others }: Crowd): SyntheticPerson {
  let rest = draws.below(10_000)
  for (const [at, share] of visitorShare.entries()) {
    const visitor = visitors[at]
    rest -= share * 100
    if (rest < 0 && visitor !== undefined) return visitor
  }
  return draws.pick(others)
}

type PlannedOutcome = Pick<PlannedExchange, 'code' | 'cap'>

function outcomeOf(draws: Draws): PlannedOutcome {
  return draws.weighted<PlannedOutcome>([
    { value: { code: null, cap: null }, weight: 90 },
    { value: { code: 'CASE_CLOSED', cap: null }, weight: 5 },
    { value: { code: 'SUBJECT_NOT_PARTY', cap: null }, weight: 3 },
    { value: { code: 'CAP_EXCEEDED', cap: 'perSubjectPer30Days' }, weight: 2 },
  ])
}

function questionAbout(
  person: SyntheticPerson,
  provider: PlannedExchange['provider'],
): Pick<PlannedExchange, 'provider' | 'agreement' | 'element' | 'value'> {
  return provider === 'tax'
    ? {
        provider,
        agreement: demoAgreementIds.income,
        element: 'income_below_limit',
        value: person.annualIncome < incomeLimit,
      }
    : {
        provider,
        agreement: demoAgreementIds.benefits,
        element: 'benefit_monthly',
        value: person.benefitMonthly,
      }
}

/**
 * Made-up exchanges without end, deterministic from the demo's people and `from`, the number of the first: the
 * people whom a visitor can be have up to 2 % of them each, twenty thousand others have the rest, and a tenth is
 * denied.
 */
export function* fillPlan(demo: PreparedDemo, from: number): Generator<PlannedExchange, never> {
  const draws = seededDraws(`${populationSeed} fill ${from}`)
  const crowd = crowdOf(demo)
  for (let number = from; ; number += 1) {
    const person = drawPerson(draws, crowd)
    yield {
      ...questionAbout(person, draws.chance(600) ? 'tax' : 'social'),
      ...outcomeOf(draws),
      subject: { scheme: 'demo-nin', value: person.nin },
      official: `official-${draws.between(1, 3)}`,
      caseReference: `RS-2025-${String(number).padStart(6, '0')}`,
    }
  }
}
