import type { ExchangeRecord } from '../../log/index.ts'
import type { PersonQuestion } from '../../protocol/index.ts'
import type { ExchangeFacts } from './exchange-facts.ts'
import type { Judge } from './judge.ts'

interface Charge {
  readonly timeMs: number
  readonly official: string
  readonly subject: string
  readonly case: string
  /** Whether it counts on subject and case, too. */
  readonly isOfPerson: boolean
}

const hourMs = 3_600_000
const dayHours = 24

function hourOf(timeMs: number): number {
  return Math.floor(timeMs / hourMs)
}

/** What was charged in the last `days` before a question, the hour in which they have passed included. */
function since(charges: readonly Charge[], next: Charge, days: number): readonly Charge[] {
  const from = hourOf(next.timeMs) - days * dayHours
  return charges.filter((one) => hourOf(one.timeMs) >= from)
}

function subjectsOf(charges: readonly Charge[]): ReadonlySet<string> {
  return new Set(charges.map((one) => one.subject))
}

/** Names of the caps that are full before one more question, recounted from the entries. */
function fullCaps(
  charges: readonly Charge[],
  next: Charge,
  caps: ExchangeFacts['agreement']['caps'],
): readonly string[] {
  const { official, subject } = next
  const ofDay = since(charges, next, 1).filter((one) => one.official === official).length
  const month = since(charges, next, 30).filter((one) => one.isOfPerson)
  const inCase = subjectsOf(charges.filter((one) => one.isOfPerson && one.case === next.case))
  const distinct = subjectsOf(month)
  const aboutSubject = month.filter((one) => one.subject === subject).length
  const isNew = !distinct.has(subject)
  const full: [string, boolean][] = [
    ['perOfficialPerDay', ofDay >= caps.perOfficialPerDay],
    ['subjectsPerCase', !inCase.has(subject) && inCase.size >= caps.subjectsPerCase],
    ['distinctSubjectsPer30Days', isNew && distinct.size >= caps.distinctSubjectsPer30Days],
    ['perSubjectPer30Days', aboutSubject >= caps.perSubjectPer30Days],
  ]
  return full.filter(([, isFull]) => isFull).map(([name]) => name)
}

/** Names of the ceilings that are full. There is one agreement, so the consumer's are those of it. */
function fullCeilings(
  charges: readonly Charge[],
  next: Charge,
  { agreement, populationSize }: ExchangeFacts,
): readonly string[] {
  const ofPeople = charges.filter((one) => one.isOfPerson)
  const most = (share: number): number => Math.max(1, Math.floor(populationSize / share))
  const isOver = (days: number, ceiling: number): boolean =>
    subjectsOf([...since(ofPeople, next, days), next]).size > ceiling
  const full: [string, boolean][] = [
    ['agreementSubjects30Days', isOver(30, Math.min(agreement.approximateNumber, most(100)))],
    ['agreementSubjectsYear', isOver(365, most(20))],
    ['consumerSubjects30Days', isOver(30, most(100))],
    ['consumerSubjectsYear', isOver(365, most(20))],
  ]
  return full.filter(([, isFull]) => isFull).map(([name]) => name)
}

/** I5: no answer passes a cap, and no denial says so without one; recounted from the log's entries. */
export class CapOracle {
  readonly #facts: ExchangeFacts
  readonly #judge: Judge
  readonly #charges: Charge[] = []

  constructor(facts: ExchangeFacts, judge: Judge) {
    this.#facts = facts
    this.#judge = judge
  }

  /** The outcome of a question has become an entry. */
  outcome(record: ExchangeRecord, question: PersonQuestion): void {
    const { agreement, isPerson } = this.#facts
    const charge: Charge = {
      timeMs: record.timeMs,
      official: question.official.pseudonym,
      subject: question.subject.value,
      case: question.case.reference,
      isOfPerson: isPerson(question.subject.value),
    }
    const full = [
      ...fullCaps(this.#charges, charge, agreement.caps),
      ...fullCeilings(this.#charges, charge, this.#facts),
    ]
    if (record.outcome === 'permit') {
      this.#judge.check('I5', full.length === 0, () => `an answer passes ${full.join(', ')}`)
    }
    if (record.code === 'CAP_EXCEEDED') {
      const isFull = full.includes(record.cap ?? '')
      this.#judge.check('I5', isFull, () => `refused for ${record.cap}, which has room`)
      return
    }
    this.#charges.push(charge)
  }

  /** How many questions of an official the entries charge, in all. */
  chargesOf(official: string): number {
    return this.#charges.filter((charge) => charge.official === official).length
  }

  /** Everyone who was charged. */
  officials(): readonly string[] {
    return [...new Set(this.#charges.map(({ official }) => official))]
  }
}
