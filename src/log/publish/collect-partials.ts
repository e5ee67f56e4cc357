import type { Files } from '../../ports/index.ts'
import type { LogReader } from '../state-store.ts'
import { bundlePath, tilePath } from '../tree/index.ts'

const width = 256
/** The tree is at most this many levels of tiles high (2^53 entries). */
const levels = 7

/** What removing old partial files needs. */
export interface PartialCollectorDeps {
  readonly files: Files
  /** How many tiles and bundles one call looks at; the rest waits for the next call. */
  readonly most: number
}

/** Removes partial tiles and bundles that no reader of a recent checkpoint needs any more. */
export interface PartialCollector {
  /**
   * Removes the partial files of tiles and bundles that were full at `size` entries already; every
   * checkpoint of that size or more demands the full one. `size` is at most the published size. A
   * file is removed only while the full one stands beside it. May stop, or be stopped, anywhere.
   * Resolves with the number of files removed.
   */
  collect(size: number): Promise<number>
}

interface Place {
  readonly full: string
  /** Entries that the tree has when this tile or bundle is full. */
  readonly end: number
}

/** One kind of file, in the order in which they become full. */
interface Row {
  readonly place: (index: number) => Place
  next: number
}

function rowsOf(): readonly Row[] {
  const tiles = Array.from({ length: levels }, (_, level) => ({
    place: (index: number) => ({
      full: tilePath(level, index),
      end: (index + 1) * width ** (level + 1),
    }),
    next: 0,
  }))
  const bundles = {
    place: (index: number) => ({ full: bundlePath(index), end: (index + 1) * width }),
    next: 0,
  }
  return [bundles, ...tiles]
}

async function collectAt(full: string, files: Files): Promise<number> {
  const partials = await files.list(`${full}.p`)
  if (partials.length === 0 || (await files.read(full)) === undefined) return 0
  for (const path of partials) await files.remove(path)
  return partials.length
}

/** A collector for one published folder; it remembers where it has been. */
export function partialCollector({ files, most }: PartialCollectorDeps): PartialCollector {
  const rows = rowsOf()
  return {
    async collect(size) {
      let removed = 0
      let left = most
      for (const row of rows) {
        while (left > 0 && row.place(row.next).end <= size) {
          removed += await collectAt(row.place(row.next).full, files)
          row.next += 1
          left -= 1
        }
      }
      return removed
    },
  }
}

/**
 * How many entries of a log of `size` are older than `timeMs`. Log time never falls, so a checkpoint
 * that was signed at or after that time is of at least so many.
 */
export async function sizeBefore(
  reader: Pick<LogReader, 'readEntries'>,
  size: number,
  timeMs: number,
): Promise<number> {
  let low = 0
  let high = size
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    const [entry] = await reader.readEntries(middle, 1)
    if (entry !== undefined && entry.timeMs < timeMs) low = middle + 1
    else high = middle
  }
  return low
}
