import { Worker } from 'node:worker_threads'
import { groupCommit } from '../log/index.ts'
import type {
  GovernanceIntent,
  KnownAgreement,
  PersonCommitted,
  PersonWriter,
} from '../person/index.ts'
import {
  type PopulationCommitted,
  populationIntentTypes,
  type PopulationWriter,
} from '../population/index.ts'
import { NodeError, writerCodes } from './node-error.ts'
import {
  type OrganisationCommitted,
  type OrganisationIntent,
  packIntent,
  type WriterReply,
  type WriterRequest,
  type WriterStart,
} from './writer-messages.ts'

/** The writer in its own thread, seen from the gateway. */
export interface WriterHost extends PersonWriter, AsyncDisposable {
  /** Resolves, once, with the reason when the writer has failed; the gateway must then end. */
  readonly failed: Promise<NodeError>
  /** The same writer, for what is about populations. */
  readonly population: PopulationWriter
  /** What to make an entry first of all: a log key that was added signs from there on. */
  readonly keyActs: readonly GovernanceIntent[]
  /** Agreements that questions are decided by; what is committed after this call knows them. */
  know(agreements: readonly KnownAgreement[]): void
}

function isAboutPopulation(done: OrganisationCommitted): done is PopulationCommitted {
  return populationIntentTypes.has(done.type)
}

function personCommitted(done: OrganisationCommitted): PersonCommitted {
  if (!isAboutPopulation(done)) return done
  throw new TypeError('the writer answered another intent')
}

function populationCommitted(done: OrganisationCommitted): PopulationCommitted {
  if (isAboutPopulation(done)) return done
  throw new TypeError('the writer answered another intent')
}

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

function failureOf({ code, message }: Extract<WriterReply, { type: 'failed' }>): NodeError {
  const own = writerCodes.find((known) => known === code)
  return own === undefined
    ? new NodeError('WRITER_FAILED', `${code}: ${message}`)
    : new NodeError(own, message)
}

interface Waiting {
  readonly resolve: (results: readonly OrganisationCommitted[]) => void
  readonly reject: (reason: NodeError) => void
}

class WriterLink {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #failure = Promise.withResolvers<NodeError>()
  readonly #ready = Promise.withResolvers<readonly GovernanceIntent[]>()
  readonly #exited = Promise.withResolvers<void>()
  #nextId = 0
  #ended: NodeError | undefined

  constructor(start: WriterStart) {
    this.#worker = new Worker(new URL(`./writer-worker${extension}`, import.meta.url), {
      workerData: start,
    })
    this.#worker.on('message', (reply: WriterReply) => this.#receive(reply))
    this.#worker.on('error', (cause) =>
      this.#fail(new NodeError('WRITER_FAILED', 'The writer stopped.', { cause })),
    )
    this.#worker.on('exit', () => {
      this.#exited.resolve()
      this.#fail(new NodeError('WRITER_FAILED', 'The writer stopped.'))
    })
  }

  get failed(): Promise<NodeError> {
    return this.#failure.promise
  }

  get ready(): Promise<readonly GovernanceIntent[]> {
    return this.#ready.promise
  }

  write(batch: readonly OrganisationIntent[]): Promise<readonly OrganisationCommitted[]> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    this.#nextId += 1
    const id = this.#nextId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#send({ type: 'commit', id, batch: batch.map(packIntent) })
    })
  }

  know(agreements: readonly KnownAgreement[]): void {
    if (this.#ended === undefined) this.#send({ type: 'know', agreements })
  }

  async stop(): Promise<void> {
    if (this.#ended === undefined) {
      this.#ended = new NodeError('WRITER_FAILED', 'The gateway is stopping.')
      this.#send({ type: 'stop' })
      await this.#exited.promise
    }
    await this.#worker.terminate()
  }

  #send(request: WriterRequest): void {
    this.#worker.postMessage(request)
  }

  #receive(reply: WriterReply): void {
    switch (reply.type) {
      case 'ready':
        this.#ready.resolve(reply.keyActs)
        return
      case 'committed':
        this.#waiting.get(reply.id)?.resolve(reply.results)
        this.#waiting.delete(reply.id)
        return
      case 'failed':
        this.#fail(failureOf(reply))
        return
    }
  }

  #fail(reason: NodeError): void {
    if (this.#ended !== undefined) return
    this.#ended = reason
    this.#ready.reject(reason)
    this.#failure.resolve(reason)
    for (const waiting of this.#waiting.values()) waiting.reject(reason)
    this.#waiting.clear()
  }
}

/** Look-ups of one turn of the event loop come back in one message: their questions make one batch. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/**
 * Starts the writer thread and resolves when it has checked its stores and can commit.
 *
 * @throws {@link NodeError} with the writer's code and sentence; `WRITER_FAILED` for a code that
 * says nothing to an operator
 */
export async function startWriter(start: WriterStart, maxBatch: number): Promise<WriterHost> {
  const link = new WriterLink(start)
  const keyActs = await link.ready
  const group = groupCommit<OrganisationIntent, OrganisationCommitted>(
    (batch) => link.write(batch),
    maxBatch,
    { gathered: endOfTurn },
  )
  return {
    commit: async (intent) => personCommitted(await group.submit(intent)),
    population: {
      commit: async (intent) => populationCommitted(await group.submit(intent)),
    },
    failed: link.failed,
    keyActs,
    know: (agreements) => link.know(agreements),
    async [Symbol.asyncDispose]() {
      await group.idle()
      await link.stop()
    },
  }
}
