import type { JoinMessageRow } from '../../ledger/index.ts'
import { carryingParty, organisationOf } from '../join-parties.ts'
import type { JoinContext } from '../join-context.ts'
import { isStateDamaged, type JoinError, type JoinPlan } from '../../psi/index.ts'
import { runLegs } from '../run/index.ts'
import { deliverMessage, type SendableMessage } from './deliver-message.ts'

/** A run's messages, where their bytes are. */
export type FindMessage = (row: JoinMessageRow) => Omit<SendableMessage, 'qid' | 'leg'> | undefined

/** What a run is told of its messages. */
export interface OutboxNews {
  /** Another end has said that it has one or more. */
  settled(): void
  /** A message does not open: it can be sent by nobody any more. */
  damaged(cause: JoinError): void
}

const firstPauseMs = 500
const longestPauseMs = 60_000

/** How one party is reached: one message at a time, in the order of the log. */
interface Line {
  isBusy: boolean
  failures: number
  notBeforeMs: number
}

/**
 * Sends what a run has for others, each party its own in the order in which it was logged, until each has said that it has
 * it. Other parties are not kept waiting by one that is away.
 */
export class JoinOutbox {
  readonly #deps: JoinContext
  readonly #plan: JoinPlan
  readonly #planHash: string
  readonly #lines = new Map<string, Line>()
  #underWay: Promise<unknown> = Promise.resolve()

  constructor(deps: JoinContext, run: { readonly plan: JoinPlan; readonly planHash: string }) {
    this.#deps = deps
    this.#plan = run.plan
    this.#planHash = run.planHash
  }

  /**
   * Begins to send what is not settled; `find` gives the bytes. Returns at once. A message without bytes, of a run that was
   * stopped before it was sent, keeps none behind it waiting.
   */
  pump(rows: readonly JoinMessageRow[], find: FindMessage, heard: OutboxNews): void {
    const byParty = Map.groupBy(
      rows.filter((row) => row.direction === 'sent' && !row.isSettled && find(row) !== undefined),
      ({ party }) => party,
    )
    for (const [party, waiting] of byParty) {
      const line = this.#lines.get(party) ?? { isBusy: false, failures: 0, notBeforeMs: 0 }
      this.#lines.set(party, line)
      if (line.isBusy || this.#deps.clock.now() < line.notBeforeMs) continue
      line.isBusy = true
      const sent = this.#sendAll(waiting, find, { line, heard })
      this.#underWay = Promise.all([this.#underWay, sent])
    }
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    await this.#underWay
  }

  /** Never rejects. */
  async #sendAll(
    waiting: readonly JoinMessageRow[],
    find: FindMessage,
    { line, heard }: { readonly line: Line; readonly heard: OutboxNews },
  ): Promise<void> {
    let tell = (): void => undefined
    try {
      if ((await this.#send(waiting, find, line)) > 0) tell = () => heard.settled()
    } catch (cause) {
      this.#pause(line)
      this.#deps.report(cause)
      if (isStateDamaged(cause)) tell = () => heard.damaged(cause)
    } finally {
      line.isBusy = false
    }
    tell()
  }

  /** How many the other end has now. */
  async #send(waiting: readonly JoinMessageRow[], find: FindMessage, line: Line): Promise<number> {
    let count = 0
    for (const row of waiting) {
      if (!(await this.#sendOne(row, find))) {
        this.#pause(line)
        return count
      }
      line.failures = 0
      count += 1
    }
    return count
  }

  async #sendOne(row: JoinMessageRow, find: FindMessage): Promise<boolean> {
    const { peers, writer } = this.#deps
    const message = find(row)
    const leg = runLegs.find((one) => one === row.leg)
    const peer = peers.get(organisationOf(this.#plan, carryingParty(row.party)))
    if (message === undefined || leg === undefined || peer === undefined) return false
    const sendable = { ...message, qid: this.#plan.qid, leg }
    if ((await deliverMessage(sendable, peer, this.#deps)) !== 'received') return false
    const { direction, party, digest } = row
    const name = { planHash: this.#planHash, direction, party, digest }
    await writer.commit({ type: 'join-settle', message: name })
    return true
  }

  #pause(line: Line): void {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** line.failures)
    line.failures += 1
    line.notBeforeMs = this.#deps.clock.now() + pauseMs
  }
}
