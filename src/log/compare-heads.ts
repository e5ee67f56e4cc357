import { LogError } from './log-error.ts'
import type { LogReader, StoredHead } from './state-store.ts'

/** The newest head by each of the two stores. */
export interface ComparedHeads {
  readonly state: StoredHead
  readonly recorded: StoredHead
}

function regressed(message: string): LogError {
  return new LogError('LOG_REGRESSED', message)
}

/** Whether the entries from `first` on are of the last batch: all of one batch bear its time. */
async function isLastBatch(first: number, state: StoredHead, reader: LogReader): Promise<boolean> {
  const [entry] = await reader.readEntries(first, 1)
  return entry?.timeMs === state.timeMs
}

/**
 * Compares the heads of the state store and the head store. A crash leaves the head store at most
 * one batch behind; anything else says that an older file was put back.
 *
 * @throws {@link LogError} `LOG_MISSING`, `LOG_REGRESSED`
 */
export async function requireNewestHeads(
  {
    state,
    recorded,
  }: { readonly state: StoredHead | undefined; readonly recorded: StoredHead | undefined },
  reader: LogReader,
): Promise<ComparedHeads> {
  if (state === undefined || recorded === undefined) {
    throw new LogError(
      'LOG_MISSING',
      'There is no log in the store; create one with "cloison init".',
    )
  }
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
  if (recorded.size < state.size && !(await isLastBatch(recorded.size, state, reader))) {
    throw regressed(
      `The state store holds ${state.size} entries, the head store ends at ${recorded.size}: an older head store was put back.`,
    )
  }
  return { state, recorded }
}
