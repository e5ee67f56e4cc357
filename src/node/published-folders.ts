import { decodeUtf8 } from '../bytes/index.ts'
import { CHECKPOINT_PATH, readOwnCheckpoint } from '../log/index.ts'
import type { PublishedHead } from '../oversight/index.ts'
import { folderFiles } from '../platform/index.ts'
import type { Files } from '../ports/index.ts'
import type { LoadedConfig } from './config-file.ts'

/** The published folder of each of this organisation's logs, by origin: the present one and the closed. */
export type PublishedFolders = ReadonlyMap<string, Files>

/** Opens the folders that the configuration names; `present` is where the present log is read. */
export function publishedFolders({ config, at }: LoadedConfig, present: Files): PublishedFolders {
  const { origin, closed = [] } = config.log
  const old = closed.map((log): [string, Files] => [log.origin, folderFiles(at(log.folder))])
  return new Map([...old, [origin, present]])
}

/** Reads the checkpoint that is published of a log now; nothing for a log without a folder. */
export function publishedHeadOf(folders: PublishedFolders): PublishedHead {
  return async (origin) => {
    const bytes = await folders.get(origin)?.read(CHECKPOINT_PATH)
    if (bytes === undefined) return undefined
    const checkpoint = decodeUtf8(bytes)
    return { checkpoint, size: readOwnCheckpoint(checkpoint).size }
  }
}
