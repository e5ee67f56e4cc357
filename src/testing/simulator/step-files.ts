import { equalBytes } from '../../bytes/index.ts'
import type { Files } from '../../ports/index.ts'
import type { PortCall } from '../memory-store/index.ts'
import type { ProcessLife } from './process-life.ts'
import type { FilesDisk } from './sim-files.ts'

/** A rename that the folder's sync has not made durable yet. */
interface PendingRename {
  readonly path: string
  readonly before: Uint8Array | undefined
  readonly bytes: Uint8Array
  readonly isSynced: boolean
}

/** What kind of published file a path is, for the names of calls. */
function kindOf(path: string): string {
  if (path === 'checkpoint') return 'checkpoint'
  if (path.startsWith('governance/')) return 'opening'
  return path.startsWith('tile/entries/') ? 'bundle' : 'tile'
}

/** What a power failure does to what was not synced: a rename is undone, unsynced bytes are torn. */
function losePower(disk: FilesDisk, pending: readonly PendingRename[]): void {
  for (const { path, before, bytes, isSynced } of pending.toReversed()) {
    if (!isSynced) disk.set(path, bytes.slice(0, bytes.length >> 1))
    else if (before === undefined) disk.delete(path)
    else disk.set(path, before)
  }
}

/**
 * Published files whose every write is four calls, as on a real folder: the temporary file, its sync,
 * the rename and the folder's sync. With `isPowerLoss` the end of the process is a power failure, and
 * what was not synced by then is lost or torn.
 */
export function stepFiles(
  disk: FilesDisk,
  life: ProcessLife,
  { isPowerLoss, skipSync = false }: { readonly isPowerLoss: boolean; readonly skipSync?: boolean },
): Files {
  const call: PortCall = life.device('files')
  const pending: PendingRename[] = []
  life.onEnd(() => {
    if (isPowerLoss) losePower(disk, pending)
  })

  async function put(path: string, bytes: Uint8Array): Promise<void> {
    const kind = kindOf(path)
    await call(`write ${kind}`, () => undefined)
    if (!skipSync) await call(`fsync ${kind}`, () => undefined)
    await call(`rename ${kind}`, () => {
      pending.push({ path, before: disk.get(path), bytes, isSynced: !skipSync })
      disk.set(path, bytes)
    })
    if (!skipSync) await call(`fsyncFolder ${kind}`, () => void pending.splice(0))
  }

  async function create(path: string, bytes: Uint8Array): Promise<void> {
    const present = await call('read', () => disk.get(path))
    if (present === undefined) return put(path, bytes)
    if (equalBytes(present, bytes)) return
    throw new Error('FILE_DIFFERS: an immutable file stands there with other bytes')
  }

  return {
    create,
    read: (path) => call('read', () => disk.get(path)),
    replace: put,
    remove: (path) => call('remove', () => void disk.delete(path)),
    list: (folder) =>
      call('list', () => [...disk.keys()].filter((path) => path.startsWith(folder)).toSorted()),
  }
}
