import { belowElement } from './rehearsal-agreement.ts'
import type { RehearsedQuestion } from './rehearsal-question.ts'

/** What those who abuse know and choose. */
export interface AbuseGround {
  /** Days since it began, from 0; days off do not count. */
  readonly day: number
  readonly officials: number
  /** A person from the register, drawn at random. */
  person(): number
  /** A case reference that nobody has used: a case that was opened for this. */
  newCase(): string
}

/** A way of abusing a good agreement with valid credentials and invented cases. */
export interface AbusePattern {
  readonly name: string
  /** Days of work for which it goes on, unless it is stopped. */
  readonly days: number
  questions(ground: AbuseGround): readonly RehearsedQuestion[]
}

const lowest = belowElement('rent-support', 0)
/** Where a run of identifiers begins; the register has few people there. */
const rangeBegin = 41_000_000

function bogus(
  ground: AbuseGround,
  choice: Partial<RehearsedQuestion> & Pick<RehearsedQuestion, 'official' | 'person'>,
): RehearsedQuestion {
  return {
    agreement: 'rent-support',
    elements: [lowest, 'tax_year'],
    case: ground.newCase(),
    kin: false,
    isFollowed: false,
    isAbuse: true,
    ...choice,
  }
}

function times(count: number, make: (place: number) => RehearsedQuestion): RehearsedQuestion[] {
  return Array.from({ length: count }, (_, place) => make(place))
}

/** The same numbers every day anew, in no order. */
function shuffled(place: number, of: number): number {
  return (place * 211 + 97) % of
}

/** Every pattern of the rehearsal. */
export const abusePatterns: readonly AbusePattern[] = [
  {
    name: 'self',
    days: 20,
    questions: (ground) =>
      ground.day % 5 === 0 ? [bogus(ground, { official: 0, person: 61_803_398, kin: true })] : [],
  },
  {
    name: 'same surname',
    days: 10,
    questions: (ground) => [
      bogus(ground, { official: 1, person: 61_803_398 + 977 * ground.day, kin: true }),
    ],
  },
  {
    name: 'hot person',
    days: 20,
    questions: (ground) =>
      times(2, (place) =>
        bogus(ground, {
          official: (ground.day * 2 + place) % ground.officials,
          person: 27_182_818,
        }),
      ),
  },
  {
    name: 'sequential',
    days: 60,
    questions: (ground) =>
      times(30, (place) =>
        bogus(ground, { official: 2, person: rangeBegin + ground.day * 30 + place }),
      ),
  },
  {
    name: 'sequential, shuffled, 3 a day',
    days: 60,
    questions: (ground) =>
      times(3, (place) =>
        bogus(ground, {
          official: 2,
          person: rangeBegin + shuffled(ground.day * 3 + place, 400),
          isFollowed: true,
        }),
      ),
  },
  {
    name: 'several bounds on one subject',
    days: 20,
    questions(ground) {
      const person = ground.person()
      const sweep = { official: 3, person }
      return [
        bogus(ground, { ...sweep, elements: [lowest] }),
        bogus(ground, { ...sweep, elements: [belowElement('rent-support', 1)] }),
        bogus(ground, {
          ...sweep,
          agreement: 'tenancy-check',
          elements: [belowElement('tenancy-check', 1)],
        }),
      ]
    },
  },
  {
    name: 'one bound on many',
    days: 60,
    questions: (ground) =>
      times(10, () => bogus(ground, { official: 4, person: ground.person(), elements: [lowest] })),
  },
  {
    name: 'slow, +2 a day',
    days: 120,
    questions: (ground) => times(2, () => bogus(ground, { official: 5, person: ground.person() })),
  },
  {
    name: 'slow, +2 a day, cases kept alive',
    days: 120,
    questions: (ground) =>
      times(2, () => bogus(ground, { official: 5, person: ground.person(), isFollowed: true })),
  },
  {
    name: 'colluders, 10 × +2 a day, cases kept alive',
    days: 120,
    questions: (ground) =>
      times(20, (place) =>
        bogus(ground, {
          official: place % Math.min(10, ground.officials),
          person: ground.person(),
          isFollowed: true,
        }),
      ),
  },
  {
    name: 'leaver, 30 a day in the last 5 days',
    days: 5,
    questions: (ground) =>
      times(30, () => bogus(ground, { official: 6, person: ground.person(), isFollowed: true })),
  },
  {
    name: 'across agreements, 5 people a day',
    days: 60,
    questions: (ground) =>
      times(5, () =>
        bogus(ground, { official: 7, person: ground.person(), isFollowed: true }),
      ).flatMap((question) => [
        question,
        {
          ...question,
          agreement: 'tenancy-check',
          elements: [belowElement('tenancy-check', 0), 'tax_year'],
        },
      ]),
  },
]
