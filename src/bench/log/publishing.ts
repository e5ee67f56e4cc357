import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { BenchError } from '../bench-error.ts'
import type { LogWorld } from './log-world.ts'
import type { PublishingReply, PublishingStart } from './publishing-messages.ts'

/** The publisher of a log in its own thread, as a gateway's is apart from its writer. */
export interface Publishing extends AsyncDisposable {
  /** Resolves once everything that a checkpoint of `size` covers is on disk. */
  covers(size: number): Promise<void>
  /** The size published last. */
  readonly size: number
}

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

interface Waiting {
  readonly size: number
  readonly resolve: () => void
  readonly reject: (reason: BenchError) => void
}

class PublishingLink implements Publishing {
  readonly #worker: Worker
  readonly #ready = Promise.withResolvers<void>()
  readonly #exited: Promise<unknown>
  #waiting: Waiting[] = []
  #isBusy = false
  #size = 0

  constructor(start: PublishingStart) {
    this.#worker = new Worker(new URL(`./publishing-thread${extension}`, import.meta.url), {
      workerData: start,
    })
    this.#exited = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#worker.on('message', (message: PublishingReply) => this.#take(message))
    this.#worker.on('error', (cause: unknown) =>
      this.#fail(cause instanceof Error ? cause.message : 'unknown reason'),
    )
  }

  get ready(): Promise<void> {
    return this.#ready.promise
  }

  get size(): number {
    return this.#size
  }

  covers(size: number): Promise<void> {
    if (size <= this.#size) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#waiting.push({ size, resolve, reject })
      this.#next()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#worker.postMessage('stop')
    await this.#exited
  }

  #next(): void {
    if (this.#isBusy || this.#waiting.length === 0) return
    this.#isBusy = true
    this.#worker.postMessage('publish')
  }

  #take(message: PublishingReply): void {
    switch (message.type) {
      case 'ready':
        this.#ready.resolve()
        return
      case 'published':
        this.#isBusy = false
        this.#size = message.size
        this.#settle()
        this.#next()
        return
      case 'failed':
        this.#fail(message.reason)
        return
    }
  }

  #settle(): void {
    const waiting = this.#waiting
    this.#waiting = waiting.filter(({ size }) => size > this.#size)
    for (const { size, resolve } of waiting) if (size <= this.#size) resolve()
  }

  #fail(reason: string): void {
    const failure = new BenchError('PROCESS_LOST', `The publisher failed: ${reason}`)
    this.#ready.reject(failure)
    for (const { reject } of this.#waiting.splice(0)) reject(failure)
  }
}

/** Starts the publisher of a world's log. */
export async function startPublishing(world: LogWorld): Promise<Publishing> {
  const { published, settings, folder } = world
  const link = new PublishingLink({
    published,
    statePath: settings.statePath,
    policyFile: join(folder, 'policy.txt'),
  })
  await link.ready
  return link
}
