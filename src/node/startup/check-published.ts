import { equalBytes } from '../../bytes/index.ts'
import {
  bundlePath,
  CHECKPOINT_PATH,
  edgeTiles,
  encodeBundle,
  type PublishedMemory,
  tilePath,
} from '../../log/index.ts'
import type { Files } from '../../ports/index.ts'
import { NodeError } from '../node-error.ts'
import { type OwnLog, requireContinued, treeAt } from './own-log.ts'

const tileWidth = 256

/** What the start holds the published folder against. */
export interface PublishedFolder {
  readonly files: Files
  readonly memory: PublishedMemory
}

/**
 * Compares the published folder with the stores: its checkpoint is this log's and is continued by
 * the stored entries, it is no older than what was published last, the tiles and the bundle at its
 * right edge are those it demands, and nothing goes beyond the stored entries. Resolves with the
 * published size, `undefined` for a folder that was never published to.
 *
 * @throws {@link NodeError} `LOG_REGRESSED`, `LOG_FORKED`, `LOG_DAMAGED`
 */
export async function checkPublished(
  folder: PublishedFolder,
  own: OwnLog,
): Promise<number | undefined> {
  const { files, memory } = folder
  await refuseBeyond(files, own)
  const note = await files.read(CHECKPOINT_PATH)
  const size =
    note === undefined ? undefined : await requireContinued(note, 'The published folder', own)
  if (note !== undefined && size === undefined) {
    throw new NodeError(
      'LOG_DAMAGED',
      'The published checkpoint is not one that this log has signed.',
    )
  }
  const last = await memory.size()
  if (last !== undefined && (size ?? -1) < last) {
    const stand = size === undefined ? 'is empty' : `ends at entry ${size}`
    throw new NodeError(
      'LOG_REGRESSED',
      `This gateway has published ${last} entries, the published folder ${stand}: an older folder was put back.`,
    )
  }
  if (size !== undefined) await requireEdge(size, files, own)
  return size
}

/** Tiles are written after their entries are in the state store, so none may lie beyond them. */
async function refuseBeyond(files: Files, { head }: OwnLog): Promise<void> {
  const index = Math.floor(head.size / tileWidth)
  const widths = (await files.list(`${tilePath(0, index)}.p`)).map((path) =>
    Number(path.split('/').at(-1)),
  )
  const full = (await files.read(tilePath(0, index))) === undefined ? 0 : tileWidth
  const end = index * tileWidth + Math.max(full, ...widths)
  if (end <= head.size) return
  throw new NodeError(
    'LOG_REGRESSED',
    `The published folder has tiles of ${end} entries, the state store ends at ${head.size}: an older state was put back.`,
  )
}

async function requireEdge(size: number, files: Files, own: OwnLog): Promise<void> {
  for (const { level, index, width, bytes } of edgeTiles(await treeAt(own, size)))
    await requireFile(tilePath(level, index, width), bytes, files)
  const width = size % tileWidth
  if (width === 0) return
  const index = (size - width) / tileWidth
  const leaves = await own.reader.readLeaves(size - width, width)
  await requireFile(bundlePath(index, width), encodeBundle(leaves), files)
}

async function requireFile(path: string, expected: Uint8Array, files: Files): Promise<void> {
  const found = await files.read(path)
  if (found !== undefined && equalBytes(found, expected)) return
  throw new NodeError(
    'LOG_DAMAGED',
    `The published file ${path} is ${found === undefined ? 'missing' : 'not what the published checkpoint demands'}.`,
  )
}
