import { equalBytes } from '../../bytes/index.ts'
import type { Files } from '../../ports/index.ts'
import type { PortCall } from '../memory-store/index.ts'

/** A published folder that survives its process. */
export type FilesDisk = Map<string, Uint8Array>

function createFile(disk: FilesDisk, path: string, bytes: Uint8Array): void {
  const present = disk.get(path)
  if (present !== undefined && !equalBytes(present, bytes)) {
    throw new Error('FILE_DIFFERS: an immutable file stands there with other bytes')
  }
  disk.set(path, bytes)
}

/** Files in memory. A write is there in one step or not at all, as a rename makes it. */
export function simFiles(disk: FilesDisk, call: PortCall): Files {
  return {
    read: (path) => call('read', () => disk.get(path)),
    replace: (path, bytes) => call('replace', () => void disk.set(path, bytes)),
    create: (path, bytes) => call('create', () => createFile(disk, path, bytes)),
    remove: (path) => call('remove', () => void disk.delete(path)),
    list: (folder) =>
      call('list', () => [...disk.keys()].filter((path) => path.startsWith(folder)).toSorted()),
  }
}
