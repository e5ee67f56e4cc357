import { equalBytes } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import {
  loadTree,
  type LogReader,
  type LogTree,
  rootHash,
  storedTiles,
  type StoredHead,
  tileNodeReader,
} from '../../log/index.ts'
import { LogError, openCheckpoint, type VerifierKey } from '../../log/verify/index.ts'
import { NodeError } from '../node-error.ts'

/** This organisation's log as its own stores have it, to hold against what others remember of it. */
export interface OwnLog {
  readonly origin: string
  /** One, or two while the log's key is changed. */
  readonly keys: readonly VerifierKey[]
  readonly ed25519: Ed25519
  readonly reader: LogReader
  readonly head: StoredHead
}

/** The tree of the first `size` entries, from the stored tiles. */
export function treeAt({ reader }: Pick<OwnLog, 'reader'>, size: number): Promise<LogTree> {
  return loadTree(size, tileNodeReader(size, storedTiles(reader)))
}

/**
 * Size of a checkpoint that somebody remembers of this log, after comparing it with the stored
 * entries; `undefined` for a note that this log has not signed, which proves nothing.
 *
 * @throws {@link NodeError} `LOG_REGRESSED` when it is of more entries than the state store holds,
 * `LOG_FORKED` when the stored entries do not continue it
 */
export async function requireContinued(
  note: Uint8Array,
  witness: string,
  own: OwnLog,
): Promise<number | undefined> {
  const seen = openOwn(note, own)
  if (seen === undefined) return undefined
  if (seen.size > own.head.size) {
    throw new NodeError(
      'LOG_REGRESSED',
      `${witness} knows ${seen.size} entries of this log, the state store ends at ${own.head.size}: an older state was put back.`,
    )
  }
  if (!equalBytes(rootHash(await treeAt(own, seen.size)), seen.root)) {
    throw new NodeError(
      'LOG_FORKED',
      `${witness} holds a checkpoint of ${seen.size} entries that this log has signed and the stored entries do not continue: there are two histories.`,
    )
  }
  return seen.size
}

function openOwn(
  note: Uint8Array,
  { keys, ed25519 }: OwnLog,
): { readonly size: number; readonly root: Uint8Array } | undefined {
  try {
    return openCheckpoint(note, { log: keys, witnesses: [], ed25519 }).checkpoint
  } catch (cause) {
    if (cause instanceof LogError) return undefined
    throw cause
  }
}
