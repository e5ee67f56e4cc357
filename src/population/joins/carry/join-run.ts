import { decodeBase64, encodeBase64, encodeHex } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import { RegisterError } from '../../../register/index.ts'
import type { AnyJoinParties, JoinAuditAct } from '../../commit/index.ts'
import type { JoinEnd, JoinMessageRow, JoinRow } from '../../ledger/index.ts'
import {
  type GivenUpCode,
  isAuditHeld,
  isStateDamaged,
  JoinError,
  type JoinPlan,
  readFinding,
  readJoinPlan,
} from '../../psi/index.ts'

import type { JoinContext } from '../join-context.ts'
import { type CarryingParty, carryingParty, messageEntry } from '../join-parties.ts'
import type { RunStanding } from '../run/index.ts'
import { findMessage } from './find-message.ts'
import { JoinOutbox } from './join-outbox.ts'
import { auditedAct } from './audited-act.ts'
import { lastSendingMs } from './last-sending.ts'
import { receivedKey } from './received-key.ts'

/** Reads and masks a holder's rows for a run, and begins it. */
export type BeginRun = (row: JoinRow, plan: JoinPlan) => Promise<RunStanding>

/** The file of a received message, until it is processed. */
export function receivedFile(party: string, digest: Uint8Array): string {
  return `in-${party}-${encodeHex(digest)}`
}

const firstPauseMs = 1_000
const longestPauseMs = 60_000

/**
 * One run at this organisation, carried on: what came is processed in the order of the log, what comes of it is made an entry
 * and then sent, until the run ends. Whatever happens, the next call goes on from what is on disk.
 */
export class JoinRun {
  readonly plan: JoinPlan
  readonly #deps: JoinContext
  readonly #begin: BeginRun
  readonly #planHash: string
  readonly #outbox: JoinOutbox
  #wanted = false
  #working: Promise<void> | undefined
  #standing: RunStanding | undefined
  #givingUp: GivenUpCode | undefined
  /** That a file that was to be sent does not open. */
  #damage: JoinError | undefined
  #failures = 0
  #notBeforeMs = 0

  constructor(deps: JoinContext, row: JoinRow, begin: BeginRun) {
    this.#deps = deps
    this.#begin = begin
    this.#planHash = row.planHash
    this.plan = readJoinPlan(row.plan)
    this.#outbox = new JoinOutbox(deps, { plan: this.plan, planHash: row.planHash })
  }

  /** Whether there is nothing left to do but to wait for somebody. */
  get isIdle(): boolean {
    return this.#working === undefined
  }

  /** Goes on as far as it can, now or right after what is under way. Never rejects. */
  kick(): void {
    this.#wanted = true
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined
    })
  }

  /** The same, unless a failure is being waited out. */
  round(): void {
    if (this.#deps.clock.now() >= this.#notBeforeMs) this.kick()
  }

  /** Stops the run, if it has no result by then. */
  giveUp(code: GivenUpCode): void {
    this.#givingUp ??= code
    this.kick()
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#working
    await this.#outbox.idle()
  }

  async #work(): Promise<void> {
    while (this.#wanted) {
      this.#wanted = false
      try {
        await this.#goOn()
        this.#failures = 0
      } catch (cause) {
        this.#notBeforeMs =
          this.#deps.clock.now() + Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures)
        this.#failures += 1
        this.#deps.report(cause)
      }
    }
  }

  async #goOn(): Promise<void> {
    const { reader, clock, runs } = this.#deps
    const row = await reader.join(this.#planHash)
    if (row === undefined) throw new TypeError('a run has its row')
    const isOver = row.end !== undefined && row.end.state !== 'done'
    if (!isOver) await this.#proceed(row)
    // Of a run that is over nothing is kept: a destruction that failed, or was not begun, is made up for.
    else if (runs.open(this.#planHash) !== undefined) runs.destroy(this.#planHash)
    if (clock.now() >= lastSendingMs(this.plan, row)) return
    const rows = await reader.joinMessages(this.#planHash)
    const now = await reader.join(this.#planHash)
    const files = runs.open(this.#planHash)
    this.#outbox.pump(rows, findMessage(now ?? row, this.#standing, files), {
      settled: () => this.kick(),
      damaged: (cause) => {
        this.#damage = cause
        this.kick()
      },
    })
    if (now?.end?.state === 'done') await this.#destroyIfAudited(now, rows)
  }

  /** Begins, processes and logs; and ends the run where that ends it, or where what is kept of it does not open. */
  async #proceed(row: JoinRow): Promise<void> {
    try {
      if (this.#damage !== undefined) throw this.#damage
      await this.#takeSteps(row)
    } catch (cause) {
      if (!isStateDamaged(cause)) throw cause
      this.#deps.report(cause)
      await this.#endDamaged(row)
    }
  }

  /** Before the result others are told; of a run that has one, or of an audit, there is nothing to go on with. */
  async #endDamaged(row: JoinRow): Promise<void> {
    if (row.end !== undefined) return this.destroy(row)
    const code = 'STATE_DAMAGED'
    if (row.role === 'inspector') {
      await this.#writeEnd(row, { state: 'stopped', code, result: undefined, abort: undefined })
      this.#deps.runs.destroy(this.#planHash)
      return
    }
    this.#standing = await this.#stop(row, code)
    await this.#log(row, this.#standing)
    await this.#end(row, this.#standing)
  }

  async #takeSteps(row: JoinRow): Promise<void> {
    let standing = await this.#stand(row)
    for (const received of await this.#unprocessed()) {
      if (standing.stopped !== undefined) break
      standing = await this.#process(row, received)
    }
    await this.#log(row, standing)
    await this.#end(row, standing)
  }

  async #stand(row: JoinRow): Promise<RunStanding> {
    const { clock } = this.#deps
    if (row.role === 'inspector') return this.#standAudit()
    const isLate = clock.now() >= this.plan.expiresMs
    if (row.end === undefined && isLate) this.#givingUp ??= 'PLAN_EXPIRED'
    this.#standing ??= await this.#kept()
    if (row.end === undefined && this.#givingUp !== undefined)
      this.#standing = await this.#stop(row, this.#givingUp)
    this.#standing ??= await this.#begin(row, this.plan).catch((cause: unknown) => {
      if (!isFinal(cause)) throw cause
      this.#deps.report(cause)
      this.#givingUp = 'GIVEN_UP'
      return this.#stop(row, 'GIVEN_UP')
    })
    return this.#standing
  }

  /** Where the run stood; one that has sent something and is not there was not begun before: it is lost. */
  async #kept(): Promise<RunStanding | undefined> {
    const standing = await this.#deps.machine.standing(this.#planHash)
    const rows = standing === undefined ? await this.#deps.reader.joinMessages(this.#planHash) : []
    if (rows.some(({ direction }) => direction === 'sent'))
      throw new JoinError('STATE_DAMAGED', 'what this run has kept is gone')
    return standing
  }

  /** An audit goes on by itself once what it waits for is overdue. It was begun before its row: one that is not there is lost. */
  async #standAudit(): Promise<RunStanding> {
    const { machine, clock } = this.#deps
    const { dueMs } = this.#standing ?? {}
    if (dueMs !== undefined && clock.now() >= dueMs) this.#standing = undefined
    const standing = this.#standing ?? (await machine.standing(this.#planHash))
    if (standing === undefined)
      throw new JoinError('STATE_DAMAGED', 'what this audit has kept is gone')
    this.#standing = standing
    return standing
  }

  #stop({ role, plan }: JoinRow, code: GivenUpCode): Promise<RunStanding> {
    if (role === 'inspector') throw new TypeError('an audit is not given up')
    return this.#deps.machine.giveUp(this.#planHash, { plan, by: role, code })
  }

  async #unprocessed(): Promise<readonly JoinMessageRow[]> {
    const rows = await this.#deps.reader.joinMessages(this.#planHash)
    return rows.filter(({ direction, isSettled }) => direction === 'received' && !isSettled)
  }

  async #process(row: JoinRow, received: JoinMessageRow): Promise<RunStanding> {
    const { machine, runs, writer } = this.#deps
    const from = carryingParty(received.party)
    const file = receivedFile(from, digestOf(received))
    const isKeyFresh = await this.#isKeyFresh(row, received, file)
    const { standing, refused } = await machine.receive(this.#planHash, { from, file, isKeyFresh })
    if (refused !== undefined) {
      this.#deps.report(new JoinError(refused, `a message of ${from} changed nothing`))
      await this.#refuseAudit(row, received, refused)
    }
    this.#standing = standing
    const { direction, party, digest } = received
    const message = { planHash: this.#planHash, direction, party, digest }
    // What it brought is in the state, and logged, before it is let go.
    await this.#log(row, standing)
    await writer.commit({ type: 'join-settle', message })
    runs.open(this.#planHash)?.remove(file)
    return standing
  }

  /** What an inspector is refused is an entry, with its reason. */
  async #refuseAudit(
    row: JoinRow,
    { party, leg, digest }: JoinMessageRow,
    code: string,
  ): Promise<void> {
    if (leg !== 'M7' || row.role === 'inspector') return
    const parties = this.#entry(row, carryingParty(party))
    await this.#deps.writer.commit({ type: 'join-refuse', parties, code, digest })
  }

  /** Of M1 alone: whether its key was seen in no other plan, as the log's commit knows it. */
  async #isKeyFresh(row: JoinRow, received: JoinMessageRow, file: string): Promise<boolean> {
    if (received.leg !== 'M1') return true
    const { runs, writer } = this.#deps
    const from = carryingParty(received.party)
    const bytes = runs.open(this.#planHash)?.read(file)
    const key = bytes === undefined ? null : receivedKey(this.plan, from, bytes)
    const { planHash, direction, party, leg, digest } = received
    const message = { planHash, direction, party, leg, digest }
    const parties = this.#entry(row, from)
    const done = await writer.commit({ type: 'join-message', parties, message, key })
    if (done.type !== 'join-message') throw new TypeError('the writer answered another intent')
    return done.isKeyFresh
  }

  /** Makes what is to be sent an entry, for each receiver its own. */
  async #log(row: JoinRow, { outbox }: RunStanding): Promise<void> {
    const { writer, reader } = this.#deps
    const logged = await reader.joinMessages(this.#planHash)
    for (const { leg, to, sha256: digest } of outbox)
      for (const name of to) {
        const party = carryingParty(name)
        const message = {
          planHash: this.#planHash,
          direction: 'sent',
          party,
          leg,
          digest: encodeBase64(digest),
        } as const
        if (logged.some((one) => isSame(one, message))) continue
        const parties = this.#entry(row, party)
        await writer.commit({ type: 'join-message', parties, message, key: null })
      }
  }

  async #end(row: JoinRow, { stopped, abort, result }: RunStanding): Promise<void> {
    if (row.end !== undefined) return
    if (stopped !== undefined) {
      await this.#writeEnd(row, { state: 'stopped', code: stopped.code, result: undefined, abort })
      this.#deps.runs.destroy(this.#planHash)
    } else if (result !== undefined)
      await this.#writeEnd(row, { state: 'done', code: null, result, abort: undefined })
  }

  async #writeEnd(row: JoinRow, end: Omit<JoinEnd, 'atMs'>, audit?: JoinAuditAct): Promise<void> {
    const { result } = end
    const isDone = end.state === 'done' && result !== undefined
    const resultDigest = isDone ? encodeBase64(sha256(result)) : null
    const isHolder = row.role === 'left' || row.role === 'right'
    const parties = this.#entry(row, isHolder ? 'tally' : 'left')
    const { planHash } = row
    const ending = { type: 'join-end', parties, planHash, end, resultDigest } as const
    await this.#deps.writer.commit({ ...ending, audit: audit ?? this.#auditAct(row, end) })
  }

  /** What an inspector makes public of a finding, when it has one. */
  #auditAct({ role }: JoinRow, { state, result }: Omit<JoinEnd, 'atMs'>): JoinAuditAct | undefined {
    if (role !== 'inspector' || state !== 'done' || result === undefined) return undefined
    return auditedAct(result)
  }

  /**
   * After an audit whose answer the inspector has, keys and lists go at once, and how much was opened is public. An
   * inspector's go when nothing was found.
   */
  async #destroyIfAudited(row: JoinRow, rows: readonly JoinMessageRow[]): Promise<void> {
    const { result } = row.end ?? {}
    if (row.role === 'inspector') {
      if (result !== undefined && isAuditHeld(readFinding(result))) await this.destroy(row)
      return
    }
    const opened = this.#standing?.opened
    const answer = this.#standing?.outbox.find(({ file }) => file === 'made.audited')
    const sent = rows.filter(
      ({ direction, party }) => direction === 'sent' && party === 'inspector',
    )
    if (opened === undefined || answer === undefined || !sent.every((one) => one.isSettled)) return
    const digest = encodeBase64(answer.sha256)
    const isLogged = sent.some((one) => one.digest === digest)
    if (!isLogged) return
    const body = { places: opened.places, dummies: opened.dummies }
    await this.destroy(row, { kind: 'join.opened', qid: row.qid, digest, body })
  }

  /** Destroys what is left of a run that has ended: the key first. */
  async destroy(row: JoinRow, audit?: JoinAuditAct): Promise<void> {
    this.#standing = undefined
    this.#deps.runs.destroy(this.#planHash)
    const { code = null, result, abort } = row.end ?? {}
    await this.#writeEnd(row, { state: 'destroyed', code, result, abort }, audit)
  }

  #entry({ role, analyst }: JoinRow, other: CarryingParty): AnyJoinParties {
    return messageEntry({ plan: this.plan, role, analyst }, other, this.#deps)
  }
}

function digestOf({ digest }: JoinMessageRow): Uint8Array {
  return decodeBase64(digest)
}

function isSame(
  one: JoinMessageRow,
  other: Pick<JoinMessageRow, 'direction' | 'party' | 'digest'>,
): boolean {
  return (
    one.direction === other.direction && one.party === other.party && one.digest === other.digest
  )
}

/** Whether trying again would come to the same: the register is there, and refuses. */
function isFinal(cause: unknown): boolean {
  if (cause instanceof JoinError) return true
  return cause instanceof RegisterError && cause.code !== 'UNAVAILABLE'
}
