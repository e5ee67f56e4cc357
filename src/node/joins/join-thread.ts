import { Worker } from 'node:worker_threads'
import type { JoinMachine } from '../../population/index.ts'
import { JoinError } from '../../population/psi/index.ts'
import { NodeError } from '../node-error.ts'
import type { JoinFolders, JoinOrderResult, JoinReply } from './join-orders.ts'

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

type Given<Name extends keyof JoinMachine> = Parameters<JoinMachine[Name]>
type Result<Name extends keyof JoinMachine> = ReturnType<JoinMachine[Name]>

/** What the other thread gave for this call; structured clone keeps its form. */
function resultOf<Name extends keyof JoinMachine>(result: JoinOrderResult): Awaited<Result<Name>> {
  return result as Awaited<Result<Name>>
}

/** Rows of a holder move over instead of being copied: nobody here needs them any more. */
function buffersOf(given: readonly unknown[]): ArrayBuffer[] {
  return given.flatMap((one) =>
    typeof one === 'object' && one !== null && 'rows' in one ? buffersIn(one.rows) : [],
  )
}

function buffersIn(rows: unknown): ArrayBuffer[] {
  const members: readonly unknown[] =
    typeof rows === 'object' && rows !== null ? Object.values(rows) : []
  const arrays = members.filter((one) => one instanceof Uint8Array)
  const buffers = arrays.map(({ buffer }) => buffer).filter((one) => one instanceof ArrayBuffer)
  return [...new Set(buffers)]
}

/** A step makes a million short-lived views: in a small young generation they leave less behind. */
const youngMiB = 12

interface Waiting {
  readonly resolve: (result: JoinOrderResult) => void
  readonly reject: (reason: Error) => void
}

/**
 * The machine of joins in a thread of its own, which is started with the first step: a gateway that runs no join has none.
 * One that has ended rejects what it was asked, and the next step starts another, which goes on from what is on disk.
 */
export class JoinThread implements JoinMachine, AsyncDisposable {
  readonly #folders: JoinFolders
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #nextId = 0

  constructor(folders: JoinFolders) {
    this.#folders = folders
  }

  draw(...given: Given<'draw'>): Result<'draw'> {
    return this.#ask('draw', given)
  }

  begin(...given: Given<'begin'>): Result<'begin'> {
    return this.#ask('begin', given)
  }

  beginTally(...given: Given<'beginTally'>): Result<'beginTally'> {
    return this.#ask('beginTally', given)
  }

  beginAudit(...given: Given<'beginAudit'>): Result<'beginAudit'> {
    return this.#ask('beginAudit', given)
  }

  standing(...given: Given<'standing'>): Result<'standing'> {
    return this.#ask('standing', given)
  }

  receive(...given: Given<'receive'>): Result<'receive'> {
    return this.#ask('receive', given)
  }

  giveUp(...given: Given<'giveUp'>): Result<'giveUp'> {
    return this.#ask('giveUp', given)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.terminate()
    this.#fail('The gateway is stopping.')
  }

  async #ask<Name extends keyof JoinMachine>(
    name: Name,
    given: Given<Name>,
  ): Promise<Awaited<Result<Name>>> {
    this.#nextId += 1
    const id = this.#nextId
    const worker = this.#started()
    const result = await new Promise<JoinOrderResult>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ id, name, given }, buffersOf(given))
    })
    return resultOf<Name>(result)
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = new Worker(new URL(`./join-worker${extension}`, import.meta.url), {
      workerData: this.#folders,
      resourceLimits: { maxYoungGenerationSizeMb: youngMiB },
    })
    worker.on('message', (reply: JoinReply) => this.#receive(reply))
    worker.on('error', () => this.#ended(worker))
    worker.on('exit', () => this.#ended(worker))
    worker.unref()
    this.#worker = worker
    return worker
  }

  #receive(reply: JoinReply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('result' in reply) waiting?.resolve(reply.result)
    else if ('refused' in reply) waiting?.reject(new JoinError(reply.refused, reply.message))
    else waiting?.reject(new NodeError('JOIN_STEP_FAILED', reply.failed))
  }

  #ended(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    this.#fail('The thread that computes joins has ended; what it did not finish is done again.')
  }

  #fail(message: string): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(new NodeError('JOIN_THREAD_ENDED', message))
  }
}
