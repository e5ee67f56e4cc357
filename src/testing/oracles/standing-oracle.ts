import type { ExchangeRecord, GovernanceRecord } from '../../log/index.ts'
import type { ExchangeFacts } from './exchange-facts.ts'
import type { Judge } from './judge.ts'

/** I8: every answer lies in the agreement's validity, by log time, and outside of its suspensions. */
export class StandingOracle {
  readonly #facts: ExchangeFacts
  readonly #judge: Judge
  #effectiveFromMs = Number.POSITIVE_INFINITY
  #suspendedBy: string | undefined
  readonly #resumedBy = new Set<string>()

  constructor(facts: ExchangeFacts, judge: Judge) {
    this.#facts = facts
    this.#judge = judge
  }

  /** An act of the provider has become an entry. */
  act(record: GovernanceRecord): void {
    const { agreement, agreementDigest, lockMs } = this.#facts
    if (record.digest !== agreementDigest) return
    const named = record.body?.['by']
    const by = typeof named === 'string' ? named : record.organisation
    if (record.kind === 'agreement.published') {
      this.#effectiveFromMs = Math.max(record.timeMs + lockMs, agreement.notBeforeMs)
    }
    if (record.kind === 'agreement.suspended') {
      this.#suspendedBy = by
      this.#resumedBy.clear()
    }
    if (record.kind === 'agreement.resumed') this.#resumedBy.add(by)
    const needed = [this.#suspendedBy ?? '', agreement.provider, agreement.consumer]
    if (needed.every((one) => this.#resumedBy.has(one))) this.#suspendedBy = undefined
  }

  /** An answer has become an entry. */
  answered({ timeMs, exchangeId }: ExchangeRecord): void {
    const { agreement } = this.#facts
    const isIn = timeMs >= this.#effectiveFromMs && timeMs < agreement.notAfterMs
    this.#judge.check('I8', isIn, () => `${exchangeId} is answered outside of the agreement's time`)
    const isFree = this.#suspendedBy === undefined
    this.#judge.check('I8', isFree, () => `${exchangeId} is answered under a suspension`)
  }
}
