import { encodeBase64, readCanonicalJson, utf8 } from '../bytes/index.ts'
import {
  type EntryPlace,
  exchangeRecordSchema,
  type ExchangeRecord,
  readEntry,
  receiptUnder,
  type RecordKeys,
  type StoredHead,
  type TileCache,
  tileCache,
} from '../log/index.ts'
import {
  type ErasureNotice,
  erasureNotice,
  type ExchangeReader,
  type SubjectHandles,
} from '../person/index.ts'
import type { Aead, Clock } from '../ports/index.ts'
import type { SubjectReference } from '../protocol/index.ts'
import type { ExposableFacts } from './breach/index.ts'
import { sealedFacts, type SealedDisclosure } from './sealed-disclosure.ts'

/** One entry about the person who asks to see it, with what proves it offline. Only for that person. */
export interface Disclosure extends EntryPlace {
  readonly record: ExchangeRecord
  /** Canonical JSON of the record, byte for byte as it was committed to. */
  readonly recordText: string
  /** Base64, 34 bytes. */
  readonly leaf: string
  /** Base64, 32 bytes: opens the leaf's commitment. */
  readonly r: string
  /** C2SP tlog-proof under the checkpoint that was given; `null` while the entry is not published. */
  readonly proof: string | null
}

/** Everything about one person in this organisation's logs, newest first. Only for that person. */
export interface Disclosed {
  readonly disclosures: readonly Disclosure[]
  /** Entries of another person's case: what may be told of them. */
  readonly sealed: readonly SealedDisclosure[]
  /** What says which exposures of keys concern the person; for that alone, and told to nobody. */
  readonly exposable: readonly { readonly record: ExposableFacts }[]
}

/** The kept tiles of one log. */
export type TilesOf = (origin: string) => TileCache

/** What reading disclosures needs. */
export interface DisclosureDeps {
  readonly reader: ExchangeReader
  readonly aead: Aead
  readonly recordKeys: RecordKeys
  readonly subjects: SubjectHandles
  readonly clock: Clock
  /** Tiles of each log, kept from one receipt to the next; see {@link logTiles}. */
  readonly tilesOf?: TilesOf
}

/** The published checkpoint of one of this organisation's logs; `undefined` before its first. */
export type PublishedHead = (
  origin: string,
) => Promise<Pick<StoredHead, 'checkpoint' | 'size'> | undefined>

/** An entry about the person whose record was erased when its time was over: that it was, and why. */
export interface ErasedDisclosure extends EntryPlace, ErasureNotice {
  /** Log time of the entry, milliseconds since the epoch. */
  readonly timeMs: number
  /** Base64, 34 bytes. */
  readonly leaf: string
  readonly proof: string | null
}

async function discloseErased(
  place: EntryPlace,
  publishedHead: PublishedHead,
  deps: DisclosureDeps,
): Promise<ErasedDisclosure | undefined> {
  const { reader } = deps
  const notice = await erasureNotice(reader, place)
  const log = reader.logOf(place.origin)
  const [row] = await log.readEntries(place.index, 1)
  // Without an entry that says so nobody can tell whether the notice had been opened: the self-audit shuts.
  if (notice === undefined || row === undefined || row.sealed.length > 0) return undefined
  const proof = await proofOf(place, publishedHead, deps)
  return { ...place, ...notice, timeMs: row.timeMs, leaf: encodeBase64(row.leaf), proof }
}

/** Tiles kept of each log: 4 MB a log at most. */
const tilesKept = 256

/** Keeps the tiles of each log that receipts are made from. */
export function logTiles(): TilesOf {
  const kept = new Map<string, TileCache>()
  return (origin) => {
    const tiles = kept.get(origin) ?? tileCache(tilesKept)
    kept.set(origin, tiles)
    return tiles
  }
}

async function proofOf(
  { origin, index }: EntryPlace,
  publishedHead: PublishedHead,
  { reader, tilesOf }: DisclosureDeps,
): Promise<string | null> {
  const published = await publishedHead(origin)
  if (published === undefined || index >= published.size) return null
  return await receiptUnder(reader.logOf(origin), index, published, tilesOf?.(origin))
}

/**
 * Whether the person may see the entry by now. A withheld notice opens by itself at its date; until then it is in
 * the public count only.
 */
export function isOpenTo(
  { notice, noticeUntilMs }: Pick<ExchangeRecord, 'notice' | 'noticeUntilMs'>,
  nowMs: number,
): boolean {
  // Without a date it stays closed: a record that says too little gives nothing away.
  return notice !== 'withheld' || nowMs >= (noticeUntilMs ?? Number.POSITIVE_INFINITY)
}

/** An entry as this organisation reads it, and in the one of two forms in which the person may see it. */
type Found = { readonly record: ExchangeRecord } & (
  | { readonly open: Disclosure; readonly sealed: undefined }
  | { readonly open: undefined; readonly sealed: SealedDisclosure }
)

async function discloseEntry(
  { origin, index }: EntryPlace,
  publishedHead: PublishedHead,
  deps: DisclosureDeps,
): Promise<Found | undefined> {
  const log = deps.reader.logOf(origin)
  const entry = await readEntry(log, index, deps)
  if (entry === undefined) return undefined
  const record = exchangeRecordSchema.parse(readCanonicalJson(utf8(entry.record)))
  if (!isOpenTo(record, deps.clock.now())) return undefined
  const leaf = encodeBase64(entry.leaf)
  const proof = await proofOf({ origin, index }, publishedHead, deps)
  if (entry.marks !== undefined) {
    const sealed = { origin, index, ...sealedFacts(record), leaf, proof }
    return { record, sealed, open: undefined }
  }
  const { record: recordText, r } = entry
  const open = { origin, index, record, recordText, leaf, r: encodeBase64(r), proof }
  return { record, open, sealed: undefined }
}

/** Reads the published head of each log once, so that all receipts of one answer are under the same. */
export function readOnce(publishedHead: PublishedHead): PublishedHead {
  const known = new Map<string, ReturnType<PublishedHead>>()
  return (origin) => {
    const head = known.get(origin) ?? publishedHead(origin)
    known.set(origin, head)
    return head
  }
}

function placeName({ origin, index }: EntryPlace): string {
  return `${origin} ${index}`
}

/**
 * Everything that this organisation's log holds about one person, newest first: who asked, why,
 * under which agreement, what was answered or refused, by names and never by values. With `only`, those of these
 * entries that are about the person, and no others.
 */
export async function disclosuresFor(
  subject: SubjectReference,
  published: PublishedHead,
  deps: DisclosureDeps,
  only?: readonly EntryPlace[],
): Promise<Disclosed> {
  const wanted = only && new Set(only.map(placeName))
  const head = readOnce(published)
  const found: Found[] = []
  for (const chain of ['open', 'withheld'] as const) {
    const handle = deps.subjects.handleOf(subject, chain)
    for (const place of await deps.reader.entriesAbout(handle)) {
      if (wanted !== undefined && !wanted.has(placeName(place))) continue
      const disclosure = await discloseEntry(place, head, deps)
      if (disclosure !== undefined) found.push(disclosure)
    }
  }
  const at = ({ open, sealed }: Found): number => (open ?? sealed).index
  const sorted = found.toSorted(
    (one, other) => other.record.timeMs - one.record.timeMs || at(other) - at(one),
  )
  return {
    disclosures: sorted.flatMap(({ open }) => open ?? []),
    sealed: sorted.flatMap(({ sealed }) => sealed ?? []),
    exposable: sorted.map(({ record }) => ({ record })),
  }
}

/** Entries about one person whose records were erased, newest first. */
export async function erasedDisclosuresFor(
  subject: SubjectReference,
  published: PublishedHead,
  deps: DisclosureDeps,
): Promise<readonly ErasedDisclosure[]> {
  const found: ErasedDisclosure[] = []
  for (const chain of ['open', 'withheld'] as const) {
    const handle = deps.subjects.handleOf(subject, chain)
    for (const place of await deps.reader.entriesAbout(handle)) {
      const erased = await discloseErased(place, published, deps)
      if (erased !== undefined) found.push(erased)
    }
  }
  return found.toSorted((one, other) => other.timeMs - one.timeMs || other.index - one.index)
}
