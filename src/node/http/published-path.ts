import { parseDecimal, parseResourcePath, TILE_WIDTH } from '../../log/verify/index.ts'

/** A file that a log may have published, and what its readers are told about it. */
export interface PublishedPath {
  /** The smallest tree that has this file; `undefined` for the checkpoint. */
  readonly neededSize: number | undefined
  readonly contentType: string
  readonly cacheControl: string
}

const immutable = 'public, max-age=31536000, immutable'

const checkpoint: PublishedPath = {
  neededSize: undefined,
  contentType: 'text/plain; charset=utf-8',
  cacheControl: 'public, max-age=1',
}

/**
 * What stands under a path below a log's prefix; `undefined` for every path that no log publishes
 * anything under. A tile of so high a level that its size cannot be counted needs an infinite tree.
 */
export function publishedPath(path: string): PublishedPath | undefined {
  if (path === 'checkpoint') return checkpoint
  const entry = path.startsWith('governance/') ? parseDecimal(path.slice(11)) : undefined
  if (typeof entry === 'number') {
    return { neededSize: entry + 1, contentType: 'application/json', cacheControl: immutable }
  }
  const resource = parseResourcePath(path)
  if (resource === undefined) return undefined
  const { level, index, width } = resource
  const neededSize = (index * TILE_WIDTH + width) * TILE_WIDTH ** level
  return { neededSize, contentType: 'application/octet-stream', cacheControl: immutable }
}
