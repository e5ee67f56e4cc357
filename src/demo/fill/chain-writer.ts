import { join } from 'node:path'
import { commitmentText, type LogWriter, logWriter, type Preparation } from '../../log/index.ts'
import { loadConfig, openLog, readKeyFile, writerSettings } from '../../node/index.ts'
import { addChainedEntry, subjectHandles, type UnchainedRecord } from '../../person/index.ts'
import { sodiumEdwards, systemRandomness } from '../../platform/index.ts'
import type { SubjectReference } from '../../protocol/index.ts'

/** An entry about one person that is to be written. */
export interface ChainedEntry {
  readonly subject: SubjectReference
  readonly record: UnchainedRecord
  /** 32 bytes. */
  readonly s: Uint8Array
}

/** The one writer of a stopped organisation's log. */
export interface ChainWriter extends Disposable {
  /** Commits the entries as one batch, each linked to its person's chain; resolves with their commitments, base64. */
  write(entries: readonly ChainedEntry[]): Promise<readonly string[]>
  /** Entries in the log. */
  size(): Promise<number>
}

/**
 * Opens the log of an organisation of a stopped demo as its gateway does, with its lock, its keys and all checks
 * of a start.
 *
 * @throws {@link StorageError}, {@link LogError}, {@link NodeError}: among them that the demo still runs
 */
export async function openChainWriter(folder: string): Promise<ChainWriter> {
  const loaded = await loadConfig(join(folder, 'cloison.yaml'))
  const key = await readKeyFile(loaded.at(loaded.config.keys.handle_file))
  const subjects = subjectHandles(key, sodiumEdwards())
  const open = await openLog(writerSettings(loaded))
  const log: LogWriter<ChainedEntry, string> = logWriter(
    { ...open.deps, signers: open.keys.active },
    async (tx, { subject, record, s }, batch): Promise<Preparation<string>> => {
      const entry = { record, s, subjectHandle: subjects.handleOf(subject) }
      const prepared = await addChainedEntry(tx, batch, entry, { randomness: systemRandomness })
      return { complete: () => Promise.resolve(commitmentText(prepared)) }
    },
    open.start,
  )
  return {
    write: (entries) => log.commit(entries),
    size: () => open.store.transaction(async (tx) => (await tx.head())?.size ?? 0),
    [Symbol.dispose]: () => open[Symbol.dispose](),
  }
}
