import { encodeBase64 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { ExchangeRecord } from '../../log/index.ts'
import type { PersonAnswer, PersonDenial, QuestionResult } from '../../protocol/index.ts'
import type { MemoryTables } from '../memory-store/index.ts'
import { CapOracle } from './cap-oracle.ts'
import { type ExchangeFacts, roleOf } from './exchange-facts.ts'
import type { Judge } from './judge.ts'
import type { SeenEntry } from './log-view.ts'
import { StandingOracle } from './standing-oracle.ts'

/**
 * Watches the provider's entries and the outcomes that leave it: I7 (one outcome, one charge, the same
 * bytes), I5 by the caps, I8 by the agreement, I9 by the register, I11 by the questions that were sent.
 */
export class ExchangeOracle {
  readonly #facts: ExchangeFacts
  readonly #judge: Judge
  readonly #caps: CapOracle
  readonly #standing: StandingOracle
  /** Index of the entry that is the outcome, by exchange id. */
  readonly #outcomes = new Map<string, number>()
  /** Digest of the body of each answer by exchange id, and of each outcome by leaf. */
  readonly #bodies = new Map<string, string>()

  constructor(facts: ExchangeFacts, judge: Judge) {
    this.#facts = facts
    this.#judge = judge
    this.#caps = new CapOracle(facts, judge)
    this.#standing = new StandingOracle(facts, judge)
  }

  /** Entries of the provider that have become durable. */
  entries(fresh: readonly SeenEntry[]): void {
    for (const { index, record } of fresh) {
      if (record.class === 'governance') this.#standing.act(record)
      else this.#exchange(index, record)
    }
  }

  /** What the store has counted is what the entries charge. */
  counters(tables: MemoryTables): void {
    for (const official of this.#caps.officials()) {
      const counted = tables.capCharges.filter(({ axes }) => axes.official === official).length
      const charged = this.#caps.chargesOf(official)
      this.#judge.check('I7', counted === charged, () => `${counted} charges, ${charged} entries`)
    }
  }

  /** An outcome leaves the provider. */
  outcomeLeft(body: PersonAnswer | PersonDenial, bytes: Uint8Array): void {
    const digest = encodeBase64(sha256(bytes))
    this.#sameBody(body.leaf, digest)
    if (body.outcome === 'deny') return
    this.#sameBody(body.exchangeId, digest)
    this.#results(body)
  }

  #sameBody(key: string, digest: string): void {
    const before = this.#bodies.get(key)
    this.#bodies.set(key, digest)
    if (before === undefined) return
    this.#judge.check('I7', before === digest, () => `two bodies for ${key}`)
  }

  #exchange(index: number, record: ExchangeRecord): void {
    const { exchangeId } = record
    const before = this.#outcomes.get(exchangeId)
    const role = roleOf(record, before !== undefined)
    if (role === 'other') return
    const question = this.#facts.questions.get(exchangeId)
    const isAsked = question !== undefined
    this.#judge.check('I11', isAsked, () => `entry ${index} answers what nobody asked`)
    if (role !== 'outcome' || question === undefined) return
    const isFirst = before === undefined
    const what = (): string => `${exchangeId} has its outcome in entries ${before} and ${index}`
    this.#judge.check('I7', isFirst, what)
    this.#outcomes.set(exchangeId, index)
    if (record.outcome === 'permit') this.#standing.answered(record)
    this.#caps.outcome(record, question)
  }

  #results({ exchangeId, results }: PersonAnswer): void {
    const question = this.#facts.questions.get(exchangeId)
    const asked = question?.elements.join(' ')
    const given = results.map(({ element }) => element).join(' ')
    this.#judge.check('I9', asked === given, () => `${exchangeId} asks "${asked}", gets "${given}"`)
    for (const result of results) {
      const isRight = this.#isRight(result, question?.subject.value ?? '')
      this.#judge.check('I9', isRight, () => `${exchangeId}: ${result.element} is not what is held`)
    }
  }

  /** Recomputed from the register; presence is hidden, so what is not held is no or nothing. */
  #isRight({ element, value }: QuestionResult, subject: string): boolean {
    const row = this.#facts.rowOf(subject)
    if (element === 'income_below_limit') {
      const income = row?.['annual_income']
      const isBelow = typeof income === 'number' && income < 24_000
      return row === undefined ? value !== true : value === isBelow
    }
    return element === 'dependants' && value === (row?.['dependants'] ?? null)
  }
}
