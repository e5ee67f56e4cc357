import { encodeBase64, readCanonicalJson, utf8 } from '../bytes/index.ts'
import {
  type EntryPlace,
  exchangeRecordSchema,
  type ExchangeRecord,
  type LogReader,
  readEntry,
  receiptUnder,
  type RecordKeys,
  type StoredHead,
} from '../log/index.ts'
import {
  type ErasureNotice,
  erasureNotice,
  type ExchangeReader,
  type SubjectHandles,
} from '../person/index.ts'
import type { Aead, Clock } from '../ports/index.ts'
import type { SubjectReference } from '../protocol/index.ts'

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

/** What reading disclosures needs. */
export interface DisclosureDeps {
  readonly reader: ExchangeReader
  readonly aead: Aead
  readonly recordKeys: RecordKeys
  readonly subjects: SubjectHandles
  readonly clock: Clock
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
  { reader }: DisclosureDeps,
): Promise<ErasedDisclosure | undefined> {
  const notice = await erasureNotice(reader, place)
  const log = reader.logOf(place.origin)
  const [row] = await log.readEntries(place.index, 1)
  // Without an entry that says so nobody can tell whether the notice had been opened: the self-audit shuts.
  if (notice === undefined || row === undefined || row.sealed.length > 0) return undefined
  const proof = await proofOf(place, publishedHead, log)
  return { ...place, ...notice, timeMs: row.timeMs, leaf: encodeBase64(row.leaf), proof }
}

async function proofOf(
  { origin, index }: EntryPlace,
  publishedHead: PublishedHead,
  log: LogReader,
): Promise<string | null> {
  const published = await publishedHead(origin)
  const covered = published !== undefined && index < published.size
  return covered ? await receiptUnder(log, index, published) : null
}

async function discloseEntry(
  { origin, index }: EntryPlace,
  publishedHead: PublishedHead,
  deps: DisclosureDeps,
): Promise<Disclosure | undefined> {
  const log = deps.reader.logOf(origin)
  const entry = await readEntry(log, index, deps)
  if (entry === undefined) return undefined
  const record = exchangeRecordSchema.parse(readCanonicalJson(utf8(entry.record)))
  // A withheld notice opens by itself at its date; until then it is in the public count only.
  // Without a date it stays closed: a record that says too little gives nothing away.
  const opensAtMs = record.noticeUntilMs ?? Number.POSITIVE_INFINITY
  if (record.notice === 'withheld' && deps.clock.now() < opensAtMs) return undefined
  return {
    origin,
    index,
    record,
    recordText: entry.record,
    leaf: encodeBase64(entry.leaf),
    r: encodeBase64(entry.r),
    proof: await proofOf({ origin, index }, publishedHead, log),
  }
}

/**
 * Everything that this organisation's log holds about one person, newest first: who asked, why,
 * under which agreement, what was answered or refused, by names and never by values.
 */
export async function disclosuresFor(
  subject: SubjectReference,
  published: PublishedHead,
  deps: DisclosureDeps,
): Promise<readonly Disclosure[]> {
  const found: Disclosure[] = []
  for (const chain of ['open', 'withheld'] as const) {
    const handle = deps.subjects.handleOf(subject, chain)
    for (const place of await deps.reader.entriesAbout(handle)) {
      const disclosure = await discloseEntry(place, published, deps)
      if (disclosure !== undefined) found.push(disclosure)
    }
  }
  return found.toSorted(
    (one, other) => other.record.timeMs - one.record.timeMs || other.index - one.index,
  )
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
