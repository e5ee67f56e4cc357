import { decodeBase64, encodeBase64, readCanonicalJson, utf8 } from '../bytes/index.ts'
import {
  type EntryPlace,
  type EpochMap,
  type ExchangeRecord,
  exchangeRecordSchema,
  type ReadEntry,
  readEntry,
  receiptUnder,
  type StoredHead,
} from '../log/index.ts'
import type { ChainLink, MapEvidence, ProvenEntry, SubjectChain } from '../log/verify/index.ts'
import type { ChainRow, EpochRow } from '../person/index.ts'
import type { SubjectReference } from '../protocol/index.ts'
import { type DisclosureDeps, isOpenTo, type PublishedHead } from './disclosures.ts'
import type { EpochMaps } from './epoch-maps.ts'
import { sealedFacts } from './sealed-disclosure.ts'

/** What an export needs. */
export interface SubjectExportDeps extends DisclosureDeps {
  readonly organisation: string
  readonly publishedHead: PublishedHead
  /** Whether enough witnesses have cosigned the published checkpoint of a log. */
  readonly isWitnessed: (origin: string, checkpoint: string) => boolean
  readonly maps: EpochMaps
}

/** A person's chain and what has opened of the withheld one: what goes into a subject file. */
export interface SubjectExport {
  readonly chain: SubjectChain
  readonly opened: readonly ProvenEntry[]
}

type Head = Pick<StoredHead, 'checkpoint' | 'size'>

/** The published heads of one export, read once, so that all its receipts are under the same. */
class Heads {
  readonly #deps: SubjectExportDeps
  readonly #known = new Map<string, Head | undefined>()

  constructor(deps: SubjectExportDeps) {
    this.#deps = deps
  }

  /** `undefined` where nothing witnessed is published of the log. */
  async of(origin: string): Promise<Head | undefined> {
    if (!this.#known.has(origin)) {
      const head = await this.#deps.publishedHead(origin)
      const isGood = head !== undefined && this.#deps.isWitnessed(origin, head.checkpoint)
      this.#known.set(origin, isGood ? head : undefined)
    }
    return this.#known.get(origin)
  }
}

/** What opens an entry, or what stands for it in the file of a bystander. */
function openingOf(
  entry: ReadEntry | undefined,
): Pick<ProvenEntry, 'r' | 'record'> & Partial<Pick<ProvenEntry, 'sealed'>> {
  if (entry === undefined) return { r: null, record: null }
  if (entry.marks === undefined) return { r: encodeBase64(entry.r), record: entry.record }
  return { r: null, record: null, sealed: sealedFacts(recordOf(entry)) }
}

function recordOf({ record }: ReadEntry): ExchangeRecord {
  return exchangeRecordSchema.parse(readCanonicalJson(utf8(record)))
}

/** An entry with its opening and its receipt; `undefined` while it is not published and witnessed. */
async function provenEntry(
  { origin, index }: EntryPlace,
  heads: Heads,
  deps: SubjectExportDeps,
): Promise<ProvenEntry | undefined> {
  const head = await heads.of(origin)
  if (head === undefined || index >= head.size) return undefined
  const log = deps.reader.logOf(origin)
  const [leaf] = await log.readLeaves(index, 1)
  if (leaf === undefined) return undefined
  const entry = await readEntry(log, index, deps)
  return {
    origin,
    index,
    leaf: encodeBase64(leaf),
    ...openingOf(entry),
    proof: await receiptUnder(log, index, head, deps.tilesOf?.(origin)),
  }
}

/** The newest epoch whose entry is published and witnessed, with that entry. */
async function provenEpoch(
  heads: Heads,
  deps: SubjectExportDeps,
): Promise<{ readonly row: EpochRow; readonly entry: ProvenEntry } | undefined> {
  let row = await deps.reader.newestEpoch()
  while (row !== undefined) {
    const entry = await provenEntry(row.place, heads, deps)
    if (entry !== undefined) return { row, entry }
    row = await deps.reader.epoch(row.number - 1)
  }
  return undefined
}

function evidenceOf(map: EpochMap, handle: Uint8Array, count: number): MapEvidence {
  const proof = map.prove(handle)
  const siblings = proof.siblings.map((hash) => encodeBase64(hash))
  if (proof.state === 'present') {
    return { state: 'present', count, blinding: encodeBase64(proof.blinding), siblings }
  }
  const { other } = proof
  const shown = other && { key: encodeBase64(other.key), head: encodeBase64(other.head) }
  return { state: 'absent', other: shown ?? null, siblings }
}

function linkOf({ seq, prev, c }: ChainRow, entry: ProvenEntry): ChainLink {
  return { seq, prev: prev ?? null, c: entry.r === null ? null : encodeBase64(c), entry }
}

/** Links from the first on, up to the end of the chain or to the first that is not published yet. */
async function linksOf(
  subjectHandle: string,
  heads: Heads,
  deps: SubjectExportDeps,
): Promise<readonly ChainLink[]> {
  const links: ChainLink[] = []
  for (;;) {
    const row = await deps.reader.chainLink(subjectHandle, 'open', links.length)
    const entry = row && (await provenEntry(row.place, heads, deps))
    if (row === undefined || entry === undefined) return links
    links.push(linkOf(row, entry))
  }
}

/** How many links the epoch covers: those of logs before its own, and those before its size. */
async function countedIn(
  { place, size }: EpochRow,
  links: readonly ChainLink[],
  { reader }: SubjectExportDeps,
): Promise<number> {
  const origins = await reader.logs()
  const own = origins.indexOf(place.origin)
  return links.filter(({ entry: { origin, index } }) => {
    const log = origins.indexOf(origin)
    return log < own || (log === own && index < size)
  }).length
}

/** Withheld entries whose notice has opened, oldest first: without their places in that chain. */
async function openedOf(
  subject: SubjectReference,
  heads: Heads,
  deps: SubjectExportDeps,
): Promise<readonly ProvenEntry[]> {
  const opened: ProvenEntry[] = []
  for (const place of await deps.reader.entriesAbout(deps.subjects.handleOf(subject, 'withheld'))) {
    const own = await readEntry(deps.reader.logOf(place.origin), place.index, deps)
    // Withheld first: whether it is sealed as well is seen once it has opened.
    if (own === undefined || !isOpenTo(recordOf(own), deps.clock.now())) continue
    const entry = await provenEntry(place, heads, deps)
    if (entry !== undefined) opened.push(entry)
  }
  return opened
}

/**
 * Everything that this organisation's logs hold about one person who may see it, with the proofs that
 * it is all of it up to the newest epoch (`spec/epoch-map.md`). Of withheld entries it says nothing,
 * whether there are any or none. For the person alone.
 *
 * @returns `not-yet` while no closed epoch is published and witnessed
 */
export async function exportSubject(
  subject: SubjectReference,
  deps: SubjectExportDeps,
): Promise<SubjectExport | 'not-yet'> {
  const heads = new Heads(deps)
  const epoch = await provenEpoch(heads, deps)
  if (epoch === undefined) return 'not-yet'
  const { row, entry } = epoch
  const { number, place, size, salt } = row
  const map = await deps.maps.of({ epoch: number, origin: place.origin, size }, salt)
  const handle = deps.subjects.handleOf(subject)
  const links = await linksOf(handle, heads, deps)
  const count = await countedIn(row, links, deps)
  return {
    chain: {
      organisation: deps.organisation,
      subject,
      handleProof: encodeBase64(deps.subjects.proofOf(subject, 'open')),
      epoch: entry,
      map: evidenceOf(map, decodeBase64(handle), count),
      links,
    },
    opened: await openedOf(subject, heads, deps),
  }
}
