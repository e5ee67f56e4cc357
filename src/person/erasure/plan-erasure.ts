import { readCanonicalJson } from '../../bytes/index.ts'
import {
  entryPayload,
  type EntryRow,
  type ExchangeRecord,
  exchangeRecordSchema,
  LEAF_CLASSES,
  type LogsReader,
  monthOf,
  monthStartMs,
  type Unseal,
} from '../../log/index.ts'
import type { ErasedExchange, ErasureReader } from '../erasure-store.ts'
import type { KnownAgreement } from '../question-facts.ts'
import { type ErasureFacts, leastAccountingYears, mayErase } from './erasable-from.ts'
import { type ErasureRefusal, type ErasureSelection, mostErased } from './erasure-act.ts'

/** The organisation's own rules on how long records stay, beside those of its agreements. */
export interface RetentionRule {
  /** At least {@link leastAccountingYears}. */
  readonly accountingYears: number
  readonly retentionDays: number
}

/** What holds where the configuration says nothing. */
export const defaultRetention: RetentionRule = {
  accountingYears: leastAccountingYears,
  retentionDays: 0,
}

/** The longest retention that an agreement may state: what one that is not known any more may have said. */
const longestRetentionDays = 3_660

/** What planning an erasure needs beside the store. */
export interface ErasureDeps extends Unseal {
  readonly organisation: string
  readonly agreements: readonly KnownAgreement[]
  readonly retention?: RetentionRule
}

/** Records of one log that may all be erased now. */
export interface ErasurePlan {
  readonly state: 'ready'
  readonly log: string
  readonly exchanges: readonly ErasedExchange[]
  /** Spans of indices that hold these exchange entries, and no other that has its record. */
  readonly ranges: readonly (readonly [number, number])[]
  /** The longest retention that applied to one of them. */
  readonly retentionDays: number
  /** Where the next slice begins; `null` when nothing is left. */
  readonly next: { readonly log: string; readonly index: number } | null
}

/** A plan, or why there is none. */
export type PlannedErasure =
  ErasurePlan | { readonly state: 'refused'; readonly refusal: ErasureRefusal }

type Reader = LogsReader & ErasureReader

function isExchange({ leaf }: EntryRow): boolean {
  return leaf[1] === LEAF_CLASSES.exchange
}

function openRecord(row: EntryRow, deps: ErasureDeps): ExchangeRecord | undefined {
  const payload = entryPayload(row, deps)
  if (payload === undefined) return undefined
  return exchangeRecordSchema.parse(readCanonicalJson(payload.recordBytes))
}

function noticeOf(
  { notice, noticeUntilMs }: ExchangeRecord,
  known: KnownAgreement | undefined,
): ErasureFacts['notice'] {
  if (notice !== 'withheld') return 'open'
  if (noticeUntilMs !== null) return { untilMs: noticeUntilMs }
  const agreed = known?.agreement
  if (agreed === undefined || !('notice' in agreed) || agreed.notice.kind !== 'withheld')
    return 'unknown'
  return { untilMs: agreed.notice.untilMs }
}

/** Everything comes from the record that the leaf commits to; columns beside it count for nothing. */
async function factsOf(
  reader: Reader,
  { log, row, record }: { log: string; row: EntryRow; record: ExchangeRecord },
  deps: ErasureDeps,
): Promise<ErasureFacts> {
  const { accountingYears, retentionDays } = deps.retention ?? defaultRetention
  const { agreement, consumer, provider } = record
  const known = deps.agreements.find(({ digest }) => digest === agreement?.digest)
  const isUnknown = agreement !== null && known === undefined
  const agreed = isUnknown ? longestRetentionDays : (known?.agreement.retention.days ?? 0)
  const peer = consumer === deps.organisation ? provider : consumer
  return {
    timeMs: record.timeMs,
    accountingYears,
    retentionDays: Math.max(retentionDays, agreed),
    notice: noticeOf(record, known),
    reconciled: await reader.isReconciled({ origin: log, index: row.index }, peer),
  }
}

interface Judged {
  readonly exchange: ErasedExchange
  readonly retentionDays: number
}

function refuse(
  code: ErasureRefusal['code'],
  log: string,
  entry: number | null,
  fromMs: number | null = null,
): Extract<PlannedErasure, { state: 'refused' }> {
  return { state: 'refused', refusal: { code, log, entry, fromMs } }
}

async function judge(
  reader: Reader,
  { log, row, nowMs }: { log: string; row: EntryRow; nowMs: number },
  deps: ErasureDeps,
): Promise<Judged | Extract<PlannedErasure, { state: 'refused' }>> {
  const { index } = row
  if (!isExchange(row)) return refuse('GOVERNANCE_PERMANENT', log, index)
  if (row.sealed.length === 0) return refuse('ALREADY_ERASED', log, index)
  const record = openRecord(row, deps)
  if (record === undefined) return refuse('RECORD_UNREADABLE', log, index)
  const facts = await factsOf(reader, { log, row, record }, deps)
  const verdict = mayErase(facts, nowMs)
  if (verdict.state !== 'may') return refuse(verdict.code, log, index, verdict.fromMs ?? null)
  const { consumer, exchangeId } = record
  const place = { origin: log, index }
  return { exchange: { place, consumer, exchangeId }, retentionDays: facts.retentionDays }
}

interface Slice {
  readonly log: string
  /** The records that are meant, by index, ascending. */
  readonly rows: readonly EntryRow[]
  readonly next: ErasurePlan['next']
}

async function rowsNamed(reader: Reader, log: string, entries: readonly number[]): Promise<Slice> {
  const rows: EntryRow[] = []
  const wanted = [...new Set(entries)].sort((one, other) => one - other)
  for (const index of wanted) rows.push(...(await reader.logOf(log).readEntries(index, 1)))
  return { log, rows, next: null }
}

/** The next records before a month, in the order of the logs; log time never falls, so the first later one ends it. */
async function rowsBefore(
  reader: Reader,
  selection: Extract<ErasureSelection, { before: unknown }>,
): Promise<Slice> {
  const logs = await reader.logs()
  const log = selection.from?.log ?? logs[0] ?? ''
  const first = selection.from?.index ?? 0
  const rows = await reader.logOf(log).readEntries(first, mostErased)
  const endMs = monthStartMs(selection.before)
  const early = rows.filter(({ timeMs }) => timeMs < endMs)
  const kept = early.filter((row) => isExchange(row) && row.sealed.length > 0)
  if (early.length === mostErased)
    return { log, rows: kept, next: { log, index: first + mostErased } }
  const following = early.length < rows.length ? undefined : logs[logs.indexOf(log) + 1]
  return { log, rows: kept, next: following === undefined ? null : { log: following, index: 0 } }
}

/** Joins neighbours where nothing between them has a record: governance, or what was erased before. */
async function rangesOf(
  reader: Reader,
  log: string,
  indices: readonly number[],
): Promise<readonly (readonly [number, number])[]> {
  const ranges: (readonly [number, number])[] = []
  for (const index of indices) {
    const last = ranges.at(-1)
    // Far apart they are told apart, so that nothing long is read between two.
    const isFar = last === undefined || index - last[1] > mostErased
    const between = isFar
      ? []
      : await reader.logOf(log).readEntries(last[1] + 1, index - last[1] - 1)
    const hasRecord = between.some((row) => isExchange(row) && row.sealed.length > 0)
    if (isFar || hasRecord) ranges.push([index, index])
    else ranges.splice(-1, 1, [last[0], index])
  }
  return ranges
}

/**
 * Decides whether all records that are meant may be erased at `nowMs`, log time. The same for a dry run
 * and inside the writer's transaction, where it counts.
 */
export async function planErasure(
  reader: Reader,
  selection: ErasureSelection,
  nowMs: number,
  deps: ErasureDeps,
): Promise<PlannedErasure> {
  const isByMonth = 'before' in selection
  if (isByMonth && selection.before > monthOf(nowMs))
    return refuse('MONTH_NOT_OVER', '', null, monthStartMs(selection.before))
  const { log, rows, next } = isByMonth
    ? await rowsBefore(reader, selection)
    : await rowsNamed(reader, selection.log, selection.entries)
  if (!isByMonth) {
    const absent = selection.entries.find((index) => !rows.some((row) => row.index === index))
    if (absent !== undefined) return refuse('ENTRY_UNKNOWN', log, absent)
  }
  const judged: Judged[] = []
  for (const row of rows) {
    const one = await judge(reader, { log, row, nowMs }, deps)
    if ('state' in one) return one
    judged.push(one)
  }
  const exchanges = judged.map(({ exchange }) => exchange)
  const indices = exchanges.map(({ place }) => place.index)
  const ranges = await rangesOf(reader, log, indices)
  const retentionDays = Math.max(0, ...judged.map((one) => one.retentionDays))
  return { state: 'ready', log, exchanges, ranges, retentionDays, next }
}
