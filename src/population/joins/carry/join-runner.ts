import type { RequestHead, SignedResponse } from '../../../protocol/index.ts'
import { type Connection, NonceMemory } from '../../answer/index.ts'
import type { JoinRow } from '../../ledger/index.ts'
import type { GivenUpCode } from '../../psi/index.ts'
import type { JoinContext } from '../join-context.ts'
import { auditWindowMs } from './audit-window.ts'
import { stoppedSendingMs } from './last-sending.ts'
import { type BeginRun, JoinRun } from './join-run.ts'
import { LegTeller } from './message-legs.ts'
import {
  admitMessage,
  type AdmittedMessage,
  fileFor,
  keepMessage,
  knownEntry,
  mayTake,
  type MessagePlace,
  receiptReply,
  refuseMessage,
} from './receive-message.ts'

/** A message of a run as it arrives. */
export interface ArrivingMessage {
  readonly head: RequestHead
  readonly place: MessagePlace
  readonly connection: Connection
  /** Its bytes, as they come. Called once at most, and only where the head is good. */
  readonly body: () => AsyncIterable<Uint8Array>
}

/**
 * Carries the runs of this organisation on, in whatever role: takes their messages, and sends, resumes, ends and destroys them.
 * One for a gateway.
 */
export class JoinRunner implements AsyncDisposable {
  readonly #deps: JoinContext
  readonly #begin: BeginRun
  readonly #nonces: NonceMemory
  readonly #runs = new Map<string, JoinRun>()
  #isStopped = false

  constructor(deps: JoinContext, begin: BeginRun) {
    this.#deps = deps
    this.#begin = begin
    this.#nonces = new NonceMemory(deps.clock)
  }

  /**
   * Takes up what an earlier process left: open runs, results that may be audited, and messages that somebody still lacks; of
   * what is over it destroys what that process could not. Once, before the first round.
   */
  async resume(): Promise<void> {
    const { reader, runs, clock } = this.#deps
    runs.sweep()
    for (const planHash of runs.kept()) {
      const { end } = (await reader.join(planHash)) ?? {}
      if (end?.state === 'stopped' || end?.state === 'destroyed') runs.destroy(planHash)
    }
    const young = await reader.joinsSince(clock.now() - stoppedSendingMs)
    const stopped = young.filter(({ end }) => end?.state === 'stopped')
    for (const row of [...(await reader.keptJoins()), ...stopped]) this.begun(row)
  }

  /** Goes on with a run, from here on until it ends. */
  begun(row: JoinRow): void {
    this.#runOf(row).kick()
  }

  /** Stops a run, if it has no result by then. */
  giveUp(row: JoinRow, code: GivenUpCode): void {
    this.#runOf(row).giveUp(code)
  }

  /** One look at all runs: tries again what failed, ends what is over, destroys what has been kept long enough. */
  async round(): Promise<void> {
    const { reader, clock, mayAnswer } = this.#deps
    if (!mayAnswer()) return
    for (const [planHash, run] of this.#runs) {
      const row = await reader.join(planHash)
      const { end } = row ?? {}
      if (row !== undefined && end?.state === 'done' && clock.now() >= end.atMs + auditWindowMs)
        await run.destroy(row)
      else run.round()
      const isForgotten = clock.now() >= run.plan.expiresMs + auditWindowMs
      if (isForgotten && end !== undefined && end.state !== 'done') this.#runs.delete(planHash)
    }
  }

  /**
   * Serves `POST /v1/joins/<qid>/m1` … `m7` and `…/abort`: the head is verified before the body is read, and the answer says
   * that the message is kept and in the log. Rejects only when the body does.
   */
  async receive({ head, place, connection, body }: ArrivingMessage): Promise<SignedResponse> {
    const deps = this.#deps
    const by = { connection, nonces: this.#nonces }
    const admitted = await admitMessage(head, place, by, deps)
    if (typeof admitted === 'string') return refuseMessage(admitted, head, deps)
    const known = await knownEntry(admitted, deps)
    if (known !== undefined) {
      for await (const _ of body()) continue
      return receiptReply(admitted, known, head, deps)
    }
    const refusal = await mayTake(admitted, deps)
    if (refusal !== undefined) return refuseMessage(refusal, head, deps)
    return this.#take(admitted, head, body())
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    for (const run of this.#runs.values()) await run.idle()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true
    await this.idle()
  }

  async #take(
    admitted: AdmittedMessage,
    head: RequestHead,
    body: AsyncIterable<Uint8Array>,
  ): Promise<SignedResponse> {
    const deps = this.#deps
    const { row, length } = admitted
    const teller = new LegTeller()
    using file = fileFor(admitted, deps)
    for await (const bytes of body) {
      if (file.length + bytes.length > length) return refuseMessage('TOO_LARGE', head, deps)
      file.add(bytes)
      teller.add(bytes)
    }
    // By another path it would be in the log under a wrong leg, past what is checked of its own.
    if ((teller.leg() ?? admitted.leg) !== admitted.leg)
      return refuseMessage('MALFORMED', head, deps)
    const kept = await keepMessage(admitted, file, deps)
    if (typeof kept === 'string') return refuseMessage(kept, head, deps)
    const { end } = (await deps.reader.join(row.planHash)) ?? row
    // A run that stopped meanwhile keeps nothing, this message either.
    if (end !== undefined && end.state !== 'done') deps.runs.destroy(row.planHash)
    else if (kept.isNew) this.#runOf(row).kick()
    return receiptReply(admitted, kept.entry, head, deps)
  }

  #runOf(row: JoinRow): JoinRun {
    const known = this.#runs.get(row.planHash)
    if (known !== undefined) return known
    const run = new JoinRun(this.#deps, row, this.#begin)
    if (!this.#isStopped) this.#runs.set(row.planHash, run)
    return run
  }
}
