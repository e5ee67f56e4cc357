import { encodeBase64, readCanonicalJson, utf8 } from '../bytes/index.ts'
import {
  type EntryPlace,
  exchangeRecordSchema,
  type ExchangeRecord,
  readEntry,
  receiptUnder,
  type RecordKeys,
  type StoredHead,
} from '../log/index.ts'
import type { ExchangeReader, SubjectHandles } from '../person/index.ts'
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
  if (record.notice === 'withheld' && deps.clock.now() < (record.noticeUntilMs ?? 0))
    return undefined
  const published = await publishedHead(origin)
  const covered = published !== undefined && index < published.size
  return {
    origin,
    index,
    record,
    recordText: entry.record,
    leaf: encodeBase64(entry.leaf),
    r: encodeBase64(entry.r),
    proof: covered ? await receiptUnder(log, index, published) : null,
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
