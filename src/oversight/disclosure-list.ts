import * as z from 'zod'
import { type EntryPlace, EXCHANGE_KINDS, type ExchangeRecord, readEntry } from '../log/index.ts'
import type { SubjectReference } from '../protocol/index.ts'
import type { ExposableFacts } from './breach/index.ts'
import type { SealedLine } from './sealed-disclosure.ts'
import { type DisclosureDeps, isOpenTo, type PublishedHead, readOnce } from './disclosures.ts'

/** One line of a person's list: enough to choose what to look at, without proofs. Only for that person. */
export interface ListedDisclosure
  extends
    EntryPlace,
    Pick<ExchangeRecord, 'kind' | 'timeMs' | 'consumer' | 'provider' | 'outcome'> {
  /** Whether a published checkpoint covers it: before that it has no proof to show. */
  readonly published: boolean
  /** What says whether the exposure of a key concerns the entry. */
  readonly record: ExposableFacts
}

/** Of a record that was held against its leaf when it was made: what a line shows, and when. */
const lineSchema = z.object({
  kind: z.enum(EXCHANGE_KINDS),
  timeMs: z.int(),
  consumer: z.string(),
  provider: z.string(),
  outcome: z.enum(['permit', 'deny']).nullable(),
  notice: z.enum(['immediate', 'withheld']).nullable(),
  noticeUntilMs: z.int().nullable(),
  official: z.string().nullable(),
  agreement: z.object({ id: z.string(), version: z.int(), digest: z.string() }).nullable(),
  consent: z.string().nullable(),
})

interface Line extends EntryPlace {
  /** Whether the person may not see more of it than of another person's case. */
  readonly isSealed: boolean
  readonly record: ExposableFacts & Pick<ExchangeRecord, 'notice' | 'noticeUntilMs'>
}

/** What was read of one chain: a line an entry, `undefined` where the record was erased. */
interface KeptLines {
  readonly readAtMs: number
  readonly lines: readonly (Line | undefined)[]
}

/** Long enough for a person to turn pages, short enough that an erased record is soon out of memory. */
const keptForMs = 60_000
/** Some 600 bytes each. */
const mostLines = 50_000

async function readLine(
  place: EntryPlace,
  { reader, aead, recordKeys }: DisclosureDeps,
): Promise<Line | undefined> {
  const unseal = { aead, recordKeys }
  const entry = await readEntry(reader.logOf(place.origin), place.index, unseal)
  if (entry === undefined) return undefined
  const isSealed = entry.marks !== undefined
  return { ...place, isSealed, record: lineSchema.parse(JSON.parse(entry.record)) }
}

/** A person's list, newest first. */
export interface DisclosureLines {
  readonly listed: readonly ListedDisclosure[]
  /** Of another person's case: neither kind nor outcome, whatever is asked for. */
  readonly sealed: readonly SealedLine[]
  /** What says which exposures of keys concern the person; for that alone, and told to nobody. */
  readonly exposable: readonly { readonly record: ExposableFacts }[]
}

/** A person's list at one organisation. */
export type DisclosureLists = (
  subject: SubjectReference,
  publishedHead: PublishedHead,
) => Promise<DisclosureLines>

function byTime(
  one: Pick<SealedLine, 'timeMs' | 'index'>,
  other: Pick<SealedLine, 'timeMs' | 'index'>,
): number {
  return other.timeMs - one.timeMs || other.index - one.index
}

/**
 * Lists everything that this organisation's log holds about one person, newest first, a line an entry. What is
 * withheld from the person is not in it, and does not change it. What was opened stays in memory for a minute, so that
 * the next page of a long list opens new entries only.
 */
export function disclosureLists(deps: DisclosureDeps): DisclosureLists {
  const kept = new Map<string, KeptLines>()

  function dropOld(nowMs: number): void {
    let held = 0
    for (const [handle, { readAtMs, lines }] of [...kept].toReversed()) {
      held += lines.length
      if (nowMs - readAtMs > keptForMs || held > mostLines) kept.delete(handle)
    }
  }

  async function linesOf(handle: string, nowMs: number): Promise<KeptLines['lines']> {
    const places = await deps.reader.entriesAbout(handle)
    const known = kept.get(handle)
    const lines = [...(known?.lines ?? [])]
    for (const place of places.slice(lines.length)) lines.push(await readLine(place, deps))
    kept.delete(handle)
    kept.set(handle, { readAtMs: known?.readAtMs ?? nowMs, lines })
    return lines
  }

  return async (subject, publishedHead) => {
    const nowMs = deps.clock.now()
    dropOld(nowMs)
    const head = readOnce(publishedHead)
    const listed: ListedDisclosure[] = []
    const sealed: SealedLine[] = []
    const exposable: { record: ExposableFacts }[] = []
    for (const chain of ['open', 'withheld'] as const) {
      for (const line of await linesOf(deps.subjects.handleOf(subject, chain), nowMs)) {
        if (line === undefined || !isOpenTo(line.record, nowMs)) continue
        const { origin, index, isSealed, record } = line
        const { kind, timeMs, consumer, provider, outcome } = record
        const published = index < ((await head(origin))?.size ?? 0)
        exposable.push({ record })
        if (isSealed) sealed.push({ origin, index, consumer, timeMs, published })
        else
          listed.push({
            origin,
            index,
            kind,
            timeMs,
            consumer,
            provider,
            outcome,
            published,
            record,
          })
      }
    }
    return { listed: listed.toSorted(byTime), sealed: sealed.toSorted(byTime), exposable }
  }
}
