import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { equalBytes } from '../bytes/index.ts'
import type { Files } from '../ports/index.ts'
import { PlatformError } from './platform-error.ts'

const temporaryMark = '.tmp-'
const temporaryName = /\.tmp-[0-9a-f-]{36}$/

function within(root: string, path: string): string {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new PlatformError('FILE_PATH_REFUSED', 'A published path must be relative and plain.')
  }
  return join(root, ...parts)
}

/** There is no such file also where a folder stands in its place, or a file in place of its folder. */
const missingCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR'])

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && missingCodes.has(cause.code)
}

const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT'])
const deviceCodes: ReadonlySet<unknown> = new Set(['EIO', 'EROFS', 'ENXIO', 'ENODEV'])

/** What a failed call of the file system means for whoever relies on the file. */
function failureOf(cause: unknown, otherwise: string): PlatformError {
  if (cause instanceof PlatformError) return cause
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (fullCodes.has(code)) {
    return new PlatformError(
      'NO_SPACE',
      'There is no space left for the published folder; it is tried again.',
      { cause },
    )
  }
  if (deviceCodes.has(code)) {
    return new PlatformError(
      'DEVICE_FAILED',
      'The disk of the published folder has failed; nothing is known about what is on it.',
      { cause },
    )
  }
  return new PlatformError('FILE_FAILED', otherwise, { cause })
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Makes missing folders down to `path`, and makes each new name durable in its parent. */
async function ensureFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) {
    await syncFolder(dirname(made))
  }
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644)
  try {
    await file.writeFile(bytes)
    // The length of a new file is part of what fdatasync writes; its name is the folder's to sync.
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Every attempt writes a file of its own: a sync that failed once says nothing when it is repeated. */
async function writeDurably(target: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${target}${temporaryMark}${randomUUID()}`
  try {
    await ensureFolder(dirname(target))
    await writeAndSync(temporary, bytes)
    await rename(temporary, target)
    await syncFolder(dirname(target))
  } catch (cause) {
    // On a full disk the half file must not stay; after the rename there is none.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw failureOf(cause, 'A published file could not be written.')
  }
}

async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (cause) {
    throw failureOf(cause, 'A published file could not be removed.')
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw failureOf(cause, 'A published file could not be read.')
  }
}

async function createOrCompare(target: string, bytes: Uint8Array): Promise<void> {
  const present = await readIfThere(target)
  if (present === undefined) return writeDurably(target, bytes)
  if (equalBytes(present, bytes)) return
  throw new PlatformError(
    'FILE_DIFFERS',
    'A published file that never changes stands there with other bytes.',
  )
}

async function listBelow(root: string, folder: string): Promise<readonly string[]> {
  const start = folder === '' ? root : within(root, folder)
  try {
    const found = await readdir(start, { recursive: true, withFileTypes: true })
    return found
      .filter((item) => item.isFile() && !item.name.includes(temporaryMark))
      .map((item) => relative(root, join(item.parentPath, item.name)).split(sep).join('/'))
      .sort()
  } catch (cause) {
    if (isMissing(cause)) return []
    throw failureOf(cause, 'The published folder could not be read.')
  }
}

/**
 * Removes the temporary files that a writer left when it was killed between writing and renaming one.
 * Only for the folder's one writer, before it writes: a verifier takes them for strangers' files.
 */
export async function sweepTemporaries(root: string): Promise<void> {
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(
    (cause: unknown) => {
      if (isMissing(cause)) return []
      throw failureOf(cause, 'The published folder could not be read.')
    },
  )
  const left = found.filter((item) => item.isFile() && temporaryName.test(item.name))
  for (const { parentPath, name } of left) await removeFile(join(parentPath, name))
}

/**
 * Published files in a folder of this machine, each write with fsync of file and folder.
 *
 * Its calls reject with {@link PlatformError} `DEVICE_FAILED`, after which the process must end,
 * `NO_SPACE`, after which the same call may be tried again, or `FILE_FAILED`.
 */
export function folderFiles(root: string): Files {
  return {
    read: (path) => readIfThere(within(root, path)),
    replace: (path, bytes) => writeDurably(within(root, path), bytes),
    create: (path, bytes) => createOrCompare(within(root, path), bytes),
    remove: (path) => removeFile(within(root, path)),
    list: (folder) => listBelow(root, folder),
  }
}
