import type { BatchWitnessStore, WitnessStore, WitnessSwap } from './witness-store.ts'

interface Waiting {
  readonly swap: WitnessSwap
  readonly settle: PromiseWithResolvers<'swapped' | 'conflict'>
}

/**
 * A store whose swaps share their fsync: those that are asked for in one turn of the event loop, while
 * the one before was being written, go to disk together. Nothing waits for a timer; one alone is
 * written at once.
 */
export function groupedStore(store: BatchWitnessStore): WitnessStore {
  let waiting: Waiting[] = []

  async function write(): Promise<void> {
    const batch = waiting
    waiting = []
    try {
      const outcomes = await store.swapAll(batch.map(({ swap }) => swap))
      for (const [place, { settle }] of batch.entries())
        settle.resolve(outcomes[place] ?? 'conflict')
    } catch (cause) {
      for (const { settle } of batch) settle.reject(cause)
    }
  }

  return {
    latest: (origin) => store.latest(origin),
    swap(origin, previousSize, next) {
      const settle = Promise.withResolvers<'swapped' | 'conflict'>()
      waiting.push({ swap: { origin, previousSize, next }, settle })
      if (waiting.length === 1) setImmediate(() => void write())
      return settle.promise
    },
  }
}
