import type * as z from 'zod'

import { RegisterError } from '../register-error.ts'
import { batchCeiling } from './connector-messages.ts'
import type { Batch, ConnectorFailure, Numbered } from './connector-messages.ts'
import type { ConnectorProcess, SpawnConnector } from './fork-connector.ts'

/** Most starts of a connector's process within a minute. */
const startCeiling = 6
const startWindowMs = 60_000
/** Most questions that wait for answers. */
const openCeiling = 10_000
/** How long a question may wait before the process counts as stuck, by its kind; milliseconds. */
export type Patience<Question extends Kinded> = Readonly<Record<Question['kind'], number>>

/** What goes to and fro between a gateway and one kind of connector. */
export interface ConnectorProtocol<Question extends Kinded, Answer extends Kinded> {
  /** The closed schema of what the process may say. */
  readonly answers: z.ZodType<Batch<Answer | ConnectorFailure>>
  readonly patience: Patience<Question>
}

/** A message, told from others by its kind. */
export interface Kinded {
  readonly kind: string
}

const patrolMs = 500

interface OpenQuestion<Answer> {
  readonly deadlineMs: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (cause: RegisterError) => void
}

/**
 * The gateway's end of a connector. Questions of one turn of the event loop leave in one message. The process
 * is started when there is something to ask, and killed when it no longer answers.
 */
export class ConnectorLink<
  Question extends Kinded,
  Answer extends Kinded,
> implements AsyncDisposable {
  readonly #settings: string
  readonly #spawn: SpawnConnector
  readonly #protocol: ConnectorProtocol<Question, Answer>
  readonly #open = new Map<number, OpenQuestion<Answer>>()
  #starts: number[] = []
  #running: ConnectorProcess | undefined
  #outbox: Numbered<Question>[] = []
  #last = 0
  #patrol: NodeJS.Timeout | undefined
  #closed: (() => void) | undefined
  #closing: Promise<void> | undefined

  constructor(
    settings: string,
    spawn: SpawnConnector,
    protocol: ConnectorProtocol<Question, Answer>,
  ) {
    this.#settings = settings
    this.#spawn = spawn
    this.#protocol = protocol
  }

  /**
   * Puts one question.
   *
   * @throws {@link RegisterError} as the connector says, or `UNAVAILABLE` when it does not
   */
  ask(question: Question): Promise<Answer> {
    if (this.#closing !== undefined) return Promise.reject(unavailable('the register is closed'))
    if (this.#open.size >= openCeiling)
      return Promise.reject(unavailable('too much is asked at once'))
    if (!this.#ensureRunning()) return Promise.reject(unavailable('the connector keeps ending'))
    this.#last += 1
    const number = this.#last
    if (this.#outbox.push({ number, content: question }) === 1) setImmediate(() => this.#flush())
    const deadlineMs = performance.now() + this.#patienceWith(question)
    this.#patrol ??= setInterval(() => this.#killIfStuck(), patrolMs)
    return new Promise((resolve, reject) => this.#open.set(number, { deadlineMs, resolve, reject }))
  }

  /** Ends the process and waits until it has ended. Open questions reject. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#closed = resolve
      if (this.#running === undefined) resolve()
      else this.#running.kill()
    })
    return this.#closing
  }

  #patienceWith({ kind }: Question): number {
    const patience: Readonly<Record<string, number>> = this.#protocol.patience
    return patience[kind] ?? 0
  }

  #ensureRunning(): boolean {
    if (this.#running !== undefined) return true
    const now = performance.now()
    this.#starts = this.#starts.filter((start) => now - start < startWindowMs)
    if (this.#starts.length >= startCeiling) return false
    this.#starts.push(now)
    const started = this.#spawn(this.#settings, {
      message: (content) => this.#take(content),
      ended: () => this.#ended(started),
    })
    this.#running = started
    return true
  }

  #flush(): void {
    const outbox = this.#outbox
    this.#outbox = []
    for (let from = 0; from < outbox.length; from += batchCeiling) {
      const batch = outbox.slice(from, from + batchCeiling)
      if (this.#running?.send(batch) === true) continue
      for (const { number } of batch)
        this.#settle(number)?.reject(unavailable('the connector ended'))
    }
  }

  #take(content: unknown): void {
    const batch = this.#protocol.answers.safeParse(content)
    if (!batch.success) {
      this.#running?.kill()
      return
    }
    for (const { number, content: answer } of batch.data) {
      const question = this.#settle(number)
      if (isFailure(answer)) question?.reject(new RegisterError(answer.code, answer.message))
      else question?.resolve(answer)
    }
  }

  #settle(number: number): OpenQuestion<Answer> | undefined {
    const question = this.#open.get(number)
    this.#open.delete(number)
    if (this.#open.size === 0) {
      clearInterval(this.#patrol)
      this.#patrol = undefined
    }
    return question
  }

  #killIfStuck(): void {
    const now = performance.now()
    const overdue = [...this.#open.values()].some(({ deadlineMs }) => deadlineMs < now)
    if (overdue) this.#running?.kill()
  }

  #ended(process: ConnectorProcess): void {
    if (this.#running === process) {
      this.#running = undefined
      this.#outbox = []
      for (const number of this.#open.keys()) {
        this.#settle(number)?.reject(unavailable('the connector ended'))
      }
    }
    this.#closed?.()
  }
}

function isFailure(answer: Kinded): answer is ConnectorFailure {
  return answer.kind === 'failure'
}

function unavailable(message: string): RegisterError {
  return new RegisterError('UNAVAILABLE', message)
}
