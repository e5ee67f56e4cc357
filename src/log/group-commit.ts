import { LogError } from './log-error.ts'

/** Turns single submissions into batches for one durable write at a time. */
export interface GroupCommit<Intent, Result> {
  /**
   * Resolves with the intent's result once the batch that holds it is durable; rejects when that
   * batch failed, in which case nothing of it is known to be written, and with `LogError`
   * `OVERLOADED` before anything is written when too much is waiting.
   */
  submit(intent: Intent): Promise<Result>
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>
}

interface Waiting<Intent, Result> {
  readonly intent: Intent
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

/** What may be said of a group commit's batches. */
export interface GroupCommitOptions {
  /** Above so many intents a submission is refused; 16 batches unless told. */
  readonly mostWaiting?: number
  /**
   * Resolves once what is ready at this moment has been submitted; a batch of an idle writer begins behind
   * it. Left out: it begins with the first intent.
   */
  readonly gathered?: () => Promise<void>
}

/**
 * Group commit: a batch starts at once when the writer is idle and holds whatever arrived
 * meanwhile, up to `maxBatch` intents, so that durability costs one fsync a batch and nothing waits
 * for a timer. Above `mostWaiting` intents a submission is refused, so that memory stays bounded while
 * the disk stalls. `write` gets the intents in the order of submission and returns as many results.
 */
export function groupCommit<Intent, Result>(
  write: (batch: readonly Intent[]) => Promise<readonly Result[]>,
  maxBatch: number,
  { mostWaiting = 16 * maxBatch, gathered }: GroupCommitOptions = {},
): GroupCommit<Intent, Result> {
  const queue: Waiting<Intent, Result>[] = []
  let running: Promise<void> | undefined

  async function writeNext(): Promise<void> {
    const batch = queue.splice(0, maxBatch)
    try {
      const results = await write(batch.map((waiting) => waiting.intent))
      for (const [place, waiting] of batch.entries()) {
        const result = results[place]
        if (result === undefined) waiting.reject(new RangeError('a batch returned too few results'))
        else waiting.resolve(result)
      }
    } catch (cause) {
      for (const waiting of batch) waiting.reject(cause)
    }
  }

  async function drain(): Promise<void> {
    if (gathered !== undefined) await gathered()
    while (queue.length > 0) await writeNext()
    running = undefined
  }

  return {
    submit: (intent) =>
      new Promise<Result>((resolve, reject) => {
        if (queue.length >= mostWaiting) {
          reject(new LogError('OVERLOADED', 'more is waiting for the log than it will write soon'))
          return
        }
        queue.push({ intent, resolve, reject })
        running ??= drain()
      }),
    idle: async () => {
      while (running !== undefined) await running
    },
  }
}
