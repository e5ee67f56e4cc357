import { decodeBase64, encodeBase64 } from '../../bytes/index.ts'
import type { AskOutcome } from '../../person/index.ts'
import type { Judge } from './judge.ts'
import type { LogView } from './log-view.ts'

/**
 * I2: what a client gets stands in the consumer's own log first, as the same outcome of the same
 * exchange. I7, as clients see it: one key, one exchange, one answer.
 */
export class ConsumerOracle {
  readonly #view: LogView
  readonly #judge: Judge
  readonly #byKey = new Map<string, AskOutcome>()

  constructor(view: LogView, judge: Judge) {
    this.#view = view
    this.#judge = judge
  }

  /** A client's outcome leaves the consumer's gateway. */
  outcomeLeft(outcome: AskOutcome): void {
    this.#view.refresh()
    const { asked, received } = outcome.entries
    const index = received ?? asked
    const fault = index === null ? 'it names no entry' : this.#faultOf(outcome, index)
    this.#judge.check('I2', fault === undefined, () => `${outcome.exchangeId}: ${fault}`)
  }

  /** A client holds an outcome under its key. */
  held(key: string, outcome: AskOutcome): void {
    // What the own case system refuses was never asked, and uses no key up.
    if (outcome.entries.received === null) return
    const before = this.#byKey.get(key)
    this.#byKey.set(key, outcome)
    if (before === undefined) return
    const isSame =
      before.exchangeId === outcome.exchangeId &&
      before.outcome === outcome.outcome &&
      before.receipt?.leaf === outcome.receipt?.leaf &&
      JSON.stringify(before.results) === JSON.stringify(outcome.results)
    this.#judge.check('I7', isSame, () => `${key} stands for two outcomes`)
  }

  #faultOf(outcome: AskOutcome, index: number): string | undefined {
    const record = this.#view.entries[index]?.record
    if (record?.class !== 'exchange') return `entry ${index} is no exchange`
    if (record.exchangeId !== outcome.exchangeId) return `entry ${index} is of another exchange`
    if (outcome.entries.received === null) {
      return record.kind === 'person.denied' ? undefined : `entry ${index} is no denial`
    }
    if (record.kind !== 'person.received') return `entry ${index} is not "received"`
    if (record.outcome !== outcome.outcome) return `entry ${index} says ${record.outcome}`
    const peer = outcome.receipt === null ? null : commitmentOf(outcome.receipt.leaf)
    return record.peer === peer ? undefined : `entry ${index} cites another entry`
  }
}

/** Base64 of a leaf without its two bytes of version and class. */
function commitmentOf(leaf: string): string {
  return encodeBase64(decodeBase64(leaf).subarray(2))
}
