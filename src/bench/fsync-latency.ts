import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { median } from './statistics.ts'

const appendBytes = 512
const appends = 200

/** Median of milliseconds that an append of 512 bytes and its fdatasync take in `folder`. */
export function fsyncLatencyMs(folder: string): number {
  const path = join(folder, 'fsync-latency')
  const file = openSync(path, 'w')
  const block = new Uint8Array(appendBytes)
  const taken: number[] = []
  try {
    for (let at = 0; at < appends; at += 1) {
      const begun = performance.now()
      writeSync(file, block)
      fdatasyncSync(file)
      taken.push(performance.now() - begun)
    }
  } finally {
    closeSync(file)
    rmSync(path)
  }
  return median(taken)
}
