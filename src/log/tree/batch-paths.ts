import { foldRight } from './merkle.ts'
import type { NodeId, NodeReader, NodeRun } from './node-reader.ts'
import { peaksFrom } from './tree.ts'
import { subtreesAt } from './tree-size.ts'

/** Audit paths of one tree's newest entries as text; each part is written once and shared. */
export interface BatchPaths {
  /**
   * The audit path of the entry at `index`, lowest sibling first, each hash as `write` has it
   * (RFC 6962, section 2.1.1); `undefined` for an entry that is not among the newest.
   */
  path(index: number): string | undefined
}

/** What the paths are made from. */
export interface BatchTree {
  readonly size: number
  /** One run a level, from level 0 on, each from the edge of a tile to the right edge of the tree. */
  readonly nodes: readonly NodeRun[]
  /** Knows the nodes before the runs. */
  readonly reader: NodeReader
  readonly write: (hash: Uint8Array) => string
}

/** Hashes at the right edge: what stands beside each of the tree's perfect subtrees. */
interface Edge {
  readonly peaks: readonly NodeId[]
  /** The path of each peak, in the same order. */
  readonly paths: readonly string[]
}

/**
 * Prepares the paths of the entries that `nodes` begin with. Neighbours share their path but for the
 * lowest hashes, so a batch of n entries writes about 2n hashes instead of n · log₂(size).
 *
 * Rejects with what `reader` rejects.
 */
export async function batchPaths(tree: BatchTree): Promise<BatchPaths> {
  const { size, nodes, write } = tree
  const edge = await edgeOf(tree)
  const written = nodes.map((): (string | undefined)[] => [])
  const known = nodes.map((): (string | undefined)[] => [])

  function lineOf(level: number, index: number): string | undefined {
    const run = nodes[level]
    const lines = written[level]
    if (run === undefined || lines === undefined) return undefined
    const at = index - run.start
    const line = lines[at]
    if (line !== undefined) return line
    const hash = run.hashes[at]
    return hash === undefined ? undefined : (lines[at] = write(hash))
  }

  function pathOf(level: number, index: number): string | undefined {
    const parent = Math.floor(index / 2)
    if (parent >= subtreesAt(level + 1, size)) return peakPath(edge, level, index)
    const paths = known[level]
    const at = index - (nodes[level]?.start ?? 0)
    const path = paths?.[at]
    if (path !== undefined || paths === undefined || at < 0) return path
    const sibling = lineOf(level, index % 2 === 0 ? index + 1 : index - 1)
    const above = sibling === undefined ? undefined : pathOf(level + 1, parent)
    if (sibling === undefined || above === undefined) return undefined
    return (paths[at] = sibling + above)
  }

  return { path: (index) => (index < size ? pathOf(0, index) : undefined) }
}

/** A perfect subtree without a parent is one of the peaks. */
function peakPath({ peaks, paths }: Edge, level: number, index: number): string | undefined {
  return paths[peaks.findIndex((peak) => peak.level === level && peak.index === index)]
}

/** Beside a peak stand the fold of those after it, then those before it, nearest first. */
async function edgeOf({ size, reader, write }: BatchTree): Promise<Edge> {
  const peaks = peaksFrom(0, size)
  const hashes = peaks.length === 0 ? [] : await reader.read(peaks)
  const lines = hashes.map(write)
  const paths = peaks.map((_, place) => {
    const after = hashes.slice(place + 1)
    const right = after.length === 0 ? '' : write(foldRight(after))
    return right + lines.slice(0, place).toReversed().join('')
  })
  return { peaks, paths }
}
