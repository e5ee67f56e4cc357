import type { ReadTogether } from '../person/index.ts'
import type { SqliteReader } from '../storage/sqlite/index.ts'

interface Waiting {
  readonly read: () => Promise<void>
  readonly reject: (cause: unknown) => void
}

/**
 * Gathers what is to be read in one turn of the event loop and reads it in one state of the store:
 * questions that arrive together then fetch the pages that they share once. The writer's commits are
 * seen from the next turn on.
 */
export function readsOfATurn(reader: Pick<SqliteReader, 'inOneState'>): ReadTogether {
  let waiting: Waiting[] = []

  async function readAll(): Promise<void> {
    const reads = waiting
    waiting = []
    try {
      await reader.inOneState(async () => {
        for (const { read } of reads) await read()
      })
    } catch (cause) {
      // Whoever has been told something already stays with it.
      for (const { reject } of reads) reject(cause)
    }
  }

  return (read) =>
    new Promise((resolve, reject) => {
      const count = waiting.push({ read: () => read().then(resolve, reject), reject })
      if (count === 1) setImmediate(() => void readAll())
    })
}
