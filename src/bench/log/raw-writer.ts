import { logWriter, type LogWriter, type Prepare, type SealedEntry } from '../../log/index.ts'
import { openLog } from '../../node/index.ts'
import type { ExchangeTransaction } from '../../person/index.ts'
import type { LogWorld } from './log-world.ts'

/** An entry that is durable, with its receipt. */
export interface Appended {
  readonly index: number
  /** Of the tree that the receipt's checkpoint signs. */
  readonly size: number
  /** A C2SP tlog-proof. */
  readonly receipt: string
}

/** A log as its gateway opens it, with a writer of entries that were sealed before. */
export interface RawWriter<Result> extends Disposable {
  readonly log: LogWriter<SealedEntry, Result>
  /** Size of the log when it was opened. */
  readonly size: number
}

async function open<Result>(
  { settings }: LogWorld,
  prepare: Prepare<ExchangeTransaction, SealedEntry, Result>,
): Promise<RawWriter<Result>> {
  const opened = await openLog(settings)
  return {
    log: logWriter(opened.deps, prepare, opened.start),
    size: opened.start.head.size,
    [Symbol.dispose]: () => opened[Symbol.dispose](),
  }
}

/** Opens a world's log for everything of a commit but making and deciding, with receipts. */
export function openRawWriter(world: LogWorld): Promise<RawWriter<Appended>> {
  return open(world, async (_tx, entry, batch) => {
    const index = batch.addSealed(entry)
    return {
      complete: async (proofs) => ({
        index,
        size: proofs.size,
        receipt: await proofs.inclusion(index),
      }),
    }
  })
}

/** As {@link openRawWriter}, without receipts: for filling a log. Results are sizes. */
export function openFillingWriter(world: LogWorld): Promise<RawWriter<number>> {
  return open(world, async (_tx, entry, batch) => {
    batch.addSealed(entry)
    return { complete: async ({ size }) => size }
  })
}
