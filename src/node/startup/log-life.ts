import { PlatformError, systemClock, systemTimers } from '../../platform/index.ts'
import { storeFailure } from '../../storage/sqlite/index.ts'
import type { PublishedRound, PublishJob } from '../jobs/publish-job.ts'
import { repeat } from '../jobs/repeat.ts'
import type { WitnessStanding } from '../jobs/witness-standing.ts'
import { logGate, type LogGate } from '../log-gate.ts'
import { NodeError, tamperingCodes } from '../node-error.ts'
import { confirmHead } from './confirm-head.ts'

/** Work that goes on for as long as the gateway runs. */
export interface LifeJob {
  readonly name: string
  readonly pauseMs: number
  readonly round: () => Promise<unknown>
}

/** How a job of {@link LifeJob} has been doing since the start. */
export interface JobRecord {
  readonly name: string
  readonly pauseMs: number
  readonly rounds: number
  readonly failures: number
  /** When its last round ended well; `null` before the first. */
  readonly lastMs: number | null
}

/** What the life of a log in a running gateway works with. */
export interface LogLifeDeps {
  readonly publish: PublishJob
  readonly standing: WitnessStanding
  readonly checkWitnesses: () => Promise<void>
  /** Signs the first new entries; called once the witnesses have confirmed the head. */
  readonly announce: () => Promise<void>
  readonly publishPauseMs: number
  /** Called after a round of publishing that a quorum has cosigned. */
  readonly witnessed?: () => Promise<void>
  /** What else runs once the start is announced. */
  readonly jobs: readonly LifeJob[]
  readonly report: (job: string, cause: unknown) => void
}

/** A log from the confirmation of its head to the end of the process. */
export interface LogLife extends AsyncDisposable {
  readonly gate: LogGate
  /**
   * Resolves with the evidence when the log turns out to have been put back, forked or changed, and
   * when the disk of the published folder fails.
   */
  readonly failed: Promise<NodeError>
  /** Every job that runs, in the order in which they were begun; none before the start is announced. */
  jobs(): readonly JobRecord[]
  /**
   * Resolves when the start is announced, or after `patienceMs`: then the gate stays shut until it is.
   *
   * @throws what the confirmation found within that time
   */
  begun(patienceMs: number): Promise<void>
}

const stepMs = 20

/** What no later round can mend: evidence against the log, or a disk of which nothing is known. */
function isFatal(cause: unknown): cause is NodeError {
  const isOwn = cause instanceof NodeError
  return isOwn && [...tamperingCodes, 'STORE_FAILED', 'STORE_FULL'].includes(cause.code)
}

/** A failed device, under the published folder or under a store that is read, ends the gateway. */
function asFatal(cause: unknown): unknown {
  const store = storeFailure(cause)
  if (store !== undefined) return new NodeError(store.code, store.message, { cause })
  if (!(cause instanceof PlatformError) || cause.code !== 'DEVICE_FAILED') return cause
  return new NodeError(
    'STORE_FAILED',
    'The disk of the published folder has failed. Check the disk; the next start verifies what is on it.',
    { cause },
  )
}

class Life implements LogLife {
  readonly gate = logGate()
  readonly #deps: LogLifeDeps
  readonly #evidence = Promise.withResolvers<NodeError>()
  readonly #jobs = new AsyncDisposableStack()
  readonly #records = new Map<string, JobRecord>()
  readonly #start: Promise<void>
  #state: 'unconfirmed' | 'running' | 'failed' | 'stopped' = 'unconfirmed'
  #failure: { readonly cause: unknown } | undefined

  constructor(deps: LogLifeDeps) {
    this.#deps = deps
    this.gate.watch(() =>
      this.#state === 'unconfirmed' ? { id: 'gateSays.unconfirmed', values: {} } : undefined,
    )
    this.gate.watch(() =>
      this.#state === 'failed' ? { id: 'gateSays.evidence', values: {} } : undefined,
    )
    this.gate.watch(() => deps.standing.hardAilment())
    this.#start = this.#begin().catch((cause: unknown) => {
      this.#fail(cause)
    })
  }

  get failed(): Promise<NodeError> {
    return this.#evidence.promise
  }

  jobs(): readonly JobRecord[] {
    return [...this.#records.values()]
  }

  async begun(patienceMs: number): Promise<void> {
    for (let waited = 0; waited < patienceMs; waited += stepMs) {
      if (this.#failure !== undefined) throw this.#failure.cause
      if (this.#state !== 'unconfirmed') return
      await systemTimers.sleep(stepMs)
    }
    this.#deps.report(
      'start',
      new NodeError(
        'UNCONFIRMED',
        'No quorum of witnesses has confirmed the head yet; nothing is answered until one does.',
      ),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#state = 'stopped'
    await this.#start
    await this.#jobs.disposeAsync()
  }

  async #begin(): Promise<void> {
    const { checkWitnesses, standing, report, announce, jobs, publishPauseMs } = this.#deps
    const confirmed = await confirmHead({
      checkWitnesses,
      publish: () => this.#publish(),
      isConfirmed: () => standing.isConfirmed(),
      isStopped: () => this.#state === 'stopped',
      timers: systemTimers,
      report: (cause) => report('publish', cause),
    })
    if (confirmed === 'stopped') return
    await announce()
    await this.#publish().catch((cause: unknown) => this.#judge('publish', cause))
    if (this.#state !== 'unconfirmed') return
    this.#state = 'running'
    this.#run({ name: 'publish', pauseMs: publishPauseMs, round: () => this.#publish() })
    for (const job of jobs) this.#run(job)
  }

  #run({ name, pauseMs, round }: LifeJob): void {
    let record: JobRecord = { name, pauseMs, rounds: 0, failures: 0, lastMs: null }
    const note = (change: Partial<JobRecord>): void => {
      record = { ...record, rounds: record.rounds + 1, ...change }
      this.#records.set(name, record)
    }
    const counted = async (): Promise<void> => {
      await round()
      note({ lastMs: systemClock.now() })
    }
    const onFailure = (cause: unknown): void => {
      note({ failures: record.failures + 1 })
      this.#judge(name, cause)
    }
    this.#records.set(name, record)
    this.#jobs.use(repeat(counted, pauseMs, { timers: systemTimers, onFailure }))
  }

  async #publish(): Promise<void> {
    try {
      const round = await this.#deps.publish.round()
      if (round === undefined) return
      await this.#askForProof(round)
      this.#deps.standing.take(round)
      await this.#deps.witnessed?.()
    } catch (cause) {
      throw asFatal(cause)
    }
  }

  /**
   * A witness that names more entries than this log has must show what it cosigned: a number alone
   * ends no gateway.
   */
  async #askForProof({ cosignatures }: PublishedRound): Promise<void> {
    const ahead = cosignatures.outcomes.flatMap(({ witness, result }) =>
      result.outcome === 'ahead' ? [{ name: witness.name, size: result.size }] : [],
    )
    if (ahead.length === 0) return
    await this.#deps.checkWitnesses()
    for (const { name, size } of ahead) {
      const sentence = `The witness ${name} names ${size} entries of this log and shows no checkpoint of them that this log has signed; it counts as away.`
      this.#deps.report('publish', new NodeError('WITNESS_UNPROVEN', sentence))
    }
  }

  #judge(job: string, thrown: unknown): void {
    const cause = asFatal(thrown)
    if (isFatal(cause)) this.#fail(cause)
    else this.#deps.report(job, cause)
  }

  #fail(cause: unknown): void {
    if (this.#state !== 'stopped') this.#state = 'failed'
    this.#failure = { cause }
    this.#evidence.resolve(
      cause instanceof NodeError
        ? cause
        : new NodeError('WRITER_FAILED', 'The start could not be announced.', { cause }),
    )
  }
}

/**
 * Begins the life of a log: its head is confirmed by the witnesses before anything new is signed,
 * then the start is announced and the jobs run. Evidence against the log shuts the gate at once.
 */
export function logLife(deps: LogLifeDeps): LogLife {
  return new Life(deps)
}
