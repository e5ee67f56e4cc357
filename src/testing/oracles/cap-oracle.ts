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

const dayMs = 86_400_000

/** Names of the caps that are full before one more question, recounted from the entries. */
function fullCaps(
  charges: readonly Charge[],
  next: Charge,
  caps: ExchangeFacts['agreement']['caps'],
): readonly string[] {
  const { timeMs, official, subject } = next
  const ofDay = charges.filter(
    (one) => one.official === official && one.timeMs > timeMs - dayMs,
  ).length
  const month = charges.filter((one) => one.isOfPerson && one.timeMs > timeMs - 30 * dayMs)
  const inCase = new Set(
    charges.filter((one) => one.isOfPerson && one.case === next.case).map((one) => one.subject),
  )
  const distinct = new Set(month.map((one) => one.subject))
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
    const full = fullCaps(this.#charges, charge, agreement.caps)
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
