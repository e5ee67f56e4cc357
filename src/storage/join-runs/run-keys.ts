import {
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
} from 'node:fs'
import { decodeBase64, encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import type { Randomness } from '../../ports/index.ts'
import { syncFolder, unfinished, writeSynced } from './synced-files.ts'

/** Where the keys of runs are, one file each. */
export interface RunKeyFolder {
  readonly keyPath: string
  readonly randomness: Randomness
}

/** A key that is not whole is as good as none. */
export function readKey(file: string): Uint8Array | undefined {
  if (!existsSync(file)) return undefined
  try {
    const key = decodeBase64(readFileSync(file, 'utf8').trimEnd())
    return key.length === 32 ? key : undefined
  } catch {
    return undefined
  }
}

/**
 * Nothing is sealed under a key that could be lost: temporary file, fsync, link, fsync of the folder. A run begins in two
 * threads at once, where a message comes as rows are masked: the key that is linked first is that of both.
 */
export function makeKey({ keyPath, randomness }: RunKeyFolder, file: string): Uint8Array {
  const key = randomness.bytes(32)
  mkdirSync(keyPath, { recursive: true, mode: 0o700 })
  const temporary = `${file}${unfinished}${encodeHex(randomness.bytes(8))}`
  writeSynced(openSync(temporary, 'wx', 0o600), utf8(`${encodeBase64(key)}\n`))
  try {
    return linkKey({ temporary, file, key })
  } finally {
    unlinkSync(temporary)
    syncFolder(keyPath)
  }
}

/** The key that stands in the file once this returns: the given one, or that of whoever was first. */
function linkKey({ temporary, file, key }: Readonly<NewKey>): Uint8Array {
  try {
    linkSync(temporary, file)
    return key
  } catch (cause) {
    if (!isTaken(cause)) throw cause
  }
  const first = readKey(file)
  if (first !== undefined) return first
  // What is left of a destroyed key, whose removal a crash prevented.
  unlinkSync(file)
  linkSync(temporary, file)
  return key
}

interface NewKey {
  readonly temporary: string
  readonly file: string
  readonly key: Uint8Array
}

function isTaken(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
}

/** Overwrites what the file holds, as far as its file system writes in place, then removes it. */
export function destroyKey(file: string, { keyPath, randomness }: RunKeyFolder): void {
  if (!existsSync(file)) return
  const descriptor = openSync(file, 'r+')
  writeSynced(descriptor, randomness.bytes(Math.max(64, fstatSync(descriptor).size)))
  unlinkSync(file)
  syncFolder(keyPath)
}
