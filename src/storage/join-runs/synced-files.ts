import { closeSync, constants, fsyncSync, openSync, writeSync } from 'node:fs'

/** What is in the name of a file that is not finished; no file of a run is named so. */
export const unfinished = '.new-'

/** Makes names in a folder durable. */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Writes all bytes, however many calls it takes. */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at)
}

/** Writes all bytes, durably, and closes the file. */
export function writeSynced(descriptor: number, bytes: Uint8Array): void {
  try {
    writeAll(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
