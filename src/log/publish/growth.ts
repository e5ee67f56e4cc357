import { LogError } from '../log-error.ts'
import {
  appendLeaves,
  leafHash,
  type Appended,
  type LogTree,
  type StoredLog,
} from '../tree/index.ts'

const BUNDLE = 256
const STEP = 16 * BUNDLE

/** A stretch of entries, cut where bundles are cut. */
export interface GrowthStep {
  /** Index of the bundle in which `leaves` begin. */
  readonly firstBundle: number
  /** All entries from the start of that bundle to the end of this step. */
  readonly leaves: readonly Uint8Array[]
  /** What those of them that were not in the tree before made of it. */
  readonly appended: Appended
}

/**
 * Grows `tree` to `to` entries by what the store holds, at most 4,096 entries a step, so that memory
 * does not depend on how much there is to do. No steps when there is nothing to add.
 *
 * @throws {@link LogError} `NODE_MISSING` when an entry cannot be read
 */
export async function* growth(
  tree: LogTree,
  to: number,
  log: Pick<StoredLog, 'readLeaves'>,
): AsyncGenerator<GrowthStep> {
  for (let grown = tree; grown.size < to;) {
    const firstBundle = Math.floor(grown.size / BUNDLE)
    const first = firstBundle * BUNDLE
    const count = Math.min(STEP, to - first)
    const leaves = await log.readLeaves(first, count)
    if (leaves.length !== count) {
      throw new LogError('NODE_MISSING', `entries are missing from ${String(first)} on`)
    }
    const appended = appendLeaves(grown, leaves.slice(grown.size - first).map(leafHash))
    yield { firstBundle, leaves, appended }
    grown = appended.tree
  }
}
