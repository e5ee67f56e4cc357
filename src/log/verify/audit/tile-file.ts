import { equalBytes } from '../../../bytes/index.ts'
import { readBundle } from '../bundle.ts'
import { parseResourcePath, resourcePath, TILE_WIDTH } from '../resource-path.ts'
import type { Resource } from '../resource-path.ts'
import { entryHash, HASH_BYTES, perfectRoot } from '../tree-hasher.ts'
import type { LogSource } from '../log-source.ts'
import type { ProblemList } from './log-problem.ts'

const TILE_BYTES = TILE_WIDTH * HASH_BYTES
/** 256 entries of at most 65,535 bytes, each with two bytes of length. */
const MAX_BUNDLE_BYTES = TILE_WIDTH * (65_535 + 2)

/** A file as it was found. */
export interface FoundFile {
  readonly path: string
  /** `undefined` when it is missing. */
  readonly bytes: Uint8Array | undefined
}

/** Reads a tile or bundle under its own path, not more of it than the largest one that is possible. */
export async function readResource(source: LogSource, resource: Resource): Promise<FoundFile> {
  const path = resourcePath(resource)
  const maxBytes = resource.kind === 'tile' ? resource.width * HASH_BYTES : MAX_BUNDLE_BYTES
  return { path, bytes: await source.read(path, maxBytes) }
}

/**
 * Reads a tile or bundle. In place of a partial one that is gone, the beginning of the full one or
 * of a wider partial one is read: a log that has grown may delete it.
 */
export async function readOrWider(source: LogSource, resource: Resource): Promise<FoundFile> {
  const own = await readResource(source, resource)
  if (own.bytes !== undefined || resource.width === TILE_WIDTH) return own
  const wider = await widerThan(source, resource)
  if (wider?.bytes === undefined) return own
  return { path: wider.path, bytes: beginningOf(wider.bytes, resource) }
}

async function widerThan(source: LogSource, resource: Resource): Promise<FoundFile | undefined> {
  const full = { ...resource, width: TILE_WIDTH }
  const found = await readResource(source, full)
  if (found.bytes !== undefined || source.list === undefined) return found
  for await (const path of source.list(`${resourcePath(full)}.p`)) {
    const partial = parseResourcePath(path)
    if (partial !== undefined && partial.width > resource.width) {
      return readResource(source, partial)
    }
  }
  return undefined
}

function beginningOf(bytes: Uint8Array, { kind, width }: Resource): Uint8Array {
  if (kind === 'tile') return bytes.slice(0, width * HASH_BYTES)
  let end = 0
  let count = 0
  for (const item of readBundle(bytes, TILE_WIDTH)) {
    if (count === width || item.kind === 'fault') break
    end = item.offset + 2 + item.entry.length
    count += 1
  }
  return bytes.slice(0, end)
}

/** The hash of a full tile as it is stored, `undefined` if it is missing or has another length. */
export async function storedTileRoot(
  source: LogSource,
  level: number,
  index: number,
): Promise<Uint8Array | undefined> {
  const { bytes } = await readResource(source, { kind: 'tile', level, index, width: TILE_WIDTH })
  return bytes?.length === TILE_BYTES ? perfectRoot(bytes) : undefined
}

/** The leaf hashes of a bundle, `undefined` unless it holds exactly `width` entries. */
export function bundleHashes(bytes: Uint8Array, width: number): Uint8Array | undefined {
  const hashes = new Uint8Array(width * HASH_BYTES)
  let at = 0
  for (const item of readBundle(bytes, width)) {
    if (item.kind === 'fault') return undefined
    hashes.set(entryHash(item.entry), at)
    at += HASH_BYTES
  }
  return hashes
}

/**
 * Reports where a tile file departs from the right hashes: one problem for each run of wrong
 * hashes, with the first wrong byte.
 */
export function reportTile(
  problems: ProblemList,
  resource: Resource,
  { path: file, bytes }: FoundFile,
  right: Uint8Array,
): void {
  const tile = { level: resource.level, index: resource.index }
  if (bytes === undefined) {
    problems.add({ code: 'TILE_MISSING', file, tile })
    return
  }
  let inRun = false
  for (let at = 0; at < Math.max(right.length, bytes.length); at += HASH_BYTES) {
    const stored = bytes.subarray(at, at + HASH_BYTES)
    const expected = right.subarray(at, at + HASH_BYTES)
    const wrong = !equalBytes(stored, expected)
    if (wrong && !inRun) {
      problems.add({
        code: 'TILE_WRONG',
        file,
        offset: at + firstDifference(stored, expected),
        tile,
      })
    }
    inRun = wrong
  }
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}
