import type { Draws } from '../population-draws.ts'
import {
  belowElement,
  type RehearsalAgreement,
  rehearsalPopulation,
} from './rehearsal-agreement.ts'
import type { RehearsedQuestion } from './rehearsal-question.ts'

/** Honest officials at work, day after day. */
export interface HonestTraffic {
  /** The questions of a day, counted from 0, a Monday. */
  day(day: number): readonly RehearsedQuestion[]
  /** A person from the register, as any other. */
  person(): number
}

interface Matter {
  readonly person: number
  readonly case: string
  readonly household: 0 | 1
}

interface Official {
  readonly number: number
  readonly perDay: number
  /** Matters under way, the newest last. */
  readonly matters: Matter[]
  awayUntil: number
}

/** A mean of four new matters a day; some have twice as many, some half. */
const usualPerDay = 4
/** Work of each month against the mean, in hundredths: less in summer, more in autumn. */
const season: readonly number[] = [105, 100, 100, 95, 95, 95, 80, 80, 105, 110, 110, 95]
const mostMatters = 40
/** The largest prime below 10^8: cubes modulo it neither repeat nor rise. */
const prime = 99_999_989n

function uniform(draws: Draws): number {
  return draws.below(0x1_0000_0000) / 0x1_0000_0000
}

/** About normal, with mean 0 and variance 1: twelve uniform draws, less six. */
function normal(draws: Draws): number {
  let sum = -6
  for (let draw = 0; draw < 12; draw += 1) sum += uniform(draws)
  return sum
}

/** Knuth's way, for small means. */
function poisson(draws: Draws, mean: number): number {
  const limit = Math.exp(-mean)
  let product = uniform(draws)
  let count = 0
  while (product > limit) {
    product *= uniform(draws)
    count += 1
  }
  return count
}

/** The identifier's number of one of the people in the register. */
function personNumber(place: number): number {
  return Number(BigInt(place) ** 3n % prime) || 1
}

class Traffic implements HonestTraffic {
  readonly #draws: Draws
  readonly #officials: readonly Official[]
  #cases = 0

  constructor(draws: Draws, officials: number) {
    this.#draws = draws
    this.#officials = Array.from({ length: officials }, (_, number) => ({
      number,
      perDay: usualPerDay * Math.exp(0.4 * normal(draws)),
      matters: [],
      awayUntil: 0,
    }))
  }

  person(): number {
    return personNumber(this.#draws.between(1, rehearsalPopulation))
  }

  day(day: number): readonly RehearsedQuestion[] {
    if (day % 7 > 4) return []
    return this.#officials.flatMap((official) => this.#work(official, day))
  }

  #work(official: Official, day: number): readonly RehearsedQuestion[] {
    if (day < official.awayUntil) return []
    if (this.#draws.chance(12)) {
      official.awayUntil = day + this.#draws.between(3, 14)
      return []
    }
    const busy = Math.exp(0.25 * normal(this.#draws))
    const month = season[Math.floor(day / 30.5) % 12] ?? 100
    const count = poisson(this.#draws, (official.perDay * busy * month) / 100)
    return Array.from({ length: count }, () => this.#question(official)).flat()
  }

  /** A new matter, one that goes on, or one that a colleague hands over. */
  #question(official: Official): readonly RehearsedQuestion[] {
    const draws = this.#draws
    const colleague = this.#officials[draws.below(this.#officials.length)] ?? official
    if (draws.chance(150)) return this.#about(official, official.matters.at(-1 - draws.below(20)))
    if (draws.chance(30)) return this.#about(official, colleague.matters.at(-1 - draws.below(20)))
    this.#cases += 1
    const matter = {
      person: this.person(),
      case: `H-${this.#cases}`,
      household: draws.chance(500) ? (0 as const) : (1 as const),
    }
    official.matters.push(matter)
    if (official.matters.length > mostMatters) official.matters.shift()
    return this.#about(official, matter)
  }

  #about(official: Official, matter: Matter | undefined): readonly RehearsedQuestion[] {
    if (matter === undefined) return []
    const draws = this.#draws
    const withYear = draws.chance(600)
    const isFollowed = !draws.chance(60)
    const under = (agreement: RehearsalAgreement): RehearsedQuestion => {
      const below = belowElement(agreement, matter.household)
      return {
        official: official.number,
        person: matter.person,
        agreement,
        elements: withYear ? [below, 'tax_year'] : [below],
        case: matter.case,
        kin: false,
        isFollowed,
        isAbuse: false,
      }
    }
    const [one, other] = draws.chance(700)
      ? (['rent-support', 'tenancy-check'] as const)
      : (['tenancy-check', 'rent-support'] as const)
    // Some people apply for both.
    return draws.chance(60) ? [under(one), under(other)] : [under(one)]
  }
}

/**
 * Honest traffic of so many officials: their loads differ, their days vary more than chance, work has
 * seasons and weekends, people are away, matters go on and change hands, some concern both agreements.
 */
export function honestTraffic(draws: Draws, officials: number): HonestTraffic {
  return new Traffic(draws, officials)
}
