import { parseDecimal } from './decimal.ts'

/** Hashes of a full tile, entries of a full bundle. */
export const TILE_WIDTH = 256

/** A tile or an entry bundle of a log (C2SP tlog-tiles). */
export interface Resource {
  readonly kind: 'tile' | 'entries'
  /** Levels of 256 above the entries, 0 to 63; 0 for bundles. */
  readonly level: number
  readonly index: number
  /** 1 to 256; below 256 it is partial. */
  readonly width: number
}

/** The path of a tile or bundle below the log's prefix: `tile/0/x001/x234/067.p/8`. */
export function resourcePath({ kind, level, index, width }: Resource): string {
  const groups: string[] = []
  for (let rest = index; rest > 0 || groups.length === 0; rest = Math.floor(rest / 1000)) {
    const digits = String(rest % 1000).padStart(3, '0')
    groups.unshift(groups.length === 0 ? digits : `x${digits}`)
  }
  const folder = kind === 'tile' ? `tile/${level}` : 'tile/entries'
  const path = `${folder}/${groups.join('/')}`
  return width === TILE_WIDTH ? path : `${path}.p/${width}`
}

/**
 * The resource that a path names, `undefined` for any other path. Exactly one path names a
 * resource; indexes above 2^53 − 1 are not supported and so name none.
 */
export function parseResourcePath(path: string): Resource | undefined {
  const match =
    /^tile\/([0-9]{1,2}|entries)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path)
  if (match === null) return undefined
  const [, folder = '', groups = '', partial] = match
  const level = folder === 'entries' ? 0 : readUpTo(folder, 63)
  const width = partial === undefined ? TILE_WIDTH : readUpTo(partial, TILE_WIDTH - 1)
  const index = readIndex(groups)
  if (level === undefined || width === undefined || width === 0 || index === undefined) {
    return undefined
  }
  return { kind: folder === 'entries' ? 'entries' : 'tile', level, index, width }
}

function readUpTo(text: string, most: number): number | undefined {
  const value = parseDecimal(text)
  return typeof value === 'number' && value <= most ? value : undefined
}

function readIndex(groups: string): number | undefined {
  // The first group is zeros only when it is the whole index.
  if (groups.startsWith('x000')) return undefined
  const digits = groups.replaceAll(/[x/]/g, '')
  const index = parseDecimal(digits.replace(/^0+(?=[0-9])/, ''))
  return typeof index === 'number' ? index : undefined
}

/** The perfect subtrees of 256^level entries that a tree of this size has. */
export function nodesAtLevel(size: number, level: number): number {
  let nodes = size
  for (let at = 0; at < level; at += 1) nodes = Math.floor(nodes / TILE_WIDTH)
  return nodes
}

/** The right edge of a tree at one level: full tiles, and the width of the partial one after them. */
export interface LevelShape {
  readonly level: number
  readonly full: number
  /** 0 to 255; 0 when there is no partial tile. */
  readonly partialWidth: number
}

/** The tiles that a tree of this size consists of, level 0 first; none for the empty tree. */
export function shapeOf(size: number): readonly LevelShape[] {
  const shape: LevelShape[] = []
  for (let nodes = size, level = 0; nodes > 0; level += 1) {
    const full = Math.floor(nodes / TILE_WIDTH)
    shape.push({ level, full, partialWidth: nodes % TILE_WIDTH })
    nodes = full
  }
  return shape
}
