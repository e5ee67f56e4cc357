import { equalBytes } from '../bytes/index.ts'
import { LogError } from './log-error.ts'
import type { LogReader, LogsReader, StoredHead } from './state-store.ts'
import { loadTree, rootHash, storedTiles, tileNodeReader } from './tree/index.ts'

/** The newest head by each of the two stores. */
export interface ComparedHeads {
  readonly state: StoredHead
  readonly recorded: StoredHead
}

/** What comparing reads: the logs in the state store, and the root in a checkpoint of one of them. */
export interface CompareDeps {
  readonly reader: LogsReader
  /** 32 bytes; throws for a checkpoint that none of these logs has signed. */
  readonly rootOf: (checkpoint: string) => Uint8Array
}

function regressed(message: string): LogError {
  return new LogError('LOG_REGRESSED', message)
}

function originOf({ checkpoint }: StoredHead): string {
  return checkpoint.split('\n', 1)[0] ?? ''
}

/** Whether the entries from `first` on are of the last batch: all of one batch bear its time. */
async function isLastBatch(first: number, state: StoredHead, reader: LogReader): Promise<boolean> {
  const [entry] = await reader.readEntries(first, 1)
  return entry?.timeMs === state.timeMs
}

/**
 * Whether the closed log ends where the head store has its head, or one batch later: closing is one
 * transaction, so a crash leaves the head store at most there.
 */
async function endsAt(
  recorded: StoredHead,
  closed: LogReader,
  { rootOf }: CompareDeps,
): Promise<boolean> {
  const closing = await closed.head()
  if (closing === undefined || recorded.size > closing.size) return false
  if (recorded.size < closing.size && !(await isLastBatch(recorded.size, closing, closed)))
    return false
  const { size, checkpoint } = recorded
  const tree = await loadTree(size, tileNodeReader(size, storedTiles(closed)))
  return equalBytes(rootHash(tree), rootOf(checkpoint))
}

/** The two stores are at different logs: good only where the state store has just opened its own. */
async function compareAcrossLogs(
  { state, recorded }: ComparedHeads,
  deps: CompareDeps,
): Promise<ComparedHeads> {
  const logs = await deps.reader.logs()
  const [before, after] = [originOf(recorded), originOf(state)]
  if (!logs.includes(before)) {
    throw regressed(
      `The head store knows the log ${before}, the state store ends with ${after}: an older state store was put back.`,
    )
  }
  const isBorder = state.size === 0 && logs.at(-2) === before
  if (isBorder && (await endsAt(recorded, deps.reader.logOf(before), deps)))
    return { state, recorded: state }
  throw regressed(
    `The state store writes the log ${after}, the head store ends within ${before}: an older head store was put back.`,
  )
}

/**
 * Compares the heads of the state store and the head store. A crash leaves the head store at most
 * one batch behind, or at the end of the log before; anything else says that an older file was put
 * back.
 *
 * @throws {@link LogError} `LOG_MISSING`, `LOG_REGRESSED`, `LOG_FORKED`
 */
export async function requireNewestHeads(
  {
    state,
    recorded,
  }: { readonly state: StoredHead | undefined; readonly recorded: StoredHead | undefined },
  deps: CompareDeps,
): Promise<ComparedHeads> {
  if (state === undefined || recorded === undefined) {
    throw new LogError(
      'LOG_MISSING',
      'There is no log in the store; create one with "cloison init".',
    )
  }
  if (originOf(state) !== originOf(recorded)) return compareAcrossLogs({ state, recorded }, deps)
  if (recorded.size > state.size) {
    throw regressed(
      `The head store knows ${recorded.size} entries, the state store ends at ${state.size}: an older state store was put back.`,
    )
  }
  if (recorded.size === state.size && recorded.checkpoint !== state.checkpoint) {
    throw new LogError(
      'LOG_FORKED',
      `The head store and the state store hold two checkpoints of ${state.size} entries: these stores have two histories.`,
    )
  }
  if (recorded.size < state.size && !(await isLastBatch(recorded.size, state, deps.reader))) {
    throw regressed(
      `The state store holds ${state.size} entries, the head store ends at ${recorded.size}: an older head store was put back.`,
    )
  }
  return { state, recorded }
}
