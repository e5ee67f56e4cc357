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

async function writeDurably(target: string, bytes: Uint8Array): Promise<void> {
  await ensureFolder(dirname(target))
  const temporary = `${target}${temporaryMark}${randomUUID()}`
  const file = await open(temporary, 'wx', 0o644)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, target)
  await syncFolder(dirname(target))
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw new PlatformError('FILE_FAILED', 'A published file could not be read.', { cause })
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
    throw cause
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
      throw new PlatformError('FILE_FAILED', 'The published folder could not be read.', { cause })
    },
  )
  const left = found.filter((item) => item.isFile() && temporaryName.test(item.name))
  for (const { parentPath, name } of left) await rm(join(parentPath, name), { force: true })
}

/** Published files in a folder of this machine, each write with fsync of file and folder. */
export function folderFiles(root: string): Files {
  return {
    read: (path) => readIfThere(within(root, path)),
    replace: (path, bytes) => writeDurably(within(root, path), bytes),
    create: (path, bytes) => createOrCompare(within(root, path), bytes),
    remove: (path) => rm(within(root, path), { force: true }),
    list: (folder) => listBelow(root, folder),
  }
}
