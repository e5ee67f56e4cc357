import { aesGcm, folderFiles, systemRandomness } from '../../../platform/index.ts'
import type { Files, HttpClient } from '../../../ports/index.ts'
import { type JoinQueue, openJoinQueue, SealedParts } from '../../../storage/join-queue/index.ts'
import { readKeyFile } from '../../key-file.ts'
import { openObjects } from '../../published-place.ts'
import { readSettingFile } from '../../read-setting-file.ts'
import type { JoinQueueConfig } from './join-queue-config.ts'

/** A queue as it is configured, with every path made absolute. Crosses to a thread as it is. */
export type PlacedQueue = JoinQueueConfig

/** An open queue and where its parts lie. */
export interface OpenParts {
  readonly queue: JoinQueue
  readonly parts: SealedParts
}

/** Makes every path of a queue's settings absolute. */
export function placedQueue(config: JoinQueueConfig, at: (path: string) => string): PlacedQueue {
  const { dsn_file, key_file, folder, object_store } = config
  return {
    ...config,
    dsn_file: at(dsn_file),
    key_file: at(key_file),
    ...(folder !== undefined && { folder: at(folder) }),
    ...(object_store !== undefined && {
      object_store: { ...object_store, credentials_file: at(object_store.credentials_file) },
    }),
  }
}

function filesOf({ folder, object_store: store }: PlacedQueue, http: HttpClient): Promise<Files> {
  if (store === undefined) return Promise.resolve(folderFiles(folder ?? ''))
  const at = (path: string): string => path
  return openObjects({ store, at, setting: 'join_queue.object_store' }, http)
}

/**
 * Opens the queue and the place of its parts.
 *
 * @throws NodeError `CONFIG_UNREADABLE`, `CONFIG_INVALID`, `KEY_FILE_INVALID`; `JoinQueueError`, `ObjectStoreError`
 */
export async function openParts(placed: PlacedQueue, http: HttpClient): Promise<OpenParts> {
  const key = await readKeyFile(placed.key_file)
  const dsn = await readSettingFile(placed.dsn_file, 'join_queue.dsn_file')
  const files = await filesOf(placed, http)
  const parts = new SealedParts({ files, aead: aesGcm(systemRandomness), key })
  return { parts, queue: await openJoinQueue(dsn.trim()) }
}
