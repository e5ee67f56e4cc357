import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { decodeBase64, encodeBase64, utf8 } from '../../bytes/index.ts'
import {
  LogError,
  monthOf,
  parseMonth,
  type RecordKeys,
  type RecordMonth,
  type WritableRecordKeys,
} from '../../log/index.ts'
import type { Randomness } from '../../ports/index.ts'

/** The folder of monthly keys: one file a month, 32 bytes as a line of base64, its owner's alone. */
export interface RecordKeyFolder {
  readonly path: string
}

/** Keys that are read as they are needed, the last few kept in memory. */
export interface CachedRecordKeys extends RecordKeys {
  /** Drops what is held of these months, and overwrites it: their keys were destroyed. */
  forget(months: readonly RecordMonth[]): void
  /** Months that have a file, sorted. */
  months(): readonly RecordMonth[]
}

/** Months whose keys stay in memory at a time. */
const mostCached = 24
const suffix = '.key'
const temporarySuffix = '.key.new'

function fileOf({ path }: RecordKeyFolder, month: RecordMonth): string {
  return join(path, `${month}${suffix}`)
}

/** A key that is not whole is as good as none. */
function readKey(file: string): Uint8Array | undefined {
  if (!existsSync(file)) return undefined
  try {
    const key = decodeBase64(readFileSync(file, 'utf8').trimEnd())
    return key.length === 32 ? key : undefined
  } catch {
    return undefined
  }
}

class KeyCache {
  readonly #keys = new Map<RecordMonth, Uint8Array>()

  get(month: RecordMonth): Uint8Array | undefined {
    return this.#keys.get(month)
  }

  hold(month: RecordMonth, key: Uint8Array): Uint8Array {
    const [oldest] = this.#keys.keys()
    if (this.#keys.size >= mostCached && oldest !== undefined) this.drop(oldest)
    this.#keys.set(month, key)
    return key
  }

  drop(month: RecordMonth): void {
    this.#keys.get(month)?.fill(0)
    this.#keys.delete(month)
  }
}

/**
 * Opens the folder for reading. Files are read when a month is first asked for; a month without a
 * whole file has no key.
 */
export function openRecordKeys(folder: RecordKeyFolder): CachedRecordKeys {
  const cache = new KeyCache()
  return {
    of: (timeMs) => cachedKey(folder, monthOf(timeMs), cache),
    forget(months) {
      for (const month of months) cache.drop(month)
    },
    months: () => monthsIn(folder),
  }
}

function cachedKey(
  folder: RecordKeyFolder,
  month: RecordMonth,
  cache: KeyCache,
): Uint8Array | undefined {
  const known = cache.get(month)
  if (known !== undefined) return known
  const key = readKey(fileOf(folder, month))
  return key && cache.hold(month, key)
}

function monthsIn({ path }: RecordKeyFolder): readonly RecordMonth[] {
  return readdirSync(path)
    .flatMap((name) => (name.endsWith(suffix) ? name.slice(0, -suffix.length) : []))
    .flatMap((name) => parseMonth(name) ?? [])
    .sort()
}

function syncFolder(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function writeSynced(descriptor: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length;)
      at += writeSync(descriptor, bytes, at, bytes.length - at, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Temporary file, fsync, rename, fsync of the folder: nothing is sealed under a key that could be lost. */
function makeKey(folder: RecordKeyFolder, month: RecordMonth, key: Uint8Array): void {
  const temporary = join(folder.path, `${month}${temporarySuffix}`)
  rmSync(temporary, { force: true })
  writeSynced(openSync(temporary, 'wx', 0o600), utf8(`${encodeBase64(key)}\n`))
  renameSync(temporary, fileOf(folder, month))
  syncFolder(folder.path)
}

/** Overwrites what the file holds, as far as its file system writes in place, then removes it. */
function destroyKey(folder: RecordKeyFolder, month: RecordMonth, randomness: Randomness): void {
  const file = fileOf(folder, month)
  rmSync(join(folder.path, `${month}${temporarySuffix}`), { force: true })
  if (!existsSync(file)) return
  const descriptor = openSync(file, 'r+')
  writeSynced(descriptor, randomness.bytes(Math.max(64, fstatSync(descriptor).size)))
  unlinkSync(file)
  syncFolder(folder.path)
}

function requireFolder({ path }: RecordKeyFolder): void {
  if (existsSync(path) && statSync(path).isDirectory()) return
  throw new LogError(
    'RECORD_KEY_MISSING',
    `There is no folder ${path}, where "keys.record_folder" says that the monthly record keys are: mount it or put it back.`,
  )
}

function missingKey(file: string): LogError {
  return new LogError(
    'RECORD_KEY_MISSING',
    `The record key ${file} is missing or not whole, although entries of this month are sealed under it: put it back.`,
  )
}

/**
 * Opens the folder for the log's only writer.
 *
 * @throws {@link LogError} `RECORD_KEY_MISSING` when the folder is not there: it is never made here
 */
export function openWritableRecordKeys(
  folder: RecordKeyFolder,
  randomness: Randomness,
): WritableRecordKeys {
  requireFolder(folder)
  const cache = new KeyCache()
  return {
    of: (timeMs) => cachedKey(folder, monthOf(timeMs), cache),
    forSealing(timeMs, mustExist) {
      const month = monthOf(timeMs)
      const known = cachedKey(folder, month, cache)
      if (known !== undefined) return known
      const file = fileOf(folder, month)
      if (mustExist || existsSync(file)) throw missingKey(file)
      const key = randomness.bytes(32)
      makeKey(folder, month, key)
      return cache.hold(month, key)
    },
    months: () => monthsIn(folder),
    destroy(month) {
      cache.drop(month)
      destroyKey(folder, month, randomness)
    },
  }
}
