import type { SealedEntry } from '../../log/index.ts'
import { openLogWriter, type OpenLogWriter } from '../../node/index.ts'
import type { LogWorld } from './log-world.ts'

/** An entry that is durable, with its receipt. */
export interface Appended {
  readonly index: number
  /** Of the tree that the receipt's checkpoint signs. */
  readonly size: number
  /** A C2SP tlog-proof. */
  readonly receipt: string
}

/** Opens the gateway's own writer for entries that were sealed before: everything of a commit but its decision. */
export function openRawWriter(world: LogWorld): Promise<OpenLogWriter<SealedEntry, Appended>> {
  return openLogWriter<SealedEntry, Appended>(world.settings, () => async (_tx, entry, batch) => {
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

/** As {@link openRawWriter}, without receipts: for filling a log. Resolves with the sizes. */
export function openFillingWriter(world: LogWorld): Promise<OpenLogWriter<SealedEntry, number>> {
  return openLogWriter<SealedEntry, number>(world.settings, () => async (_tx, entry, batch) => {
    batch.addSealed(entry)
    return { complete: async ({ size }) => size }
  })
}
