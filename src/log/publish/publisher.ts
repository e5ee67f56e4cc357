import { decodeUtf8, equalBytes, utf8 } from '../../bytes/index.ts'
import { onePerSigner } from './cosignatures.ts'
import type { Files } from '../../ports/index.ts'
import { LogError } from '../log-error.ts'
import { governanceOpening, type LogEntry } from '../make-entry.ts'
import { appendSignatures, readOwnCheckpoint, signerOf, type TreeHead } from '../note/index.ts'
import {
  bundlePath,
  edgeTiles,
  emptyTree,
  encodeBundle,
  loadTree,
  rootHash,
  storedTiles,
  tileNodeReader,
  tilePath,
  type LogTree,
  type StoredLog,
  type Tile,
} from '../tree/index.ts'
import { growth, type GrowthStep } from './growth.ts'

/** Where a log's newest checkpoint is published, below the log's prefix. */
export const CHECKPOINT_PATH = 'checkpoint'

/** A governance entry with what opens it: all of it is public. */
export interface GovernanceOpening extends Pick<LogEntry, 'r' | 'recordBytes'> {
  readonly index: number
}

/** What a publisher reads of the log: committed entries and full tiles. */
export interface PublishableLog extends StoredLog {
  /** The openings of the governance entries among `first` … `first + count − 1`, by index. */
  readOpenings(first: number, count: number): Promise<readonly GovernanceOpening[]>
}

/** What a publisher needs from outside. */
export interface PublisherDeps {
  readonly files: Files
  readonly log: PublishableLog
}

/** Which sizes a publication went from and to; equal when nothing was new. */
export interface Publication {
  readonly from: number
  readonly to: number
}

/** Writes a log's public folder. One at a time for a folder; its calls take turns. */
export interface Publisher {
  /**
   * Publishes the tree of a signed checkpoint: entry bundles and tiles, then the openings of
   * governance entries, then the checkpoint. Resolves once all of it is on disk. A checkpoint is
   * never on disk before everything it covers; after a failure the same call finishes the work.
   * Partial tiles of earlier published sizes stay; `partialCollector` removes them later.
   *
   * Everything is recomputed from the entries and compared with the signed root before the first
   * write; what stands in the folder is not trusted.
   *
   * @throws {@link LogError} `ROOT_MISMATCH`, `PUBLISHED_AHEAD`, `PUBLISHED_DIFFERS`,
   * `CHECKPOINT_MALFORMED`, `NODE_MISSING`; rejects with what `files` rejects
   */
  publish(checkpoint: string): Promise<Publication>
  /**
   * Replaces the published checkpoint by the same one with signature lines added, at most one a
   * signer; a published line stays until the same signer's next one. `superseded` when another size is published by now: nothing is written.
   *
   * @throws RangeError for two lines of one signer
   */
  publishCosigned(checkpoint: string, lines: readonly string[]): Promise<'published' | 'superseded'>
}

/** A publisher for one log and one folder. */
export function logPublisher(deps: PublisherDeps): Publisher {
  let last: Promise<unknown> = Promise.resolve()
  /** The tree of the last publication, so that the next one starts from memory. */
  let known = emptyTree()

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  async function publish(checkpoint: string): Promise<Publication> {
    const head = readOwnCheckpoint(checkpoint)
    const published = await readPublished(deps.files)
    const from = published?.size ?? 0
    if (published !== undefined) checkOrder(published, head)
    const start = known.size === from ? known : await loadStored(from, deps.log)
    if (published !== undefined) requireRoot(start, published, 'PUBLISHED_DIFFERS')
    const { tree, steps } = await grownTree(start, head.size, deps.log)
    requireRoot(tree, head, 'ROOT_MISMATCH')
    await writeGrowth(start, { to: head.size, steps }, deps)
    // Everything the checkpoint covers is on disk; from here it may be seen.
    if (published?.note.startsWith(checkpoint) !== true) {
      await deps.files.replace(CHECKPOINT_PATH, utf8(checkpoint))
    }
    known = tree
    return { from, to: head.size }
  }

  async function publishCosigned(
    checkpoint: string,
    lines: readonly string[],
  ): Promise<'published' | 'superseded'> {
    if (new Set(lines.map(signerOf)).size < lines.length) {
      throw new RangeError('two signature lines of one signer')
    }
    const published = await readPublished(deps.files)
    if (published?.text !== readOwnCheckpoint(checkpoint).text) return 'superseded'
    const kept = linesBehind(published.note, checkpoint)
    const note = utf8(appendSignatures(checkpoint, onePerSigner([...kept, ...lines])))
    if (!equalBytes(note, utf8(published.note))) await deps.files.replace(CHECKPOINT_PATH, note)
    return 'published'
  }

  return {
    publish: (checkpoint) => inTurn(() => publish(checkpoint)),
    publishCosigned: (checkpoint, lines) => inTurn(() => publishCosigned(checkpoint, lines)),
  }
}

/** The cosignature lines that a published note has behind the checkpoint; a witness that is away keeps its last. */
function linesBehind(note: string, checkpoint: string): readonly string[] {
  if (!note.startsWith(checkpoint)) return []
  return note
    .slice(checkpoint.length)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
}

interface PublishedHead extends TreeHead {
  readonly text: string
  readonly note: string
}

async function readPublished(files: Files): Promise<PublishedHead | undefined> {
  const bytes = await files.read(CHECKPOINT_PATH)
  if (bytes === undefined) return undefined
  const note = readNote(bytes)
  return { ...readOwnCheckpoint(note), note }
}

function readNote(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch (cause) {
    throw new LogError('CHECKPOINT_MALFORMED', 'the published checkpoint is not text', { cause })
  }
}

function checkOrder(published: TreeHead, head: TreeHead): void {
  if (published.origin !== head.origin) {
    throw new LogError('PUBLISHED_DIFFERS', 'the folder holds another log')
  }
  if (published.size > head.size) {
    const sizes = `${String(published.size)} entries are published, the head has ${String(head.size)}`
    throw new LogError('PUBLISHED_AHEAD', `${sizes}: an older state was put back`)
  }
}

function requireRoot(
  tree: LogTree,
  head: TreeHead,
  code: 'ROOT_MISMATCH' | 'PUBLISHED_DIFFERS',
): void {
  if (equalBytes(rootHash(tree), head.root)) return
  const what = code === 'ROOT_MISMATCH' ? 'signed' : 'published'
  throw new LogError(
    code,
    `the stored entries do not give the ${what} root of ${String(head.size)}`,
  )
}

function loadStored(size: number, log: StoredLog): Promise<LogTree> {
  return loadTree(size, tileNodeReader(size, storedTiles(log)))
}

/** Steps that are kept from the check of the root to the writing, about 65,000 entries. */
const mostKept = 16

/** A tree that has grown to a head, with the steps to it unless they are too many to keep. */
interface Grown {
  readonly tree: LogTree
  readonly steps: readonly GrowthStep[] | undefined
}

async function grownTree(start: LogTree, to: number, log: StoredLog): Promise<Grown> {
  let tree = start
  let steps: GrowthStep[] | undefined = []
  for await (const step of growth(start, to, log)) {
    tree = step.appended.tree
    if (steps !== undefined && steps.length < mostKept) steps.push(step)
    else steps = undefined
  }
  return { tree, steps }
}

/** A file to be written. */
interface NewFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** All of them at a time, since each waits for the disk alone; resolves when none is under way any more. */
async function createAll(made: readonly NewFile[], files: Files): Promise<void> {
  const pending = made.map(({ path, bytes }) => files.create(path, bytes))
  await Promise.allSettled(pending)
  await Promise.all(pending)
}

async function writeGrowth(
  start: LogTree,
  { to, steps }: { readonly to: number; readonly steps: Grown['steps'] },
  { files, log }: PublisherDeps,
): Promise<void> {
  let tree = start
  for await (const step of steps ?? growth(start, to, log)) {
    await createAll([...bundlesOf(step), ...tilesOf(step.appended.fullTiles)], files)
    tree = step.appended.tree
  }
  if (tree.size > start.size) await createAll(tilesOf(edgeTiles(tree)), files)
  for (const opening of await log.readOpenings(start.size, to - start.size)) {
    await files.create(openingPath(opening.index), governanceOpening(opening.index, opening))
  }
}

function tilesOf(tiles: readonly Tile[]): readonly NewFile[] {
  return tiles.map(({ level, index, width, bytes }) => ({
    path: tilePath(level, index, width),
    bytes,
  }))
}

/** Where the opening of a governance entry is published, below the log's prefix. */
export function openingPath(index: number): string {
  return `governance/${String(index)}`
}

function* bundlesOf({ firstBundle, leaves }: GrowthStep): Generator<NewFile> {
  for (let at = 0; at < leaves.length; at += 256) {
    const entries = leaves.slice(at, at + 256)
    const path = bundlePath(firstBundle + at / 256, entries.length)
    yield { path, bytes: encodeBundle(entries) }
  }
}
