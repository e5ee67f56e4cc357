import { equalBytes } from '../../bytes/index.ts'
import type { Files } from '../../ports/index.ts'
import type { PortCall } from '../memory-store/index.ts'

/** A published folder that survives its process. */
export type FilesDisk = Map<string, Uint8Array>

/** What a simulated folder refuses, with the codes of the real drivers. */
class SimFilesError extends Error {
  override readonly name = 'SimFilesError'
  readonly code: 'FILE_DIFFERS' | 'FILE_PATH_REFUSED'

  constructor(code: SimFilesError['code'], message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

function plain(path: string): string {
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new SimFilesError('FILE_PATH_REFUSED', 'a published path must be relative and plain')
  }
  return path
}

function createFile(disk: FilesDisk, path: string, bytes: Uint8Array): void {
  const present = disk.get(path)
  if (present !== undefined && !equalBytes(present, bytes)) {
    throw new SimFilesError('FILE_DIFFERS', 'an immutable file stands there with other bytes')
  }
  disk.set(path, bytes)
}

function listBelow(disk: FilesDisk, folder: string): readonly string[] {
  const start = folder === '' ? '' : `${plain(folder)}/`
  return [...disk.keys()].filter((path) => path.startsWith(start)).toSorted()
}

/** Files in memory. A write is there in one step or not at all, as a rename makes it. */
export function simFiles(disk: FilesDisk, call: PortCall): Files {
  return {
    read: (path) => call('read', () => disk.get(plain(path))),
    replace: (path, bytes) => call('replace', () => void disk.set(plain(path), bytes)),
    create: (path, bytes) => call('create', () => createFile(disk, plain(path), bytes)),
    remove: (path) => call('remove', () => void disk.delete(plain(path))),
    list: (folder) => call('list', () => listBelow(disk, folder)),
  }
}
