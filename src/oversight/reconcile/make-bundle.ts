import { decodeUtf8, encodeBase64, utf8 } from '../../bytes/index.ts'
import {
  entryPayload,
  type EntryPlace,
  type EntryRow,
  exchangeRecordSchema,
  LEAF_CLASSES,
  type LogReader,
  type NodeId,
  storedTiles,
  tileNodeReader,
  type Unseal,
} from '../../log/index.ts'
import { formatBundleHeader } from './bundle-header.ts'

/** What a bundle is made of. */
export interface BundleSource extends Unseal {
  readonly organisation: string
  /** The log of that checkpoint. */
  readonly log: LogReader
  /** The published checkpoint, with its cosignatures. */
  readonly checkpoint: string
  readonly size: number
  readonly nowMs: number
  /** The entry `record.erased` under which the record of an entry was erased, if it was. */
  readonly erasureOf: (index: number) => Promise<EntryPlace | undefined>
}

/** Which entries a bundle is to have. */
export interface BundleRange {
  /** 0 ≤ `first` ≤ the checkpoint's size. */
  readonly first: number
  readonly with: readonly string[] | null
}

const batchEntries = 256

/** The perfect subtrees of a tree of `size` entries, largest first (RFC 6962, section 2.1). */
function peakNodes(size: number): readonly NodeId[] {
  const nodes: NodeId[] = []
  let start = 0
  for (let level = 53; level >= 0; level -= 1) {
    const width = 2 ** level
    if (size - start < width) continue
    nodes.push({ level, index: start / width })
    start += width
  }
  return nodes
}

/** The other party of an exchange, as its own record names it. */
function isWith(record: { consumer: string; provider: string }, range: BundleRange): boolean {
  const { with: wanted } = range
  return wanted === null || wanted.includes(record.consumer) || wanted.includes(record.provider)
}

async function lineOf(row: EntryRow, range: BundleRange, source: BundleSource): Promise<string> {
  const leaf = `"leaf":"${encodeBase64(row.leaf)}"`
  if (row.leaf[1] !== LEAF_CLASSES.exchange) return `{${leaf}}\n`
  const payload = entryPayload(row, source)
  if (payload === undefined) {
    const by = await source.erasureOf(row.index)
    return by === undefined ? `{${leaf}}\n` : `{"erased":"${by.origin}#${by.index}",${leaf}}\n`
  }
  const text = decodeUtf8(payload.recordBytes)
  if (!isWith(exchangeRecordSchema.parse(JSON.parse(text)), range)) return `{${leaf}}\n`
  const { r, marks } = payload
  const marked = marks === undefined ? '' : `"marks":${JSON.stringify(marks)},`
  return `{${marked}"r":"${encodeBase64(r)}","record":${text}}\n`
}

/** Whether a range has any exchange: whether a bundle of it opens anything. */
export async function hasExchanges(
  { log, size }: Pick<BundleSource, 'log' | 'size'>,
  { first }: BundleRange,
): Promise<boolean> {
  for (let at = first; at < size; at += batchEntries) {
    const leaves = await log.readLeaves(at, Math.min(batchEntries, size - at))
    if (leaves.some((leaf) => leaf[1] === LEAF_CLASSES.exchange)) return true
  }
  return false
}

/**
 * The bundle of a range, piece by piece: what an inspector, and nobody else, may have of a log to hold it
 * against another's. Records hold names and digests, never a value and never who a subject is; neither the
 * salt of results and cases nor a place in a subject's chain is in a bundle.
 *
 * @throws RangeError for a range that the checkpoint does not cover
 */
export async function* makeBundle(
  source: BundleSource,
  range: BundleRange,
): AsyncGenerator<Uint8Array, void> {
  const { log, size, checkpoint, organisation, nowMs } = source
  const { first } = range
  if (!Number.isSafeInteger(first) || first < 0 || first > size)
    throw new RangeError('first must be an entry of the log, or its size')
  const reader = tileNodeReader(first, storedTiles(log))
  const peaks = (await reader.read(peakNodes(first))).map((hash) => encodeBase64(hash))
  const header = formatBundleHeader({
    v: 1,
    format: 'cloison/reconciliation-bundle',
    organisation,
    first,
    checkpoint,
    peaks,
    with: range.with,
    exportedAtMs: nowMs,
  })
  yield utf8(`${header}\n`)
  for (let at = first; at < size; at += batchEntries) {
    const rows = await log.readEntries(at, Math.min(batchEntries, size - at))
    let lines = ''
    for (const row of rows) lines += await lineOf(row, range, source)
    yield utf8(lines)
  }
}
